"""What `caveat rules test` and `caveat rules coverage` find in a rule that does not keep its promises."""

import pytest
from folders import with_rule

from caveat.engine.engine import Engine
from caveat.proof import coverage
from caveat.proof.examples import failures, settled
from caveat.rules.loader import load


@pytest.fixture
def examined(tmp_path):
    """The rule of a folder of one's own after some changes, and the engine for it."""

    def examine(*changes):
        ruleset = load(with_rule(tmp_path, *changes))
        return Engine(ruleset), next(rule for rule in ruleset.rules if rule.id == "mechanism.tunes")

    return examine


def test_a_good_rule_has_nothing_to_mend(examined):
    engine, rule = examined()
    assert [*failures(engine, rule), *settled(engine, rule)] == []
    assert [*coverage.idle(engine, rule), *coverage.survivors(engine, rule)] == []


@pytest.mark.parametrize(
    ("old", "new", "text", "wanted", "found"),
    [
        (
            "[[Kava tunes the GABA receptors]]",
            "Kava [[tunes the GABA receptors]]",
            "Kava tunes the GABA receptors.",
            "Kava [[tunes the GABA receptors]]. (asserted)",
            "[[Kava tunes the GABA receptors]]. (asserted)",
        ),
        (
            "certainty: hedged",
            "certainty: negated",
            "Kava may tune your cortisol.",
            "[[Kava may tune your cortisol]]. (negated)",
            "[[Kava may tune your cortisol]]. (hedged)",
        ),
        (
            "substance.name: kava",
            "substance.name: kratom",
            "Kava may tune your cortisol.",
            "substance.name: kratom",
            "substance.name: kava",
        ),
        (
            "Kava is a plant",
            "Kava tunes your serotonin",
            "Kava tunes your serotonin.",
            "nothing",
            "[[Kava tunes your serotonin]]. (asserted)",
        ),
        (
            "[[Kava tunes the GABA receptors]]",
            "[[Kava turns the GABA receptors]]",
            "Kava turns the GABA receptors.",
            "[[Kava turns the GABA receptors]]. (asserted)",
            "nothing",
        ),
    ],
)
def test_a_text_that_is_not_read_as_it_should_be_is_told(examined, old, new, text, wanted, found):
    failure = next(failures(*examined((old, new))))
    assert (failure.text, failure.wanted, failure.found) == (text, wanted, found)
    assert (failure.place, failure.how) == ("packs/tunes.yaml:3", "alone")


def test_a_todo_that_is_done_is_told(examined):
    todo = (
        '    todo: {missed: ["Kava hums to GABA.", "[[Kava tunes serotonin]]."],'
        ' wrong: ["Kava tunes no old GABA.", "Kava sleeps."]}\n'
    )
    engine, rule = examined(("    clean:", todo + "    clean:"))
    done = [(failure.text, failure.wanted) for failure in settled(engine, rule)]
    assert done == [
        ("Kava tunes serotonin.", "still a miss; now move it to 'examples'"),
        ("Kava sleeps.", "still a false alarm; now move it to 'clean'"),
    ]


def test_a_pattern_that_no_example_fires_is_idle(examined):
    engine, rule = examined(("    unless:", '      - "{substance} whistles at {target}"\n    unless:'))
    assert [(each.kind, each.pattern) for each in coverage.idle(engine, rule)] == [
        ("match", "{substance} whistles at {target}")
    ]


def test_an_exception_that_excuses_nothing_is_idle(examined):
    engine, rule = examined(("tunes the radio of", "plays the radio of"))
    assert [(each.kind, each.pattern) for each in coverage.idle(engine, rule)] == [("unless", "tunes ~2 radio")]


def test_a_pattern_that_another_makes_needless_survives_its_removal(examined):
    engine, rule = examined(("    unless:", '      - "{substance} tunes the {target:chemistry}"\n    unless:'))
    assert list(coverage.idle(engine, rule)) == []
    assert [each.pattern for each in coverage.survivors(engine, rule)] == ["{substance} tunes the {target:chemistry}"]


def test_an_exception_that_another_makes_needless_survives_its_removal(examined):
    engine, rule = examined(("tunes ~2 radio", 'tunes ~2 radio"\n      - "radio of serotonin'))
    assert [each.pattern for each in coverage.survivors(engine, rule)] == ["tunes ~2 radio", "radio of serotonin"]


def test_a_deprecated_rule_does_not_run_but_says_what_took_its_place(tmp_path):
    old = ("    clean:", "    deprecated: true\n    replaced_by: mechanism.changes\n    clean:")
    ruleset = load(with_rule(tmp_path, old))
    assert "mechanism.tunes" not in {rule.id for rule in ruleset.rules}
    retired = [(rule.id, rule.replaced_by) for rule in ruleset.retired]
    assert ("mechanism.tunes", "mechanism.changes") in retired
    assert not Engine(ruleset).analyze("Kava tunes the GABA receptors.").findings
