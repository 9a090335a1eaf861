"""Which of overlapping matches of one category become findings.

The one that says more about health stands first: that of the rule of higher rank, then the longer. A match inside the
clause of another is part of it where both say the same: its captures are added. Where it is another claim with
another meaning ("kava does not cure cancer and improves mood"), each keeps the part of the clause that is its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from caveat.engine.match import Match
from caveat.model import Certainty, Stance

# What a swallowed match says of the clause that swallows it: "by easing stress it may help you sleep" is hedged as a
# whole, but "do not take kava with alcohol" warns, though "take kava with alcohol" is denied in it.
_OF_THE_CLAUSE = (Certainty.HEDGED, Certainty.ATTRIBUTED)
_STATEMENTS = (Stance.STATES, Stance.DENIES)


def resolve(matches: Iterable[Match]) -> tuple[list[Match], list[tuple[Match, Match]]]:
    """Those that stay, and each that does not with the one that swallowed it."""
    kept: list[Match] = []
    swallowed: list[tuple[Match, Match]] = []
    for match in sorted(
        matches, key=lambda match: (-match.rule.rank, match.start - match.end, match.start, match.rule.id)
    ):
        places = [at for at, other in enumerate(kept) if _same_place(match, other)]
        at = next((at for at in places if kept[at].stance is match.stance), next(iter(places), None))
        if at is None:
            kept.append(match)
        elif parts := _parted(match, kept[at]):
            kept[at], other = parts
            kept.append(other)
        else:
            kept[at] = _joined(kept[at], match)
            swallowed.append((match, kept[at]))
    return kept, swallowed


def _joined(match: Match, part: Match) -> Match:
    """A match with what its part says: captures, the hedge of the clause, and where it says the same, its words."""
    match.captures.update({name: span for name, span in part.captures.items() if name not in match.captures})
    if match.certainty is Certainty.ASSERTED and part.certainty in _OF_THE_CLAUSE:
        match = replace(match, certainty=part.certainty, cue=part.cue)
    if match.stance is part.stance and match.rule.rank > part.rule.rank >= 0 and match.rule.span != "match":
        match = replace(match, start=min(match.start, part.start), end=max(match.end, part.end))
    return match


def _same_place(match: Match, other: Match) -> bool:
    return match.rule.category is other.rule.category and match.overlaps(other)


def _parted(match: Match, other: Match) -> tuple[Match, Match] | None:
    """Two claims of one clause, one of them denied, each with its own part: the other's, then the match's."""
    apart = match.core[1] <= other.core[0] or other.core[1] <= match.core[0]
    alike = match.stance is other.stance or not {match.stance, other.stance} <= set(_STATEMENTS)
    if alike or not apart:
        return None
    first, second = sorted((match, other), key=lambda each: each.core)
    parts = replace(first, end=first.core[1]), replace(second, start=second.core[0])
    return parts if match is second else (parts[1], parts[0])
