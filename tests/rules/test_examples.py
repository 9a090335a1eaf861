"""The proof that each rule carries holds, and proves all of the rule."""

import pytest

from caveat.engine.engine import Engine
from caveat.proof import coverage
from caveat.proof.examples import cue_failures, failures, settled
from caveat.rules.loader import load

RULES = {rule.id: rule for rule in load().rules}
each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


@pytest.fixture(scope="module")
def engine(checker):
    return Engine(checker.ruleset)


@each_rule
def test_examples_are_found_on_their_exact_words_and_clean_texts_stay_clean(engine, rule):
    assert list(failures(engine, rule)) == []


@each_rule
def test_what_is_to_do_is_still_to_do(engine, rule):
    assert list(settled(engine, rule)) == []


@each_rule
def test_every_pattern_and_every_exception_is_proven(engine, rule):
    assert [unproven.pattern for unproven in coverage.idle(engine, rule)] == []


@each_rule
def test_no_pattern_and_no_exception_can_be_dropped_unnoticed(engine, rule):
    assert [unproven.pattern for unproven in coverage.survivors(engine, rule)] == []


def test_the_cues_say_what_their_examples_say(checker, engine):
    assert list(cue_failures(engine, checker.ruleset.cues)) == []
