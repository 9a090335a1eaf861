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
# "No. 4" goes on, but "No. Kava does." answers; "2 caps. Kava" and "vitamin C. Kava" end.
_BEFORE_NUMBER = regex.compile(r"(?<![^\s(\"'“])(?:no|nos|fig|vol|approx|ca|max|min|avg)$", regex.IGNORECASE)
_BEFORE_NAME = regex.compile(
    r"""(?<![^\s("'“])(?:
        etc|inc|ltd|co|caps?|tabs?|tbsp|tsp|oz|lbs?|hrs?|wks?|yrs?|mins?|secs?
        |(?i:vitamin|hepatitis|type|group|plan|omega)\s[A-Z]
    )$""",
    regex.VERBOSE,
)
_ABBREVIATION = regex.compile(
    r"""(?<![^\s("'“])(?:
        mr|mrs|ms|dr|prof|st|no|nos|vs|etc|e\.g|i\.e|eg|ie|cf|al|approx|ca|resp|incl|max|min|avg
        |fig|vol|ed|jr|sr|inc|ltd|co|dept|est|tbsp|tsp|oz|lb|lbs|caps?|tabs?|hrs?|wks?|yrs?|mins?|secs?
        |[a-z](?:\.[a-z])*
    )$""",
    regex.IGNORECASE | regex.VERBOSE,
)


def is_fragment(line: str) -> bool:
    """Whether a line without white space around it is no whole sentence: a heading, a list item, a table cell."""
    return len(line) <= LONGEST_FRAGMENT and not line.endswith((".", "!", "?", '."', ".)"))


def sentences(text: str, blocks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans (start, end) of the sentences of a text, in order, without white space around them.

    `blocks` are the spans of its blocks: no sentence reaches over the end of one.
    """
    found: list[tuple[int, int]] = []
    for start, end in blocks:
        at = start
        for stop in _END.finditer(text, start, end):
            if _ends(text, at, stop):
                _add(found, text, at, stop.end())
                at = stop.end()
        _add(found, text, at, end)
    return found


def _ends(text: str, start: int, stop: regex.Match[str]) -> bool:
    following = _NEXT.match(text, stop.end())
    if following and following[1].islower():
        return False
    if stop[0] != ".":
        return True
    before = max(start, stop.start() - 12)
    if _BEFORE_NUMBER.search(text, before, stop.start()):
        return not (following and following[1].isdigit())
    if _BEFORE_NAME.search(text, before, stop.start()):
        return bool(following and following[1].isupper())
    return not _ABBREVIATION.search(text, before, stop.start())


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
