"""Whether a page speaks of health: what the extension asks before it sends a page, by the same words."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import NamedTuple

import regex

from caveat.proof.words import LETTERS, word_lists

# Words within so many characters of each other are about the same; a page that names a substance so often is about it.
NEAR = 120
OFTEN = 3
_MARKS = regex.compile(r"[\p{Mn}\p{Cf}]")
_WORD = regex.compile(r"[a-z0-9]+")


class _Hit(NamedTuple):
    kind: str
    what: str
    at: int


class HealthGate:
    """The word list of the extension."""

    def __init__(self) -> None:
        lists = word_lists()
        self._units = lists.pop("units")
        self._entries: dict[str, list[tuple[list[str], str]]] = {}
        for kind, entries in lists.items():
            for entry in entries:
                words = entry.split()
                self._entries.setdefault(words[0], []).append((words, kind))

    def speaks_of_health(self, text: str) -> bool:
        """Whether a substance is named again and again, or beside what else is said of health."""
        hits = self._hits(text)
        times: Counter[str] = Counter()
        for index, hit in enumerate(hits):
            if hit.kind == "foods" and self._company(hits, index) >= 2:
                return True
            if hit.kind == "names":
                times[hit.what] += 1
                if times[hit.what] >= OFTEN or self._company(hits, index) >= 1:
                    return True
        return False

    def _hits(self, text: str) -> list[_Hit]:
        plain = (text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))).lower()
        words = [(match[0], match.start()) for match in _WORD.finditer(plain)]
        hits: list[_Hit] = []
        for index, (word, at) in enumerate(words):
            if word[0].isdigit() and self._is_amount(words, index):
                hits.append(_Hit("unit", "unit", at))
            cut = word[:LETTERS]
            for entry, kind in self._entries.get(cut) or self._entries.get(cut.removesuffix("s"), []):
                if all(_is(part, words, index + offset) for offset, part in enumerate(entry)):
                    hits.append(_Hit(kind, " ".join(entry), at))
                    break
        return hits

    def _is_amount(self, words: list[tuple[str, int]], index: int) -> bool:
        unit = words[index][0].lstrip("0123456789") or (words[index + 1][0] if index + 1 < len(words) else "")
        return unit in self._units

    @staticmethod
    def _company(hits: list[_Hit], index: int) -> int:
        """How much else is spoken of nearby; foods do not count, for recipes are full of them."""
        here = hits[index]
        others: set[str] = set()
        for step in (-1, 1):
            at = index + step
            while 0 <= at < len(hits) and abs(hits[at].at - here.at) <= NEAR:
                if hits[at].kind != "foods" and hits[at].what != here.what:
                    others.add(hits[at].what)
                at += step
        return len(others)


def _is(part: str, words: list[tuple[str, int]], index: int) -> bool:
    return index < len(words) and words[index][0][:LETTERS] in (part, part + "s")
