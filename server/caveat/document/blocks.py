"""A page as a document: its text, and the blocks it is made of with their roles.

All offsets are code points of the document's text; `end` is exclusive. Blocks stand in the order of the page, do not
overlap, and are parted by one line break.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import regex

# A line that goes on with small letters goes on with the line before it, if that does not end with a sign and is no
# mere label: the text was broken where its lines were full, or for the eye.
WRAPPED = regex.compile(
    r"""(?<=[^\n]{12}[^\s.!?:;|>])[^\S\n]*\n[^\S\n]*
    (?=\p{Ll}[^\n]*(?:(?:[^\S\n]\S+){2}|,[^\S\n]*\n|(?:\n[^\S\n]*\p{Ll}[^\n]*){0,20}[.!?][^\S\n]*(?:\n|$)))""",
    regex.VERBOSE,
)
_LINE = regex.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")


class Role(StrEnum):
    """What a block is to the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    CAPTION = "caption"
    QUOTE = "quote"
    TERM = "term"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page that reads as one.

    `level` is that of a heading, 1 to 7. `headers` are the numbers of the blocks that head a cell's column and row,
    nearest first, and `lead` is the number of the block that a list hangs on, or of the term that is defined. What is
    `folded` away, as in closed details, stands on the page but is not seen.
    """

    start: int
    end: int
    role: Role = Role.PARAGRAPH
    level: int = 0
    headers: tuple[int, ...] = ()
    lead: int | None = None
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A block before it has its place: its text, and what it is to the page; see Block."""

    text: str
    role: Role = Role.PARAGRAPH
    level: int = 0
    headers: tuple[int, ...] = ()
    lead: int | None = None
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a page with its blocks."""

    text: str
    blocks: tuple[Block, ...]


def lines(text: str) -> list[tuple[int, int]]:
    """The spans of the lines of a text that hold anything; a line that only goes on is part of the one before it."""
    wraps = {text.index("\n", match.start()) + 1 for match in WRAPPED.finditer(text)}
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start, end = line.span()
        if line[0].isspace():
            continue
        if spans and start in wraps and text[spans[-1][1] : start] == "\n":
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return spans


def join(parts: Iterable[Part]) -> Document:
    """The document that is made of parts, a line break between two; each line of a part is a block of its own.

    What an impossible `headers` or `lead` points to (the block itself, one that is not there) is left out; a `lead`
    stands before its block.
    """
    given = list(parts)
    first: list[int | None] = []
    spans: list[tuple[int, int, Part]] = []
    at = 0
    for part in given:
        own = [(at + start, at + end, part) for start, end in lines(part.text)]
        first.append(len(spans) if own else None)
        spans += own
        at += len(part.text) + 1
    blocks: list[Block] = []
    for number, (start, end, part) in enumerate(spans):
        headers = tuple(
            header
            for index in part.headers
            if 0 <= index < len(first) and (header := first[index]) is not None and header != number
        )
        lead = first[part.lead] if part.lead is not None and 0 <= part.lead < len(first) else None
        lead = lead if lead is not None and lead < number else None
        blocks.append(Block(start, end, part.role, part.level, headers, lead, part.folded))
    return Document("\n".join(part.text for part in given), tuple(blocks))
