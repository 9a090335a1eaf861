"""Misspellings that nobody lists: one slip away from a long name.

A letter left out, doubled or swapped with the one before, or another vowel; never the first letter. What was meant is
found when a word is read that no list knows, so that a hundred thousand misspellings need not be held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

# Of fewer letters names have too many neighbours that are words of their own; nobody types more.
SHORTEST, LONGEST = 10, 24
# Names of medicines look like no other words, and are misspelled the most.
SHORTEST_MEDICINE = 8
_VOWELS = "aeiouy"

Value = TypeVar("Value")


class Slips(Generic[Value]):
    """Long names with what each stands for, by their misspellings."""

    def __init__(self, names: Iterable[tuple[str, Value]]) -> None:
        self._values: dict[str, Value] = {}
        self._without: dict[str, str] = {}
        for name, value in names:
            self._values.setdefault(name, value)
        for name in self._values:
            for at in range(1, len(name)):
                self._without.setdefault(name[:at] + name[at + 1 :], name)

    def of(self, word: str) -> Value | None:
        """What a word stands for that is one slip away from a name; the first name in the order of the slips."""
        if name := self._without.get(word):
            return self._values[name]
        return next((self._values[name] for name in _meant(word) if name in self._values), None)


def _meant(word: str) -> Iterator[str]:
    """What a word may have been meant to be, had one of its letters been doubled, swapped or another vowel."""
    for at in range(1, len(word)):
        if word[at] == word[at - 1]:
            yield word[:at] + word[at + 1 :]
        else:
            yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
        if word[at] in _VOWELS:
            yield from (word[:at] + vowel + word[at + 1 :] for vowel in _VOWELS if vowel != word[at])
