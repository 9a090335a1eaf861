"""How sure a text is of a claim: the ConText algorithm, with cues from `rules/cues`.

A cue reaches forward or backward a number of words, unless a word that stops its kind stands between.
A cue that the rule itself spells never changes the claim ("do not combine" is the warning, not its denial);
one that merely stands in a gap of the pattern does. Precedence: negated, attributed, hedged, asserted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from caveat.engine.reach import SentenceReach
from caveat.model import Certainty
from caveat.rules.ruleset import CuePhrase, Cues

Span = tuple[int, int]
_ORDER = tuple(Certainty)


@dataclass(frozen=True, slots=True)
class SentenceCues:
    """What stands in one sentence: cues with their places, and the places of words that stop them."""

    text: str
    reach: SentenceReach
    cues: list[tuple[int, int, CuePhrase]]
    stops: list[tuple[int, int, str]]


class CertaintyReader:
    """Reads the cues of a sentence, and judges a claim by them."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues.cues
        self._stops = cues.stops
        self._pseudo = cues.pseudo
        self._bound = cues.bound
        self._phrases = sorted({*cues.cues, *cues.pseudo, *(word for words in cues.stops.values() for word in words)})
        self._stopping = frozenset(word for words in cues.stops.values() for word in words)
        self._automaton = AhoCorasick(self._phrases, matchkind=MatchKind.Standard)

    def read(self, text: str, reach: SentenceReach) -> SentenceCues:
        """The cues of a folded sentence; a cue inside a longer cue, or one touched by a phrase of none, is dropped."""
        hits = [
            (start, end, self._phrases[index])
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if _on_boundaries(text, start, end)
        ]
        stops = [hit for hit in hits if hit[2] in self._stopping]
        longer = [hit for hit in hits if " " in hit[2]]  # a single word holds no other
        cues = [
            (start, end, cue)
            for start, end, phrase in hits
            for cue in self._cues.get(phrase, ())
            if not any(self._swallows(other, (start, end), cue) for other in longer)
        ]
        return SentenceCues(text, reach, cues, stops)

    def judge(
        self, sentence: SentenceCues, claim: Span, gaps: Iterable[Span], *, advice: bool = False
    ) -> tuple[Certainty, Span | None]:
        """The certainty of a claim (a match of a rule with its gaps), and the cue that decides it.

        What forbids does not make `advice` uncertain.
        """
        reaching = [
            (_ORDER.index(cue.certainty), distance, start, end)
            for start, end, cue in sentence.cues
            if not (advice and cue.forbids)
            and (distance := self._distance(sentence, (start, end), cue, claim, gaps)) is not None
        ]
        if not reaching:
            return Certainty.ASSERTED, None
        order, _, start, end = min(reaching)
        return _ORDER[order], (start, end)

    def _swallows(self, longer: tuple[int, int, str], at: Span, cue: CuePhrase) -> bool:
        """Whether a cue gives way to a longer phrase that holds it, or to one of none that it shares words with."""
        start, end, phrase = longer
        if phrase in self._pseudo:
            return start < at[1] and at[0] < end
        return _inside(at, (start, end)) and any(other.forward == cue.forward for other in self._cues.get(phrase, ()))

    def _distance(
        self, sentence: SentenceCues, at: Span, cue: CuePhrase, claim: Span, gaps: Iterable[Span]
    ) -> int | None:
        """How many words lie between a cue and a claim; None when the cue does not reach it."""
        shared = cue.certainty is Certainty.HEDGED  # with words of the claim: "potential [role in sleep]"
        if cue.forward and (at[1] <= claim[0] or (shared and at[0] < claim[0])):
            between = at[1], max(claim[0], at[1])
        elif not cue.forward and (at[0] >= claim[1] or (shared and at[1] > claim[1])):
            between = min(claim[1], at[0]), at[0]
        else:
            # The colon behind a label ("myth:") is no part of the gap that holds the label.
            end = at[1] - sentence.text[: at[1]].endswith(":")
            return 0 if any(gap[0] <= at[0] and end <= gap[1] for gap in gaps) else None
        words = len(sentence.text[between[0] : between[1]].split())
        if words > cue.reach or (cue.certainty in self._bound and sentence.reach.ends_between(at, claim)):
            return None
        stopping = self._stops[cue.certainty]
        stopped = any(
            between[0] <= start and end <= between[1] and word in stopping for start, end, word in sentence.stops
        )
        return None if stopped else words


def _on_boundaries(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
    after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not (before or after)


def _inside(span: Span, other: Span) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]
