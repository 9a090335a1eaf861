"""Whether the texts of a rule prove all of it: each pattern and each exception must be needed by one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from caveat.engine.engine import Engine
from caveat.engine.match import Fate, Outcome
from caveat.engine.page import Page
from caveat.proof.examples import captured, marked
from caveat.rules.phrase import Phrase
from caveat.rules.ruleset import Rule

Kind = Literal["match", "unless"]


@dataclass(frozen=True, slots=True)
class Unproven:
    """A pattern of a rule, under `match` or `unless`, that none of its texts proves."""

    rule: str
    place: str
    kind: Kind
    pattern: str


def idle(engine: Engine, rule: Rule) -> Iterator[Unproven]:
    """The patterns that find nothing in the rule's examples, and the exceptions that excuse nothing in its texts."""
    examples, texts = _pages(engine, rule)
    for phrase in rule.match:
        alone = engine.only([replace(rule, match=(phrase,))])
        if not any(alone.find(page).findings for page in examples):
            yield _unproven(rule, "match", phrase)
    for phrase in rule.unless:
        alone = engine.only([replace(rule, unless=(phrase,))])
        if not any(_excuses(alone, page) for page in texts):
            yield _unproven(rule, "unless", phrase)


def survivors(engine: Engine, rule: Rule) -> Iterator[Unproven]:
    """The patterns and exceptions that can be dropped, one at a time, with every text of the rule read as before."""
    _, texts = _pages(engine, rule)
    before = [_reading(engine.only([rule]), rule, page) for page in texts]
    for kind, phrase, mutant in _mutants(rule):
        changed = engine.only([mutant])
        if all(_reading(changed, rule, page) == reading for page, reading in zip(texts, before, strict=True)):
            yield _unproven(rule, kind, phrase)


def _mutants(rule: Rule) -> Iterator[tuple[Kind, Phrase, Rule]]:
    for number, phrase in enumerate(rule.match):
        yield "match", phrase, replace(rule, match=rule.match[:number] + rule.match[number + 1 :])
    for number, phrase in enumerate(rule.unless):
        yield "unless", phrase, replace(rule, unless=rule.unless[:number] + rule.unless[number + 1 :])


def _pages(engine: Engine, rule: Rule) -> tuple[list[Page], list[Page]]:
    """The examples of a rule, and all of its texts, each read once."""
    examples = [engine.read(marked(example.text)[0]) for example in rule.examples]
    return examples, examples + [engine.read(text) for text in rule.clean]


def _excuses(engine: Engine, page: Page) -> bool:
    outcomes: list[Outcome] = []
    engine.find(page, outcomes.append)
    return any(outcome.fate is Fate.EXCUSED for outcome in outcomes)


def _reading(engine: Engine, rule: Rule, page: Page) -> list[object]:
    """What a rule finds on a page, as far as its examples speak of it."""
    slots = [slot for example in rule.examples if marked(example.text)[0] == page.text for slot in example.captures]
    return [
        (finding.start, finding.end, finding.certainty, captured(finding, slots))
        for finding in engine.find(page).findings
    ]


def _unproven(rule: Rule, kind: Kind, phrase: Phrase) -> Unproven:
    return Unproven(rule.id, rule.place, kind, phrase.source)
