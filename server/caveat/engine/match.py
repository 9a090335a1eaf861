"""A match of a rule, and what becomes of it on its way to a finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from caveat.model import Certainty, Stance
from caveat.rules.phrase import Phrase
from caveat.rules.ruleset import Rule

Span = tuple[int, int]


@dataclass(slots=True)
class Match:
    """A match of a rule, with its certainty and clause once they are read; offsets of the folded text.

    `core` is what the pattern matched, `start` and `end` are those of the clause around it.
    `gaps` are the spans of the gaps of its pattern, each with the number of words that it may hold. It is not frozen,
    for making a frozen one takes three times as long, and three are made for each finding.
    """

    rule: Rule
    phrase: Phrase
    start: int
    end: int
    core: Span
    gaps: Mapping[Span, int]
    captures: dict[str, Span]
    certainty: Certainty = Certainty.ASSERTED
    stance: Stance = Stance.STATES
    cue: Span | None = None

    def overlaps(self, other: Match) -> bool:
        """Whether this match and another share any character."""
        return self.start < other.end and other.start < self.end


class Fate(StrEnum):
    """What became of a match of a rule."""

    FOUND = "found"
    NO_CLAIM = "no-claim"
    ELSEWHERE = "elsewhere"
    NO_SUBJECT = "no-subject"
    EXCUSED = "excused"
    OFF = "off"
    SWALLOWED = "swallowed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A match and its fate; `by` is the exception that excused it, or the longer finding that swallowed it."""

    match: Match
    fate: Fate
    by: Match | None = None


Watch = Callable[[Outcome], None]


def moved(match: Match, by: int) -> Match:
    """A match with its offsets moved from its sentence to the text."""
    captures = {name: (start + by, end + by) for name, (start, end) in match.captures.items()}
    gaps = {(start + by, end + by): most for (start, end), most in match.gaps.items()}
    cue = (match.cue[0] + by, match.cue[1] + by) if match.cue else None
    # Written out, for dataclasses.replace would take longer than matching.
    return Match(
        match.rule,
        match.phrase,
        match.start + by,
        match.end + by,
        (match.core[0] + by, match.core[1] + by),
        gaps,
        captures,
        match.certainty,
        match.stance,
        cue,
    )
