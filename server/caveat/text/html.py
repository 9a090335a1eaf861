"""From HTML to the text that a reader sees.

Blocks and `<br>` become line breaks, runs of white space one space; what is hidden, typed or not prose
(scripts, forms, navigation) is left out. Sidebars and footers stay: dose advice often stands there.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import regex
from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString, PreformattedString, Tag

# No real page comes near; without limits a hostile one takes many seconds.
DEEPEST = 1_000
MOST = 100_000
LONGEST_NOTE = 12

_SKIPPED = frozenset(
    "audio button canvas datalist embed head iframe input math meter nav noscript object option progress rp rt script"
    " select style svg template textarea title video".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span"
    " strike strong sub sup time tt u var wbr".split()
)
_HIDDEN_STYLE = regex.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", regex.IGNORECASE)
_BLANKS = regex.compile(r"\s+")
# The mark of a footnote is no part of the number or the name before it; the exponent of a power of ten is.
_NOTE = regex.compile(r"[\s\d,;\[\]()*†‡§¶–-]+")
_TEN = regex.compile(r"\b10\s*$")
# In typeset text a line of fewer characters was not broken because it was full.
_WRAPPED = regex.compile(r"(?<=[^\n]{50})\n(?![^\S\n]*(?:\n|[-*•–]|\d{1,2}[.)]\s))")


class TooComplex(ValueError):
    """A page has more elements than MOST, or nests them deeper than DEEPEST."""


def html_to_text(html: str | bytes) -> str:
    """The visible text of a page, one block a line.

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
    reading.end_line()
    return "\n".join(reading.lines)


class _Reading:
    """The lines read so far, and the one that is being read."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._line: list[str] = []
        self._typeset = 0  # how many <pre> are around what is read

    def skips(self, tag: Tag) -> bool:
        """Whether an element holds no words of the page."""
        return _is_hidden(tag) or (_is_note(tag) and not self._ends_with_ten())

    def enter(self, tag: Tag) -> Callable[[], None]:
        """Begin an element; gives what is to be done at its end."""
        if _is_note(tag) and self._ends_with_ten():
            self._line.append("^")
        if tag.name in _INLINE:
            return lambda: None
        self.end_line()
        if tag.name != "pre":
            return self.end_line
        self._typeset += 1
        return self._end_typeset

    def add(self, text: str) -> None:
        """Add a piece of text; in typeset text some line breaks mean something."""
        first, *others = _WRAPPED.sub(" ", text).split("\n") if self._typeset else [text]
        self._line.append(first)
        for other in others:
            self.end_line()
            self._line.append(other)

    def end_line(self) -> None:
        """Go to a new line, unless this one is empty."""
        text = _BLANKS.sub(" ", "".join(self._line)).strip()
        if text:
            self.lines.append(text)
        self._line.clear()

    def _end_typeset(self) -> None:
        self._typeset -= 1
        self.end_line()

    def _ends_with_ten(self) -> bool:
        return bool(self._line and _TEN.search(self._line[-1]))


def _is_note(tag: Tag) -> bool:
    """Whether an element is raised, and holds no more than numbers and marks."""
    if tag.name != "sup":
        return False
    text = ""
    for string in tag.strings:
        text += string
        if len(text) > LONGEST_NOTE:
            return False
    return bool(_NOTE.fullmatch(text))


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

    _elements = 0

    def start(self, *arguments: Any, **keywords: Any) -> None:
        self._elements += 1
        if self._elements > MOST or (self.soup is not None and len(self.soup.tagStack) > DEEPEST):
            raise TooComplex
        super().start(*arguments, **keywords)
