"""From HTML to the text that a reader sees, in blocks with their roles.

Blocks and `<br>` become line breaks, runs of white space one space; what is hidden, typed, taken back or not prose
(scripts, forms, navigation) is left out. Sidebars and footers stay: dose advice often stands there. What is folded
away (closed details) is read, and marked.
"""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import regex
from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString, PreformattedString, Tag

from caveat.document.blocks import Document, Part, Role, join
from caveat.document.table import Table

# No real page comes near; without limits a hostile one takes many seconds.
DEEPEST = 1_000
MOST = 100_000
# What is raised and longer, or made of more pieces, is no footnote.
LONGEST_NOTE = 12
_PIECES = 12
# Characters before a raised number in which a ten is looked for.
_TAIL = 24
# No real cell takes more columns or rows, and no definition stands further from its term.
_WIDEST = 100
_NEAR = 20

_SKIPPED = frozenset(
    "audio button canvas datalist embed head iframe input math meter nav noscript object option progress rp rt script"
    " s select strike style svg template textarea title video del".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark q rp rt ruby samp small span"
    " strong sub sup time tt u var wbr".split()
)
_LISTS = frozenset("ul ol dl menu".split())
_ROLES = {
    "dt": Role.TERM,
    "dd": Role.DEFINITION,
    "caption": Role.CAPTION,
    "figcaption": Role.CAPTION,
    "blockquote": Role.QUOTE,
}
_LEVELS = frozenset("1 2 3 4 5 6".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_HIDDEN_STYLE = regex.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", regex.IGNORECASE)
_BLANKS = regex.compile(r"\s+")
# The mark of a footnote is no part of the number or the name before it; the exponent of a power of ten is.
_NOTE = regex.compile(r"[\s\d,;\[\]()*†‡§¶–-]+")
_TEN = regex.compile(r"\b10\s*$")
# In typeset text a line of fewer characters was not broken because it was full.
_WRAPPED = regex.compile(r"(?<=[^\n]{50})\n(?![^\S\n]*(?:\n|[-*•–]|\d{1,2}[.)]\s))")


class TooComplex(ValueError):
    """A page has more elements and comments than MOST, or nests them deeper than DEEPEST."""


def html_to_document(html: str | bytes) -> Document:
    """The visible text of a page in blocks.

    Bytes are decoded as the page declares. Raises TooComplex for a page beyond MOST or DEEPEST.
    """
    with warnings.catch_warnings():
        # What looks like XML or like a file name is read as HTML all the same.
        warnings.simplefilter("ignore")
        page = BeautifulSoup(html, builder=_Builder())
    reading = _Reading()
    waiting: list[Any] = [page]  # nodes to enter, and the ends of those entered; a stack, for pages may nest deep
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if not reading.skips(node):
                waiting.append(reading.enter(node))
                waiting.extend(reversed(node.contents))
        elif isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                reading.add(node)
        else:
            node()
    reading.end_block()
    return join(reading.parts)


@dataclass(frozen=True, slots=True)
class _Where:
    """What the innermost elements around some words make of them."""

    role: Role = Role.PARAGRAPH
    level: int = 0
    headers: tuple[int, ...] = ()
    lead: int | None = None
    folded: bool = False


class _Reading:
    """The parts read so far, and the one that is being read."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._line: list[str] = []
        self._typeset = 0  # how many <pre> are around what is read
        self._where = [_Where()]
        self._tables: list[Table] = []

    def skips(self, tag: Tag) -> bool:
        """Whether an element holds no words of the page."""
        return _is_hidden(tag) or (_is_note(tag) and not self._ends_with_ten())

    def enter(self, tag: Tag) -> Callable[[], None]:
        """Begin an element; gives what is to be done at its end."""
        if _is_note(tag) and self._ends_with_ten():
            self._line.append("^")
        if tag.name == "br":
            self._line.append("\0")
            return lambda: None
        if tag.name in _INLINE:
            return lambda: None
        self.end_block()
        ends: list[Callable[[], None]] = [self.end_block]
        if tag.name == "pre":
            self._typeset += 1
            ends.append(self._end_typeset)
        elif tag.name == "table":
            self._tables.append(Table())
            ends.append(self._end_table)
        elif self._tables and tag.name == "tr":
            self._tables[-1].begin_row()
        if (where := self._place(tag)) is not None:
            self._where.append(where)
            ends.append(self._leave)

        def leave() -> None:
            for end in ends:
                end()

        return leave

    def add(self, text: str) -> None:
        """Add a piece of text; in typeset text some line breaks mean something."""
        if self._typeset:
            text = _WRAPPED.sub(" ", text).replace("\n", "\0")
        self._line.append(text)

    def end_block(self) -> None:
        """Begin a new block, unless this one is empty."""
        text = "\n".join(line for given in "".join(self._line).split("\0") if (line := _BLANKS.sub(" ", given).strip()))
        if text:
            where = self._where[-1]
            if self._tables:
                self._tables[-1].hold(len(self.parts), text)
            self.parts.append(Part(text, where.role, where.level, where.headers, where.lead, where.folded))
        self._line.clear()

    def _place(self, tag: Tag) -> _Where | None:
        """What an element makes of the words in it; None where that is what the elements around it do."""
        around = self._where[-1]
        name = tag.name
        if name in _HEADINGS or tag.get("role") == "heading":
            level = name[1] if name in _HEADINGS else str(tag.get("aria-level", "2"))
            return replace(around, role=Role.HEADING, level=int(level) if level in _LEVELS else 2)
        if name in ("td", "th") and self._tables:
            span = {"columns": _span(tag, "colspan"), "rows": _span(tag, "rowspan")}
            headers = self._tables[-1].begin_cell(is_header=name == "th", scope=tag.get("scope"), **span)
            return replace(around, role=Role.CELL, headers=headers + around.headers)
        if name in _LISTS:
            return replace(around, role=Role.ITEM, lead=len(self.parts) - 1 if self.parts else None)
        if name in ("details", "summary"):
            return replace(around, folded=name == "details" and not tag.has_attr("open"))
        role = _ROLES.get(name)
        return replace(around, role=role, lead=self._last_term() if name == "dd" else None) if role else None

    def _last_term(self) -> int | None:
        """The term before, if it is near."""
        last = len(self.parts)
        near = range(last - 1, max(-1, last - _NEAR), -1)
        return next((number for number in near if self.parts[number].role is Role.TERM), None)

    def _leave(self) -> None:
        self._where.pop()

    def _end_table(self) -> None:
        self._tables.pop()

    def _end_typeset(self) -> None:
        self._typeset -= 1

    def _ends_with_ten(self) -> bool:
        return bool(self._line and _TEN.search(self._line[-1][-_TAIL:]))


def _span(tag: Tag, name: str) -> int:
    """How many columns or rows a cell takes."""
    written = str(tag.get(name, "1")).strip()
    return min(max(int(written), 1), _WIDEST) if written.isdecimal() and len(written) < 5 else 1


def _is_note(tag: Tag) -> bool:
    """Whether an element is raised, and holds no more than numbers and marks."""
    if tag.name != "sup":
        return False
    pieces = list(itertools.islice(tag.descendants, _PIECES + 1))
    text = "".join(piece for piece in pieces if isinstance(piece, NavigableString))
    return len(pieces) <= _PIECES and len(text) <= LONGEST_NOTE and bool(_NOTE.fullmatch(text))


def _is_hidden(tag: Tag) -> bool:
    if tag.name in _SKIPPED or tag.has_attr("hidden"):
        return True
    if tag.get("aria-hidden") == "true" or tag.get("role") in ("navigation", "searchbox", "textbox"):
        return True
    if tag.get("contenteditable", "false") != "false":
        return True
    return bool(_HIDDEN_STYLE.search(str(tag.get("style", ""))))


class _Builder(LXMLTreeBuilder):
    """BeautifulSoup's lxml builder with limits to the number of elements and to their nesting."""

    _nodes = 0

    def start(self, *arguments: Any, **keywords: Any) -> None:
        self._count()
        super().start(*arguments, **keywords)

    def comment(self, text: str | bytes) -> None:
        self._count()
        super().comment(text)

    def pi(self, target: str, data: str) -> None:
        self._count()
        super().pi(target, data)

    def _count(self) -> None:
        self._nodes += 1
        if self._nodes > MOST or (self.soup is not None and len(self.soup.tagStack) > DEEPEST):
            raise TooComplex
