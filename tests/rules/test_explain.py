"""What `caveat rules explain` says of a sentence: what fired, what nearly did, and what stopped it."""

import pytest
from folders import with_rule

from caveat.engine.engine import Engine
from caveat.proof.explain import Explainer, parts_left_out
from caveat.rules.loader import load


@pytest.fixture(scope="module")
def ruleset(tmp_path_factory):
    changes = ('message: "Says', 'severity: {negated: off}\n    message: "Says')
    return load(with_rule(tmp_path_factory.mktemp("own"), changes))


@pytest.fixture(scope="module")
def explain(ruleset):
    """The explanation of a text's last sentence by the rule of the folder."""
    rule = next(rule for rule in ruleset.rules if rule.id == "mechanism.tunes")
    explainer = Explainer(ruleset, Engine(ruleset), rule)
    return lambda text: explainer.explain(text)[-1]


def test_a_rule_that_fired_is_told_with_its_pattern_its_captures_and_its_cue(explain):
    said = explain("The label says: kava may tune your GABA receptors.")
    assert said.nearly == ()
    assert len(said.fired) == 1
    for part in (
        "mechanism.tunes: “kava may tune your GABA receptors”, hedged because of “may”",
        "pattern {substance} ~3 (tune|tunes) ~3 {target:chemistry}",
        "substance “kava”, target “GABA receptors”",
    ):
        assert part in said.fired[0]


def test_the_names_that_were_seen_are_told(explain):
    assert "“Kava” is substance kava" in explain("Kava sleeps.").names


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "Kava tunes all of your many tired GABA receptors.",
            "the gap ~3 is too narrow by 2: “all of your many tired” has 5 words.",
        ),
        (
            "Kava tunes the radio of serotonin fans.",
            "matches, but “tunes the radio” excuses it, by its exception tunes ~2 radio",
        ),
        (
            "Kava does not tune serotonin.",
            "matches, but is negated (“does not”), and for that the severity of the rule is off.",
        ),
        ("Does kava tune serotonin?", "“kava tune serotonin” matches, but a heading or a question claims nothing."),
        ("Kava turns serotonin.", "(tune|tunes) is not there; without it, “Kava turns serotonin” would do."),
        ("Kava is old. It may tune serotonin.", "{substance} is not there; without it, “tune serotonin” would do."),
    ],
)
def test_what_stopped_a_rule_is_told(explain, text, why):
    said = explain(text)
    assert said.fired == ()
    assert any(why in near for near in said.nearly), said.nearly


def test_a_sentence_that_names_no_substance_and_a_longer_finding_are_told(ruleset):
    explainer = Explainer(ruleset, Engine(ruleset))
    said = explainer.explain("The law binds to GABA receptors.")[0]
    assert any("the sentence names no substance that it could be about" in near for near in said.nearly)
    said = explainer.explain("Kava binds to and tunes GABA receptors.")[0]
    assert any("it is part of a longer finding of mechanism.acts-on" in near for near in said.nearly)


def test_a_rule_for_list_items_says_under_which_heading_it_reads(ruleset):
    rule = next(rule for rule in ruleset.rules if rule.under)
    text = "Kava.\n" + rule.examples[0].text.replace("[[", "").replace("]]", "").splitlines()[-1]
    near = Explainer(ruleset, Engine(ruleset), rule).explain(text)[-1].nearly
    assert any("no list item or table cell under" in each for each in near), near


def test_nothing_is_near_a_sentence_of_something_else(explain):
    said = explain("The museum is open on Sundays.")
    assert (said.fired, said.nearly) == ((), ())


def test_explaining_finds_what_checking_finds(checker, seeds):
    explainer = Explainer(checker.ruleset, Engine(checker.ruleset))
    for text in seeds.values():
        said = [fired.partition(":")[0] for sentence in explainer.explain(text) for fired in sentence.fired]
        assert sorted(said) == sorted(finding.rule for finding in checker.check(text).findings)


def test_a_part_is_left_out_with_the_gap_before_it():
    assert list(parts_left_out("^ {a} ~3 (b | c d)? e + {f}")) == [
        ("{a}", "^ ~3 (b|c d)? e + {f}"),
        ("e", "^ {a} ~3 (b|c d)? {f}"),
        ("{f}", "^ {a} ~3 (b|c d)? e"),
    ]
