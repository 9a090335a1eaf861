"""Why a text has the findings it has: what was seen, which rules fired, and what stopped those that nearly did.

Nothing here reads a text by itself: the engine does, and tells what becomes of each match. Patterns that do
not match at all are tried again with wider gaps and, for a single rule, with one part left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import regex

from caveat.engine.engine import Engine
from caveat.engine.match import Fate, Match, Outcome
from caveat.engine.page import Page
from caveat.rules.phrase import Phrase, compile_phrase, tokens, words_between
from caveat.rules.problems import PhraseError
from caveat.rules.ruleset import Rule, RuleSet

# How many words more than a gap may hold are still near.
STRETCH = 6

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the names seen in it, and for each rule that fired or nearly did, what became of it."""

    text: str
    names: tuple[str, ...]
    fired: tuple[str, ...]
    nearly: tuple[str, ...]


class Explainer:
    """Explains texts by one set of rules, or by a single rule of it."""

    def __init__(self, ruleset: RuleSet, engine: Engine, rule: Rule | None = None) -> None:
        self._lookup = ruleset.vocabulary
        self._engine = engine
        self._rule = rule
        rules = (rule,) if rule else ruleset.rules
        self._wider = engine.only(replace(rule, match=tuple(self._stretched(rule.match))) for rule in rules)

    def explain(self, text: str) -> list[Sentence]:
        """What the engine makes of each sentence of a text."""
        page = self._engine.read(text)
        outcomes = self._outcomes(self._engine, page)
        shown = [outcome for outcome in outcomes if self._rule in (None, outcome.match.rule)]
        near = [
            *((outcome.match, _stopped(page, outcome)) for outcome in shown if self._is_near(outcome)),
            *self._too_far(page, outcomes),
            *self._with_a_part_missing(page, outcomes),
        ]
        return [
            Sentence(
                _said(page, (start, end)),
                tuple(_names(page, start, end)),
                tuple(
                    _fired(page, outcome.match)
                    for outcome in shown
                    if outcome.fate is Fate.FOUND and start <= outcome.match.start < end
                ),
                tuple(
                    f"{match.rule.id}: {why}\n  pattern {match.phrase.source}"
                    for match, why in near
                    if start <= match.start < end
                ),
            )
            for start, end in page.sentences
        ]

    def _is_near(self, outcome: Outcome) -> bool:
        """Whether a match was stopped by what a writer of rules may want to know."""
        if outcome.fate is Fate.SWALLOWED:  # by another wording of its own rule: that fired
            return outcome.by is not None and outcome.by.rule.id != outcome.match.rule.id
        if outcome.fate is Fate.ELSEWHERE:  # patterns for list items match all kinds of sentences
            return self._rule is not None
        return outcome.fate is not Fate.FOUND

    def _too_far(self, page: Page, known: Iterable[Outcome]) -> Iterator[tuple[Match, str]]:
        """Matches that need a gap wider than its pattern allows."""
        for outcome in self._outcomes(self._wider, page):
            match = outcome.match
            wide = [
                (span, most) for span, most in match.gaps.items() if words_between(page.shadow[slice(*span)]) > most
            ]
            if wide and outcome.fate is Fate.FOUND and not _is_known(match, known):
                span, most = wide[0]
                words = words_between(page.shadow[slice(*span)])
                yield (
                    match,
                    f"the gap ~{most} is too narrow by {words - most}: “{_said(page, span)}” has {words} words.",
                )

    def _with_a_part_missing(self, page: Page, known: Iterable[Outcome]) -> Iterator[tuple[Match, str]]:
        """Matches of a single rule's patterns when one part is left out of them."""
        if self._rule is None:
            return  # of all rules it would be slow, and tell too much
        for phrase in self._rule.match:
            for part, rest in parts_left_out(phrase.source):
                try:
                    shorter = replace(compile_phrase(rest, self._lookup), source=phrase.source)
                except PhraseError:
                    continue  # not a pattern without it
                for outcome in self._outcomes(self._engine.only([replace(self._rule, match=(shorter,))]), page):
                    if outcome.fate is Fate.FOUND and not _is_known(outcome.match, known):
                        words = _said(page, (outcome.match.start, outcome.match.end))
                        yield outcome.match, f"{part} is not there; without it, “{words}” would do."

    def _stretched(self, phrases: Iterable[Phrase]) -> Iterator[Phrase]:
        for phrase in phrases:
            yield compile_phrase(phrase.source, self._lookup, stretch=STRETCH)

    @staticmethod
    def _outcomes(engine: Engine, page: Page) -> list[Outcome]:
        outcomes: list[Outcome] = []
        engine.find(page, outcomes.append)
        return outcomes


def parts_left_out(pattern: str) -> Iterator[tuple[str, str]]:
    """Each part of a pattern that must be there, and the pattern without it (and without the gap before it)."""
    items: list[list[str]] = []
    depth = 0
    for kind, part in tokens(pattern) if not pattern.startswith("regex:") else ():
        written = f"~{part}" if kind == "gap" else part
        if depth or part == "?":
            items[-1].append(written)
        else:
            items.append([written])
        depth += (part == "(") - (part == ")")
    for number, item in enumerate(items):
        if item[-1] == "?" or item[0][0] in "~^$+,:":
            continue
        before = items[:number]
        while before and before[-1][0][0] in "~+":
            before.pop()
        after = items[number + 1 :]
        while after and (after[0][0] == "+" or (not before and after[0][0][0] == "~")):
            after.pop(0)
        yield _written(item), _written(part for rest in (*before, *after) for part in rest)


def _written(parts: Iterable[str]) -> str:
    """Parts of a pattern as a writer spaces them."""
    return regex.sub(r"(?<=\() | (?=[)?])|(?<=\|) | (?=\|)", "", " ".join(parts))


def _is_known(match: Match, outcomes: Iterable[Outcome]) -> bool:
    return any(outcome.match.rule.id == match.rule.id and outcome.match.overlaps(match) for outcome in outcomes)


def _stopped(page: Page, outcome: Outcome) -> str:
    match, by = outcome.match, outcome.by
    words = f"“{_said(page, (match.start, match.end))}” matches"
    if outcome.fate is Fate.EXCUSED and by:
        return f"{words}, but “{_said(page, (by.start, by.end))}” excuses it, by its exception {by.phrase.source}"
    if outcome.fate is Fate.SWALLOWED and by:
        return f"{words}, but it is part of a longer finding of {by.rule.id}."
    if outcome.fate is Fate.OFF:
        cue = f" (“{_said(page, match.cue)}”)" if match.cue else ""
        return f"{words}, but is {match.certainty}{cue}, and for that the severity of the rule is off."
    if outcome.fate is Fate.NO_CLAIM:
        return f"{words}, but a heading or a question claims nothing."
    if outcome.fate is Fate.ELSEWHERE:
        under = f"is no list item or table cell under {' or '.join(sorted(match.rule.under))}"
        return f"{words}, but {under if match.rule.under else 'stands in a list that promises nothing'}."
    where = "the page" if match.rule.about == "page" else "the sentence"
    return f"{words}, but {where} names no substance that it could be about."


def _fired(page: Page, match: Match) -> str:
    cue = f" because of “{_said(page, match.cue)}”" if match.cue else ""
    captures = ", ".join(f"{slot} “{_said(page, span)}”" for slot, span in match.captures.items())
    return "\n  ".join(
        [
            f"{match.rule.id}: “{_said(page, (match.start, match.end))}”, {match.certainty}{cue}",
            f"pattern {match.phrase.source}",
            *([f"with {captures}"] if captures else []),
        ]
    )


def _names(page: Page, start: int, end: int) -> Iterator[str]:
    for tag in page.tags:
        if start <= tag.start < end:
            kinds = (f"{name.lexicon}{'.' * bool(name.type)}{name.type} {name.name}" for name in tag.names)
            yield f"“{_said(page, (tag.start, tag.end))}” is {', '.join(dict.fromkeys(kinds))}"


def _said(page: Page, span: Span) -> str:
    """The words of the text at a span of its folded form."""
    if span[0] >= span[1]:
        return ""
    start, end = page.folded.span(*span)
    return page.text[start:end].strip(" ,")
