"""Where the reach of a cue ends: with its clause.

"Even though it does not taste good, kava relieves anxiety" denies nothing of kava. A cue in brackets, between dashes,
in a side clause or in an answer ("No, …") does not reach the words outside, and a cue before a new subject with its
verb does not reach what is said of that. Offsets are those of one sentence, in its shadow text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import regex

from caveat.rules.ruleset import Clauses

_BRACKETS = regex.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DASHES = regex.compile(r"(?<=\s)-+\s[^-]*?\s-+(?=\s)")
_COMMA = regex.compile(r",(?=\s)")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SentenceReach:
    """The asides of a sentence, which keep their cues to themselves, and the places where a new clause begins."""

    asides: tuple[Span, ...]
    walls: tuple[int, ...]

    def ends_between(self, cue: Span, claim: Span) -> bool:
        """Whether the clause of a cue ends before a claim begins, or that of a claim before a cue."""
        before = cue[1] <= claim[0]
        if before and any(start <= cue[0] and cue[1] <= end <= claim[0] for start, end in self.asides):
            return True
        if before:  # a wall right behind a cue, as in "myth: kava …", is no end of its clause
            return bisect_left(self.walls, cue[1] + 2) < bisect_right(self.walls, claim[0])
        return bisect_left(self.walls, claim[1]) < bisect_left(self.walls, cue[0])


class ClauseReader:
    """Knows the words by which side clauses and new clauses are seen."""

    def __init__(self, clauses: Clauses) -> None:
        self._answer = regex.compile(rf"""[\s"'(*-]*(?:{clauses.answers})\s*[,.:;!-](?=\s)""")
        opener = rf"(?:{clauses.side_openers})\b"
        self._intro = regex.compile(rf"""(?:^|[;:]\s)[\s"'(*-]*(?:(?:and|but|so)\s)?{opener}""")
        self._side = regex.compile(rf",\s(?:{clauses.side_inner})\b")
        subject = rf"(?:(?:{clauses.pronouns})\b|(?:[a-z'-]+\s){{0,2}}(?:{clauses.subject})\b(?:'s\b)?)"
        # A name that stands in a list goes on with a comma or "and", not with a verb.
        goes_on = (
            r"(?=(?:\s[a-z'-]+){1,2})(?!\s?(?:,|(?:and|or|nor|as well|plus|with)\b|[a-z'-]+(?:,|\.?$|\s(?:and|or)\s)))"
        )
        joined = rf"(?:(?:{clauses.joiners})\s)?"
        self._wall = regex.compile(rf"(?:[,;:]\s|\s-+\s)(?P<clause>){joined}{subject}{goes_on}")
        self._joined = regex.compile(rf"\s(?P<clause>)(?:{clauses.joiners})\s(?:{clauses.pronouns})\b{goes_on}")

        self._joins = regex.compile(rf".*(?:,|\b(?:{clauses.joiners}))(?:\s[a-z]+ly)?\s+")

    def read(self, sentence: str) -> SentenceReach:
        """Where the reach of the cues of a sentence ends."""
        walls = [match.start("clause") for match in self._wall.finditer(sentence)]
        walls += [match.start("clause") for match in self._joined.finditer(sentence)]
        asides = [match.span() for match in _BRACKETS.finditer(sentence)]
        asides += [match.span() for match in _DASHES.finditer(sentence)]
        if answer := self._answer.match(sentence):
            asides.append(answer.span())
        for intro in self._intro.finditer(sentence):
            if end := self._side_end(sentence, intro.end(), walls):
                asides.append((intro.start(), end))
        for side in self._side.finditer(sentence):
            if comma := _COMMA.search(sentence, side.end()):
                asides.append((side.start(), comma.start()))
        return SentenceReach(tuple(asides), tuple(sorted(walls)))

    def goes_on(self, sentence: str, start: int, end: int) -> bool:
        """Whether the words from `start` to `end` only join what stands behind them to what stands before."""
        return bool(self._joins.fullmatch(sentence, start, end))

    @staticmethod
    def _side_end(sentence: str, start: int, walls: list[int]) -> int | None:
        """Where a side clause that opens a sentence ends: at the comma before a new subject, else at its first."""
        after = [wall for wall in walls if wall >= start]
        if after:
            return min(after)
        comma = _COMMA.search(sentence, start)
        return comma.start() if comma else None
