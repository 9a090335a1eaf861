"""How sure a text is of a claim: the ConText algorithm, with cues from `rules/cues`.

A cue reaches forward or backward a number of words, unless a word that stops its kind stands between.
A cue that the rule itself spells never changes the claim ("do not combine" is the warning, not its denial);
one that merely stands in a gap of the pattern does. Precedence: negated, attributed, hedged, asserted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

import regex
from ahocorasick_rs import AhoCorasick, MatchKind

from caveat.engine.reach import SentenceReach
from caveat.model import Certainty
from caveat.rules.ruleset import CuePhrase, Cues

Span = tuple[int, int]
_ORDER = tuple(Certainty)
_WORD = regex.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class SentenceCues:
    """What stands in one sentence: cues with their places, words that stop them, and where each word begins.

    All are in the order of their places, so that a sentence without end costs no more than its length.
    """

    text: str
    reach: SentenceReach
    cues: list[tuple[int, int, CuePhrase]]
    stops: list[tuple[int, int, str]]
    words: list[int]

    def words_between(self, start: int, end: int) -> int:
        """How many words stand between two places, the rest of one that is cut among them."""
        cut = start < end and start > 0 and not (self.text[start].isspace() or self.text[start - 1].isspace())
        return bisect_left(self.words, end) - bisect_left(self.words, start) + cut

    def near(self, claim: Span, most: int) -> list[tuple[int, int, CuePhrase]]:
        """The cues that no more than so many words part from a claim."""
        first, last = bisect_left(self.words, claim[0]) - most, bisect_left(self.words, claim[1]) + most
        start = self.words[first] if first > 0 else 0
        end = self.words[last] if last < len(self.words) else len(self.text)
        return self.cues[bisect_left(self.cues, (start,)) : bisect_left(self.cues, (end,))]


class CertaintyReader:
    """Reads the cues of a sentence, and judges a claim by them."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues.cues
        self._stops = cues.stops
        self._pseudo = cues.pseudo
        self._bound = cues.bound
        self._phrases = sorted({*cues.cues, *cues.pseudo, *(word for words in cues.stops.values() for word in words)})
        self._stopping = frozenset(word for words in cues.stops.values() for word in words)
        # Words between a claim and the beginning of a cue that may reach it.
        self._farthest = max((cue.reach for found in cues.cues.values() for cue in found), default=0)
        self._farthest += max((len(phrase.split()) for phrase in self._phrases), default=0)
        self._longest = max(map(len, self._phrases), default=0)
        self._automaton = AhoCorasick(self._phrases, matchkind=MatchKind.Standard)

    def read(self, text: str, reach: SentenceReach) -> SentenceCues:
        """The cues of a folded sentence; a cue inside a longer cue, or one touched by a phrase of none, is dropped."""
        hits = [
            (start, end, self._phrases[index])
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if _on_boundaries(text, start, end)
        ]
        hits.sort()
        stops = [hit for hit in hits if hit[2] in self._stopping]
        longer = [hit for hit in hits if " " in hit[2]]  # a single word holds no other
        cues = []
        for start, end, phrase in hits:
            if found := self._cues.get(phrase):
                around = longer[bisect_left(longer, (start - self._longest,)) : bisect_left(longer, (end,))]
                cues += [
                    (start, end, cue)
                    for cue in found
                    if not any(self._swallows(other, (start, end), cue) for other in around)
                ]
        return SentenceCues(text, reach, cues, stops, [word.start() for word in _WORD.finditer(text)] if cues else [])

    def judge(
        self, sentence: SentenceCues, claim: Span, gaps: Iterable[Span], *, advice: bool = False
    ) -> tuple[Certainty, Span | None]:
        """The certainty of a claim (a match of a rule with its gaps), and the cue that decides it.

        What forbids does not make `advice` uncertain.
        """
        reaching = [
            (_ORDER.index(cue.certainty), distance, start, end)
            for start, end, cue in sentence.near(claim, self._farthest)
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
        words = sentence.words_between(*between)
        if words > cue.reach or (cue.certainty in self._bound and sentence.reach.ends_between(at, claim)):
            return None
        stopping = self._stops[cue.certainty]
        stops = sentence.stops[bisect_left(sentence.stops, (between[0],)) : bisect_left(sentence.stops, (between[1],))]
        stopped = any(end <= between[1] and word in stopping for _, end, word in stops)
        return None if stopped else words


def _on_boundaries(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
    after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not (before or after)


def _inside(span: Span, other: Span) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]
