"""Sentences by rules of this field's own.

The end of a block always ends a sentence. A full stop does not when it belongs to an abbreviation
("approx. 2.5 mg", "St. John's wort"), a number or an initial, or when the text goes on in lower case.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

# Far beyond any real sentence; keeps the work of one rule bounded on hostile text.
LONGEST = 1000
# A line with more characters is a paragraph.
LONGEST_FRAGMENT = 110
# Behind so many characters no abbreviation has begun.
LONGEST_ABBREVIATION = 12

# Possessive, and tried only at the first of a run: dot leaders must not cost their length squared.
_END = regex.compile(
    r"""(?<![.!?…])(?:
        [.!?…]++["'”’)\]]*+(?=\s)
        |[!?]++(?=[\p{Lu}(])                        # "Wow!Kava"
        |[.!?…]++["'”’)\]]++(?=\p{Lu}\p{Ll})         # "(Seriously.)Take"
        |(?<=\p{Ll}{3}|\))\.(?=\(?\p{Lu}\p{Ll})  # "alcohol.Take"
    )""",
    regex.VERBOSE,
)
_NEXT = regex.compile(r"""[\s"'“‘(\[*_-]*(\S?)""")


def is_fragment(line: str) -> bool:
    """Whether a line without white space around it is no whole sentence: a heading, a list item, a table cell."""
    return len(line) <= LONGEST_FRAGMENT and not line.endswith((".", "!", "?", '."', ".)"))


class SentenceCutter:
    """Knows the words behind which a full stop ends no sentence; they come from `rules/sentences.yaml`."""

    def __init__(self, abbreviations: str, before_number: str, before_lower: str, lettered: str) -> None:
        """All are expressions for words in small letters.

        `abbreviations` end no sentence, whatever follows, but those of `before_number` ("No.") do where no number
        follows, and those of `before_lower` ("caps.") and a letter behind `lettered` words ("vitamin C.") where a
        capital does.
        """
        word = r"(?<![^\s(\"'“])"
        self._before_number = regex.compile(rf"{word}(?i:{before_number})$")
        self._before_lower = regex.compile(rf"{word}(?:{before_lower}|(?i:{lettered})\s[A-Z])$")
        initial = r"[a-z](?:\.[a-z])*"
        self._abbreviation = regex.compile(rf"{word}(?i:{abbreviations}|{initial})$")

    def cut(self, text: str, blocks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """The spans (start, end) of the sentences of a text, in order, without white space around them.

        `blocks` are the spans of its blocks: no sentence reaches over the end of one.
        """
        found: list[tuple[int, int]] = []
        for start, end in blocks:
            at = start
            for stop in _END.finditer(text, start, end):
                if self._ends(text, at, stop):
                    _add(found, text, at, stop.end())
                    at = stop.end()
            _add(found, text, at, end)
        return found

    def _ends(self, text: str, start: int, stop: regex.Match[str]) -> bool:
        following = _NEXT.match(text, stop.end())
        if following and following[1].islower():
            return False
        if stop[0] != ".":
            return True
        before = max(start, stop.start() - LONGEST_ABBREVIATION)
        if self._before_number.search(text, before, stop.start()):
            return not (following and following[1].isdigit())
        if self._before_lower.search(text, before, stop.start()):
            return bool(following and following[1].isupper())
        return not self._abbreviation.search(text, before, stop.start())


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        found.append((start, cut))
        start = cut + 1 if text[cut].isspace() else cut
    if start < end:
        found.append((start, end))
