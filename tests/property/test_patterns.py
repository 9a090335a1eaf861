"""What makes matching fast changes nothing that is found: against plain `regex`, over all patterns."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.engine.engine import Engine
from caveat.engine.expression import Careful
from caveat.rules.needs import EDGE

ODD = [
    "500mg",
    "2–3g",
    "½",
    "β-glucan",
    "naïve",
    "ΑΒΓ",
    "don't",
    "(",
    ")",
    ",",
    ":",
    ";",
    "- ",
    "/",
    "q8h",
    "1.000",
    "\u00a0",
    "É",
]


@pytest.fixture(scope="session")
def engine(checker):
    return Engine(checker.ruleset)


@pytest.fixture(scope="session")
def by_regex(engine):
    """Every pattern as `regex` compiles it."""
    return [Careful(pattern.phrase.expression) for pattern in engine._numbered()]


@pytest.fixture(scope="session")
def sentences(checker):
    """The sentences of all examples, as words."""
    rules = checker.ruleset.rules
    return [example.text.replace("[[", "").replace("]]", "").split() for rule in rules for example in rule.examples]


@pytest.fixture(scope="session")
def words(engine):
    """The words that patterns ask for."""
    needs = {literal.strip(EDGE) for pattern in engine._numbered() for need in pattern.phrase.needs for literal in need}
    return sorted(word for word in needs if word.islower())


@given(st.integers(0, 10**9))
def test_every_pattern_finds_what_regex_finds_and_is_never_passed_over(engine, by_regex, sentences, words, seed):
    """Sentences of examples, with words left out, added, swapped and glued together."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    told = chance.choice(sentences) + chance.choice(sentences)
    for _ in range(chance.randrange(8)):
        at = chance.randrange(len(told))
        told[at] = chance.choice([told[at - 1], "", told[at] + told[at - 1], chance.choice(ODD), chance.choice(words)])
    shadow = engine.read(" ".join(told)).shadow
    possible = engine._prefilter.possible(shadow)
    assert possible == sorted(possible)
    for number, (pattern, careful) in enumerate(zip(engine._numbered(), by_regex, strict=True)):
        found = careful.search(shadow, 0)
        assert pattern.expression.search(shadow, 0) == found, (pattern.phrase.source, shadow)
        assert found is None or number in possible, (pattern.phrase.source, shadow)


@given(st.text(max_size=300))
def test_on_any_text_every_pattern_finds_what_regex_finds(engine, by_regex, text):
    shadow = engine.read(text).shadow
    for pattern, careful in zip(engine._numbered(), by_regex, strict=True):
        assert pattern.expression.search(shadow, 0) == careful.search(shadow, 0), pattern.phrase.source
