"""From HTML to the text that a reader sees.

Blocks and `<br>` become line breaks, runs of white space one space; what is hidden, typed or not prose
(scripts, forms, navigation) is left out. Sidebars and footers stay: dose advice often stands there.
"""

from __future__ import annotations

import warnings
from typing import Any

import regex
from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import NavigableString, PreformattedString, Tag

# No real page comes near; without limits a hostile one takes many seconds.
DEEPEST = 1_000
MOST = 100_000

_SKIPPED = frozenset(
    "audio button canvas datalist embed head iframe input math meter nav noscript object option progress script"
    " select style svg template textarea title video".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span"
    " strike strong sub sup time tt u var wbr".split()
)
_HIDDEN_STYLE = regex.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", regex.IGNORECASE)
_BLANKS = regex.compile(r"\s+")


class TooComplex(ValueError):
    """A page has more elements than MOST, or nests them deeper than DEEPEST."""


def html_to_text(html: str | bytes) -> str:
    """The visible text of a page, one block a line.

    Bytes are decoded as the page declares. Raises TooComplex for a page beyond MOST or DEEPEST.
    """
    lines: list[str] = []
    line: list[str] = []

    def end_line() -> None:
        text = _BLANKS.sub(" ", "".join(line)).strip()
        if text:
            lines.append(text)
        line.clear()

    # Each entry is a node to enter, or None for the end of a block; a stack, for pages may nest deep.
    with warnings.catch_warnings():
        # What looks like XML or like a file name is read as HTML all the same.
        warnings.simplefilter("ignore")
        waiting: list[Any] = [BeautifulSoup(html, builder=_Builder())]
    while waiting:
        node = waiting.pop()
        if node is None:
            end_line()
        elif isinstance(node, Tag):
            if _is_hidden(node):
                continue
            if node.name not in _INLINE:
                end_line()
                waiting.append(None)
            waiting.extend(reversed(node.contents))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            line.append(node)
    end_line()
    return "\n".join(lines)


def _is_hidden(tag: Tag) -> bool:
    if tag.name in _SKIPPED or tag.has_attr("hidden"):
        return True
    if tag.get("aria-hidden") == "true" or tag.get("role") == "navigation":
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
