"""Which of overlapping matches of one category become findings.

The one that says more about health stands first: that of the rule of higher rank, then the longer. A match inside the
clause of another is part of it where both say the same: its captures are added. Where it is another claim with
another meaning ("kava does not cure cancer and improves mood"), or only the second is hedged ("kava cures anxiety and
may help you sleep"), each keeps the part of the clause that is its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace

from caveat.engine.match import Match, Span
from caveat.model import WEAKENED, Certainty, Stance

# What a swallowed match says of the clause that swallows it: "by easing stress it may help you sleep" is hedged as a
# whole, but "do not take kava with alcohol" warns, though "take kava with alcohol" is denied in it.
_STATEMENTS = (Stance.STATES, Stance.DENIES)


# Whether a second claim begins between two places: "and may", ", perhaps".
GoesOn = Callable[[int, int], bool]


def resolve(matches: Iterable[Match], goes_on: GoesOn) -> tuple[list[Match], list[tuple[Match, Match]]]:
    """Those that stay, and each that does not with the one that swallowed it."""
    matches = list(matches)
    kept: list[Match] = []
    swallowed: list[tuple[Match, Match]] = []
    for match in sorted(
        _told_apart(matches, goes_on),
        key=lambda match: (-match.rule.rank, match.start - match.end, match.start, match.rule.id),
    ):
        places = [at for at, other in enumerate(kept) if _same_place(match, other)]
        alike = (at for at in places if kept[at].stance is match.stance and not _parted(match, kept[at], goes_on))
        at = next(alike, next(iter(places), None))
        if at is None:
            kept.append(match)
        elif parts := _parted(match, kept[at], goes_on):
            kept[at], other = parts
            kept.append(other)
        else:
            kept[at] = _joined(kept[at], match)
            swallowed.append((match, kept[at]))
    return kept, swallowed


def _told_apart(matches: list[Match], goes_on: GoesOn) -> list[Match]:
    """Without those that reach from one claim into another that says something else."""
    if len(matches) < len(("one", "another", "over both")):
        return matches
    pairs = [
        (one, other)
        for one, other in itertools.combinations(matches, 2)
        if _same_place(one, other) and _parted(one, other, goes_on)
    ]
    return [
        match
        for match in matches
        if not any(match is not one and match is not other and _covers(match, one, other) for one, other in pairs)
    ]


def _covers(match: Match, one: Match, other: Match) -> bool:
    return (
        match.rule.category is one.rule.category
        and match.core[0] <= min(one.core[0], other.core[0])
        and max(one.core[1], other.core[1]) <= match.core[1]
    )


def _joined(match: Match, part: Match) -> Match:
    """A match with what its part says: captures, the hedge of the clause, and where it says the same, its words."""
    match.captures.update({name: span for name, span in part.captures.items() if name not in match.captures})
    weakened = part.cue and part.certainty in WEAKENED and not match.rule.firm
    if match.certainty is Certainty.ASSERTED and weakened:
        match = replace(match, certainty=part.certainty, cue=part.cue)
    if match.stance is part.stance and match.rule.rank > part.rule.rank >= 0 and match.rule.span != "match":
        match = replace(match, start=min(match.start, part.start), end=max(match.end, part.end))
    return match


def _same_place(match: Match, other: Match) -> bool:
    return match.rule.category is other.rule.category and match.overlaps(other)


def _parted(match: Match, other: Match, goes_on: GoesOn) -> tuple[Match, Match] | None:
    """Two claims of one clause that differ in what they say, each with its own part: the other's, then the match's."""
    first, second = sorted((match, other), key=lambda each: each.core)
    if first.core[1] > second.core[0] or not {match.stance, other.stance} <= set(_STATEMENTS):
        return None
    if match.stance is not other.stance:
        parts = replace(first, end=first.core[1]), replace(second, start=second.core[0])
    elif (cue := _own_cue(first, second)) and goes_on(first.core[1], cue[0]):
        parts = replace(first, end=first.core[1]), replace(second, start=cue[0])
    else:
        return None
    return parts if match is second else (parts[1], parts[0])


def _own_cue(first: Match, second: Match) -> Span | None:
    """The cue that makes the second of two claims less certain, and cannot be of the first."""
    if first.certainty is not Certainty.ASSERTED or second.certainty not in WEAKENED or second.cue is None:
        return None
    return second.cue if first.core[1] <= second.cue[0] < second.core[1] else None
