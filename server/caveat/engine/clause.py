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
_LIST = regex.compile(r"(?:,\s+(?:(?:and|or)\s+)?(?:[a-z-]+\s+){0,2}[A-Y]{2}Z*(?:s\b)?(?=\W|$))+")


class ClauseCutter:
    """Widens the span of a match to its clause."""

    def __init__(self, clauses: Clauses) -> None:
        self._lead_in = regex.compile(rf"""[\s*\-"'(,;:]*(?:(?:{clauses.lead_ins})\b,?\s*)*""")
        self._break = regex.compile(rf"\b(?:{clauses.breaks})\b")
        self._dependent = regex.compile(rf"\s*(?:{clauses.appositions})\b")

    def clause(self, sentence: str, start: int, end: int) -> tuple[int, int]:
        """The clause around a match: from its subject to where the next clause begins."""
        return self.left(sentence, start), self.right(sentence, start, end)

    def left(self, sentence: str, start: int) -> int:
        """Where the clause of a match begins.

        A piece between commas that has no subject of its own ("such as mitragynine", "are thought to …")
        leans on the piece before it.
        """
        first = 0
        for hard in self._break.finditer(sentence, 0, start):
            first = hard.end()
        brackets = [match.span() for match in _BRACKET.finditer(sentence)]
        cuts = [match.end() for match in _CUT.finditer(sentence, first, start) if not _within(brackets, match.start())]
        pieces = [first, *cuts]
        at = len(pieces) - 1
        while at > 0 and sentence[pieces[at] - 2] not in ";:" and self._leans(sentence, pieces[at], start):
            at -= 1
        lead_in = self._lead_in.match(sentence, pieces[at], start)
        return lead_in.end() if lead_in else pieces[at]

    def right(self, sentence: str, start: int, end: int) -> int:
        """Where the clause of a match ends."""
        brackets = [match.span() for match in _BRACKET.finditer(sentence, start)]
        at = end
        at = _within(brackets, at) or at
        while cut := _CUT.search(sentence, at):
            inside = _within(brackets, cut.start())
            listed = _LIST.match(sentence, cut.start())
            if not inside and not listed:
                break
            at = inside or (listed.end() if listed else at)
        stop = cut.start() if cut else len(sentence)
        following = self._break.search(sentence, end, stop)
        if following:
            stop = following.start()
        trailing = _TRAILING.search(sentence, end, stop)
        return trailing.start() if trailing else stop

    def _leans(self, sentence: str, piece: int, start: int) -> bool:
        """Whether the words before a match in its piece give it no subject."""
        return piece >= start or bool(self._dependent.match(sentence, piece))


def _within(brackets: list[tuple[int, int]], at: int) -> int | None:
    """Where the brackets around a place close; None for a place in no brackets."""
    before = bisect_left(brackets, (at,)) - 1
    return brackets[before][1] if before >= 0 and at < brackets[before][1] else None
