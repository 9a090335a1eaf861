"""Which patterns can match a sentence: those whose needs all stand in it, in their order.

Nothing here grows with what has been read, but for a table of words that is emptied when it is full. Each need of each
pattern has a bit in one large number. A word of the sentence sets the bits of the needs that it meets if the bit before
was set, which is the Shift-And algorithm (Baeza-Yates and Gonnet 1992) with gaps of any width; a pattern whose last
bit is set can match. A test holds that this never loses a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, MatchKind

from caveat.rules.needs import EDGE, RUN, Needs
from caveat.rules.vocabulary import FILLER

# Words whose bits are kept at hand; about 20 MB when it is full.
MOST_WORDS = 20_000


class Prefilter:
    """The needs of numbered patterns, ready to be looked for."""

    def __init__(self, patterns: Iterable[Needs]) -> None:
        """The needs of each pattern, at its number; a pattern that needs nothing can match anything."""
        bits: dict[str, int] = {}
        self._always: list[int] = []
        self._first = self._last = at = 0
        self._number: dict[int, int] = {}
        for number, needs in enumerate(patterns):
            if not needs:
                self._always.append(number)
                continue
            self._first |= 1 << at
            for need in needs:
                for literal in need:
                    bits[literal] = bits.get(literal, 0) | 1 << at
                at += 1
            self._last |= 1 << (at - 1)
            self._number[at] = number
        self._bits = list(bits.values())
        self._automaton = AhoCorasick(list(bits), matchkind=MatchKind.Standard)
        self._words: dict[str, tuple[int, ...]] = {}

    def possible(self, sentence: str) -> list[int]:
        """The numbers of the patterns that can match a shadow sentence, in order."""
        reached, first, words = 0, self._first, self._words
        for word in RUN.findall(sentence):
            for bits in words[word] if word in words else self._learn(word):
                reached |= (reached << 1 | first) & bits
        reached &= self._last
        return sorted((*self._always, *self._numbers(reached))) if reached else self._always

    def _numbers(self, reached: int) -> Iterator[int]:
        while reached:
            lowest = reached & -reached
            yield self._number[lowest.bit_length()]
            reached ^= lowest

    def _learn(self, word: str) -> tuple[int, ...]:
        """The bits of the literals in a word, one number for each place where one ends."""
        written = EDGE + word.rstrip(FILLER) + EDGE
        met = tuple(
            self._bits[index] for index, _, _ in self._automaton.find_matches_as_indexes(written, overlapping=True)
        )
        if len(self._words) >= MOST_WORDS:
            self._words.clear()
        self._words[word] = met
        return met
