"""What a text does with a claim: it states or denies it, or warns of a danger, advises it or plays it down.

A rule says what its wording does by itself; a cue that denies the claim turns that round. Denying a danger plays it
down. Denying that two things go together, or forbidding it, is a warning, and one that is asserted.
"""

from __future__ import annotations

from caveat.model import DANGERS, Category, Certainty, Stance


def stance_of(category: Category, says: Stance, certainty: Certainty) -> tuple[Stance, Certainty]:
    """The stance and the certainty of a claim whose wording `says` one thing, when the cues around it are read."""
    if certainty is not Certainty.NEGATED or says is Stance.PLAYS_DOWN:
        return says, certainty
    if category not in DANGERS:
        return Stance.DENIES, certainty
    if says is Stance.WARNS:
        return Stance.PLAYS_DOWN, certainty
    return Stance.WARNS, Certainty.ASSERTED
