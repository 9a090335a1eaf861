"""Patterns on their way through a sentence: those of rules, and sets of which one is asked what stands in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import regex

from caveat.engine.expression import Expression, expression_of
from caveat.engine.match import Match
from caveat.engine.prefilter import Prefilter
from caveat.rules.phrase import Phrase, any_phrase
from caveat.rules.ruleset import Rule


class Pattern:
    """One wording of a rule, compiled when it is first needed: most pages need few."""

    def __init__(self, rule: Rule, phrase: Phrase, breaker: regex.Pattern[str], shared: Sequence[str]) -> None:
        """`breaker` finds the words over which no gap reaches; for `shared` see expression_of."""
        self.rule = rule
        self.phrase = phrase
        self._breaker = breaker
        self._shared = shared

    @cached_property
    def expression(self) -> Expression:
        """What finds the wording."""
        return expression_of(self.phrase, self._shared)

    def matches(self, sentence: str) -> Iterator[Match]:
        """All matches in a shadow sentence. Raises TimeoutError when they take too long."""
        search = self.expression.search
        at = 0
        while found := search(sentence, at):
            start, end, gaps, captures = found
            if start == end:  # a regular expression may match nothing at all, which is no finding
                at = end + 1
                continue
            broken = [word.end() for gap in gaps for word in self._breaker.finditer(sentence, *gap)]
            if broken:
                at = max(min(broken), at + 1)
                continue
            at = end
            yield Match(self.rule, self.phrase, start, end, (start, end), gaps, captures)


class PhraseSet:
    """Phrases that are asked which of them stand in a text."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """The numbers of the phrases are those of their order."""
        self._phrases = tuple(phrases)

    # Most sets are asked only one of the two questions, so each is made ready when it is first asked.
    @cached_property
    def _each(self) -> tuple[Prefilter, list[Expression]]:
        return Prefilter(phrase.needs for phrase in self._phrases), [expression_of(phrase) for phrase in self._phrases]

    @cached_property
    def _any(self) -> Expression | None:
        return expression_of(any_phrase(self._phrases)) if self._phrases else None

    def found(self, text: str) -> Iterator[int]:
        """The numbers of the phrases that stand in a shadow text; one that takes too long counts as not there."""
        prefilter, expressions = self._each
        for number in prefilter.possible(text):
            try:
                if expressions[number].search(text, 0):
                    yield number
            except TimeoutError:
                continue

    def search(self, text: str) -> bool:
        """Whether any of the phrases stands in a shadow text."""
        try:
            return self._any is not None and self._any.search(text, 0) is not None
        except TimeoutError:
            return False
