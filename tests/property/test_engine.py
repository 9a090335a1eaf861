"""Promises that hold for every text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caveat.engine.engine import Engine

# What a page says for a substance, and what it warns of.
FOR = [
    "Kratom binds to opioid receptors.",
    "Take 1-3 grams of kava about an hour before bed",
    "L\u2011theanine may boost your dopamine levels\u2026",
    "Studies suggest that mitra\u00adgynine does not inhibit CYP2D6",
]
WARNING = "Avoid combining valerian with benzodiazepines or opiates."
# Real claims among arbitrary characters: offsets must hold whatever stands around them.
CLAIMS = st.sampled_from([*FOR, WARNING])
TEXTS = st.lists(CLAIMS | st.text(max_size=40), max_size=8).map(" ".join) | st.text(max_size=200)


@given(TEXTS)
def test_the_quote_is_what_stands_at_its_place(checker, text):
    for finding in checker.check(text).findings:
        assert text[finding.start : finding.end] == finding.quote
        assert finding.quote.strip() == finding.quote != ""
        for part in (*finding.slots.values(), *([finding.cue] if finding.cue else [])):
            assert text[part.start : part.end] == part.text


@given(TEXTS)
def test_without_the_prefilter_the_findings_are_the_same(filtered, unfiltered, text):
    assert unfiltered.analyze(text) == filtered.analyze(text)


def test_without_the_prefilter_the_seeds_read_the_same(filtered, unfiltered, seeds):
    for text in seeds.values():
        assert unfiltered.analyze(text) == filtered.analyze(text)


@given(st.lists(st.sampled_from(FOR), min_size=1, max_size=6))
def test_adding_a_claim_never_lowers_the_score(checker, claims):
    scores = [checker.check("\n".join(claims[: number + 1])).summary.score for number in range(len(claims))]
    assert scores == sorted(scores)


@given(TEXTS)
def test_reasons_add_up_to_the_score(checker, text):
    summary = checker.check(text).summary
    assert sum(reason.points for reason in summary.reasons) == summary.score <= 100
    assert (summary.level == "none") == (summary.score == 0)


@given(st.lists(CLAIMS, max_size=6))
def test_a_warning_never_raises_the_score(checker, claims):
    before, after = (checker.check("\n".join(text)).summary.score for text in (claims or ["-"], [*claims, WARNING]))
    assert after <= before


@pytest.fixture(scope="session")
def filtered(checker):
    return Engine(checker.ruleset)


@pytest.fixture(scope="session")
def unfiltered(checker):
    return Engine(checker.ruleset, prefilter=False)
