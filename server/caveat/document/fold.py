"""Folding: lowercase ASCII that still knows where each character came from.

Rules and lexicons are matched on folded text. Every character becomes exactly one, so that an
offset in the folded text is an offset in the text received; only characters that a reader cannot
see (soft hyphens, zero-width spaces, combining accents) are left out, and then the folded text
carries a table of the places that its characters came from.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

import regex

_NOT_PLAIN = regex.compile(r"[^\n\x20-\x7e]")
_INVISIBLE = regex.compile(r"[\p{Mn}\p{Me}\p{Cf}]+")
_FEW = 200
_SPELLED = {
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−•·‣▪●◦", "-"),
    **dict.fromkeys("\v\f\r\x85\u2028\u2029", "\n"),
    **dict(zip("αβγδεικλμωµ", "abgdeiklmou", strict=True)),
    **dict.fromkeys("½¼¾⅓⅔⅛⅜⅝⅞", "1"),
    "µ": "u",
    "μ": "u",
    "ß": "s",
    "ø": "o",
    "æ": "e",
    "œ": "e",
    "ð": "d",
    "þ": "t",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "×": "x",
    "⁄": "/",
}


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """One character as one of lowercase ASCII; unknown letters become x, all else a space."""
    if character in _SPELLED:
        return _SPELLED[character]
    plain = unicodedata.normalize("NFKD", character)[:1].lower()
    if "!" <= plain <= "~":
        return plain
    return "x" if unicodedata.category(character)[0] in "LM" else " "


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text.

    `visible` is the text received without what cannot be seen, character for character with `text`;
    `places[i]` is where character i stood in the text received, None when nothing was left out.
    """

    text: str
    visible: str
    places: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text received for a span (not empty) in the folded text."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The span in the folded text of a span in the text received; empty where nothing of it can be seen."""
        if self.places is None:
            return start, end
        return bisect_left(self.places, start), bisect_left(self.places, end)


def fold(text: str) -> Folded:
    """Fold a text; same length but for characters that cannot be seen."""
    visible, places = text, None
    if not text.isascii() and _INVISIBLE.search(text):
        visible, places = _without_invisible(text)
    lowered = visible.lower()
    if len(lowered) != len(visible):  # a few letters grow, such as the Turkish dotted I
        lowered = "".join(character.lower()[:1] for character in visible)
    return Folded(_plain(lowered), visible, places)


def _without_invisible(text: str) -> tuple[str, list[int]]:
    """A text without what cannot be seen, and where each of its characters stood."""
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for hidden in _INVISIBLE.finditer(text):
        pieces.append(text[at : hidden.start()])
        places.extend(range(at, hidden.start()))
        at = hidden.end()
    pieces.append(text[at:])
    places.extend(range(at, len(text)))
    return "".join(pieces), places


def _plain(lowered: str) -> str:
    kinds = set(_NOT_PLAIN.findall(lowered))
    if len(kinds) > _FEW:
        return _NOT_PLAIN.sub(lambda match: _fold_character(match[0]), lowered)
    for kind in kinds:  # far faster than a substitution for each character
        lowered = lowered.replace(kind, _fold_character(kind))
    return lowered
