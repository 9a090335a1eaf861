"""The clause that a reader must see: the subject kept, lead-ins and neighbouring claims left out.

Offsets are those of one sentence, in its shadow text (in which a name is one word of capitals).
"""

from __future__ import annotations

from bisect import bisect_left

import regex

from caveat.rules.ruleset import Clauses

_CUT = regex.compile(r"[,;:]\s|\s-+\s")
_BRACKET = regex.compile(r"\([^()]*\)")
_TRAILING = regex.compile(r"""[\s.,;:!?"'-]+$""")
# A list of names goes on over its commas: "sedatives, hypnotics, or alcohol".
_LIST = regex.compile(r"(?:,\s+(?:(?:and|or)\s+)?(?:[a-z-]+\s+){0,2}[A-Y]{2,3}Z*(?:s\b)?(?=\W|$))+")


class ClauseCutter:
    """Knows the words by which a sentence is cut."""

    def __init__(self, clauses: Clauses) -> None:
        self.lead_in = regex.compile(rf"""[\s*\-"'(,;:]*(?:(?:{clauses.lead_ins})\b,?\s*)*""")
        self.breaks = regex.compile(rf"\b(?:{clauses.breaks})\b")
        self.dependent = regex.compile(rf"\s*(?:{clauses.appositions})\b")

    def read(self, sentence: str) -> SentenceClauses:
        """A sentence, with the places where it can be cut."""
        return SentenceClauses(self, sentence)


class SentenceClauses:
    """Where a sentence can be cut; it is looked through once, for all matches in it."""

    def __init__(self, cutter: ClauseCutter, sentence: str) -> None:
        self._cutter = cutter
        self._sentence = sentence
        self._breaks = [match.span() for match in cutter.breaks.finditer(sentence)]
        self._brackets = [match.span() for match in _BRACKET.finditer(sentence)] if "(" in sentence else []
        self._cuts = [match.span() for match in _CUT.finditer(sentence)]

    def left(self, start: int) -> int:
        """Where the clause of a match begins.

        A piece between commas that has no subject of its own ("such as mitragynine", "are thought to …")
        leans on the piece before it.
        """
        first = max((end for _, end in self._breaks if end <= start), default=0)
        pieces = [first]
        for cut, end in self._cuts:
            if first <= cut and end <= start and not _within(self._brackets, cut):
                pieces.append(end)
        at = len(pieces) - 1
        while at > 0 and self._sentence[pieces[at] - 2] not in ";:" and self._leans(pieces[at], start):
            at -= 1
        lead_in = self._cutter.lead_in.match(self._sentence, pieces[at], start)
        return lead_in.end() if lead_in else pieces[at]

    def right(self, start: int, end: int) -> int:
        """Where the clause of a match ends."""
        brackets = [bracket for bracket in self._brackets if bracket[0] >= start]
        at = _within(brackets, end) or end
        stop = len(self._sentence)
        for cut, _ in self._cuts:
            if cut < at:
                continue
            inside = _within(brackets, cut)
            listed = _LIST.match(self._sentence, cut)
            if not inside and not listed:
                stop = cut
                break
            at = inside or (listed.end() if listed else at)
        stop = next((begin for begin, after in self._breaks if begin >= end and after <= stop), stop)
        trailing = _TRAILING.search(self._sentence, end, stop)
        return trailing.start() if trailing else stop

    def _leans(self, piece: int, start: int) -> bool:
        """Whether the words before a match in its piece give it no subject."""
        return piece >= start or bool(self._cutter.dependent.match(self._sentence, piece))


def _within(brackets: list[tuple[int, int]], at: int) -> int | None:
    """Where the brackets around a place close; None for a place in no brackets."""
    before = bisect_left(brackets, (at,)) - 1
    return brackets[before][1] if before >= 0 and at < brackets[before][1] else None
