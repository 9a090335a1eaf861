"""Which section each block of a page stands in, and which blocks head it.

A section is opened by a heading that a pattern of `rules/sections.yaml` knows ("Side effects") and closed by the next
heading of the same or a higher level. The line that a list hangs on opens one for its items, the head of a column or a
row for its cells, a term for its definition. In text without headings a short line that opens a section holds until
another short line heads a paragraph. Fragments take their sense from their section: "Headache" under "Side effects" is
a warning, under "Good for" a promise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caveat.document.blocks import Block, Role
from caveat.document.sentences import LONGEST_FRAGMENT, is_fragment
from caveat.engine.pattern import PhraseSet
from caveat.rules.phrase import Phrase

# "Side effects:" only names what follows; "generally safe, but may cause:" says something of its own.
LONGEST_LABEL = 3
# Of these roles a block is a fragment however long it is.
_FRAGMENTS = (Role.HEADING, Role.ITEM, Role.CELL, Role.CAPTION, Role.TERM, Role.DEFINITION)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A block of a page: its span, its section (empty where there is none), and the block that opened that.

    A `topic` is a heading that only names what its section is about, and so claims nothing. `heads` are the blocks
    that can name what this one is about, nearest first: heads of its row and column, its lead, its headings.
    """

    start: int
    end: int
    role: Role
    level: int
    fragment: bool
    topic: bool
    section: str
    lead: Span | None
    heads: tuple[Span, ...]


@dataclass(slots=True)
class _Opened:
    """A section while it is open, by the heading or the line that opened it."""

    level: int
    section: str | None
    span: Span
    has_items: bool = False


class SectionReader:
    """Knows the lines that open a section."""

    def __init__(self, sections: Mapping[str, tuple[Phrase, ...]]) -> None:
        self._opens = PhraseSet(phrase for phrases in sections.values() for phrase in phrases)
        self._section_of = [section for section, phrases in sections.items() for _ in phrases]

    def read(self, blocks: Sequence[Block], shadow: str) -> list[Line]:
        """The lines of a page, one a block; the offsets of the blocks are those of its shadow text."""
        heads = {header for block in blocks for header in block.headers}
        lines: list[Line] = []
        headings: list[_Opened] = []
        line: _Opened | None = None
        for number, block in enumerate(blocks):
            text = shadow[block.start : block.end].strip()
            span = block.start, block.end
            fragment = block.role in _FRAGMENTS or is_fragment(text)
            opened = self._opened(text) if (fragment and len(text) <= LONGEST_FRAGMENT) or text.endswith(":") else None
            inner = self._inner(block, blocks, lines, shadow)
            if block.role is Role.HEADING:
                while headings and headings[-1].level >= block.level:
                    headings.pop()
                headings.append(_Opened(block.level, opened, span))
                line = None
            elif block.role in (Role.PARAGRAPH, Role.QUOTE):
                if opened is not None:
                    line = _Opened(0, opened, span)
                elif _closes(line, blocks, number, text, fragment=fragment):
                    line = None
            elif line:
                line.has_items = True
            if opened is not None and ":" in text:  # "Side effects: headache" stands in its own section
                inner = opened, span
            section, lead = inner or _innermost(line, headings)
            if block.role is Role.HEADING or text.endswith(":"):  # what heads something is no item of its own section
                section, lead = (opened, span) if opened else ("", None)
            topic = (
                opened is not None
                and fragment
                and (":" not in text or _is_label(text))
                and (block.role in (Role.HEADING, Role.PARAGRAPH, Role.TERM, Role.CAPTION) or number in heads)
            )
            about = [(blocks[each].start, blocks[each].end) for each in block.headers]
            about += [(blocks[block.lead].start, blocks[block.lead].end)] if block.lead is not None else []
            about += [line.span] if line and line.span != span else []
            about += [heading.span for heading in reversed(headings) if heading.span != span]
            lines.append(Line(*span, block.role, block.level, fragment, topic, section, lead, tuple(about)))
        return lines

    def _inner(
        self, block: Block, blocks: Sequence[Block], lines: Sequence[Line], shadow: str
    ) -> tuple[str, Span] | None:
        """The section that the lead, the term or the heads of a block open for it."""
        for number in (*((block.lead,) if block.lead is not None else ()), *block.headers):
            head = blocks[number]
            text = shadow[head.start : head.end].strip()
            if (section := self._opened(text)) and (len(text) <= LONGEST_FRAGMENT or text.endswith(":")):
                return section, (head.start, head.end)
        if block.lead is not None and blocks[block.lead].role is Role.ITEM and lines[block.lead].lead:
            return lines[block.lead].section, lines[block.lead].lead or (block.start, block.end)
        return None

    def _opened(self, text: str) -> str | None:
        """The section that a line opens; where several would, the one that stands first in the file."""
        for written in (text, text.rstrip(" :")):  # "Absolute contraindications:" is "Absolute contraindications"
            if (number := next(self._opens.found(written), None)) is not None:
                return self._section_of[number]
        return None


def _innermost(line: _Opened | None, headings: Sequence[_Opened]) -> tuple[str, Span | None]:
    for opened in (*((line,) if line else ()), *reversed(headings)):
        if opened.section:
            return opened.section, opened.span
    return "", None


def _closes(line: _Opened | None, blocks: Sequence[Block], number: int, text: str, *, fragment: bool) -> bool:
    """Whether a paragraph ends the section that a line before it opened."""
    if line is None:
        return False
    if not fragment:
        return line.has_items
    if text.endswith(":") or number + 1 == len(blocks):
        return False
    following = blocks[number + 1]
    return following.role is Role.PARAGRAPH and following.end - following.start > LONGEST_FRAGMENT


def _is_label(text: str) -> bool:
    """Whether a line with a colon is no more than a heading; what stands after one is said under it, not part of it."""
    return text.endswith(":") and len(text.split()) <= LONGEST_LABEL
