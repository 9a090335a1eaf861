"""The blocks of a text without markup, as far as its lines tell: the only place where structure is guessed.

Markdown's signs tell headings, items and quotations; an item hangs on the last line that is none.
"""

from __future__ import annotations

import regex

from caveat.document.blocks import Block, Document, Role, lines

_HEADING = regex.compile(r"\s*(#{1,6})\s")
_ITEM = regex.compile(r"\s*(?:[-*+•·‣▪●◦–—]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_QUOTE = regex.compile(r"\s*>\s?")


def plain(text: str) -> Document:
    """A text as a document; the text itself stays as it is, to the character."""
    blocks: list[Block] = []
    lead: int | None = None
    for start, end in lines(text):
        if sign := _HEADING.match(text, start, end):
            blocks.append(Block(start, end, Role.HEADING, len(sign[1])))
        elif _ITEM.match(text, start, end):
            blocks.append(Block(start, end, Role.ITEM, lead=lead))
            continue  # the next item hangs on the same line
        else:
            blocks.append(Block(start, end, Role.QUOTE if _QUOTE.match(text, start, end) else Role.PARAGRAPH))
        lead = len(blocks) - 1
    return Document(text, tuple(blocks))
