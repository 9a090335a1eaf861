"""Where words stand in the file that they were read from, by lines and columns.

In plain text these are the same words. In HTML and Markdown the words of a finding are looked for as they may be
written there, with tags, entities and marks between them; of several places the one that comes as often in the text.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import regex

# Between words: white space, tags and comments, blanks written as entities, and the marks of Markdown.
_GAP = (
    r"(?:\s|<[^<>]*>|<!--.*?-->|&(?:nbsp|ensp|emsp|thinsp|shy|zwnj|#\d{1,4}|#x[0-9a-fA-F]{1,4});"
    r"|[*_`~\[\]\\|>#]|\]\([^()\s]*\))"
)
_ENTITY = r"&#?\w{1,12};"
# What is in a file and not read.
_UNREAD = regex.compile(
    r"<(script|style|head|title|template|noscript|svg|nav|select|textarea)\b.*?</\1\s*>|<!--.*?-->",
    regex.DOTALL | regex.IGNORECASE,
)
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a file: lines and columns in code points, from 1; the end column is behind the last character."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


class Places:
    """The places of one file."""

    def __init__(self, text: str, written: str, *, marked_up: bool) -> None:
        """`text` is what was read, `written` the file."""
        self._text = text
        self._written = written
        self._marked_up = marked_up
        self._lines = [0, *(line.end() for line in regex.finditer(r"\r\n|\r|\n", written))]
        self._unread = [found.span() for found in _UNREAD.finditer(written)] if marked_up else []

    def of(self, start: int, end: int) -> Place | None:
        """The place of a span of the text, where it can be found."""
        if self._marked_up:
            found = self._found(start, end)
            if found is None:
                return None
            start, end = found
        line, end_line = bisect_right(self._lines, start), bisect_right(self._lines, end)
        column, end_column = start - self._lines[line - 1] + 1, end - self._lines[end_line - 1] + 1
        return Place(start, end, line, column, end_line, end_column)

    def _found(self, start: int, end: int) -> tuple[int, int] | None:
        quote = self._text[start:end]
        if len(quote) > _LONGEST:
            return None
        pattern = regex.compile(_as_written(quote), regex.DOTALL)
        before = sum(1 for _ in regex.finditer(regex.escape(quote), self._text[:start]))
        places = [
            found.span() for found in pattern.finditer(self._written, timeout=2) if not self._is_unread(found.start())
        ]
        return places[min(before, len(places) - 1)] if places else None

    def _is_unread(self, at: int) -> bool:
        return any(start <= at < end for start, end in self._unread)


def _as_written(quote: str) -> str:
    """An expression for words as a file may write them."""
    pieces: list[str] = []
    for run in regex.finditer(r"(?P<blank>\s+)|(?P<word>[^\W_]+)|(?P<sign>.)", quote):
        if run["blank"]:
            pieces.append(f"{_GAP}+")
        elif run["word"]:
            pieces += (each if each.isascii() else f"(?:{each}|{_ENTITY})" for each in run["word"])
        else:
            pieces.append(rf"{_GAP}*?(?:\\?{regex.escape(run['sign'])}|{_ENTITY}){_GAP}*?")
    return "".join(pieces)
