"""What a page leaves out, told only of pages that recommend a substance."""

import pytest

from caveat.model import Tier

OPIOIDS, SEDATIVES = "opioids", "benzodiazepines"


def left_out(checker, text):
    return [missing.object for missing in checker.check(text).summary.missing]


def test_a_dose_without_a_warning_is_told_with_its_source(checker):
    report = checker.check("Take 2 grams of kratom an hour before bed.")
    missing = next(each for each in report.summary.missing if each.object == "opioids")
    assert (missing.substance, missing.label, missing.severity) == ("kratom", "Kratom", "major")
    fact = report.facts[missing.fact]
    assert missing.statement == fact["statement"]
    assert fact["url"].startswith("https://")
    assert fact["source"]


# The seeds that warn of benzodiazepines and opiates, by the first letters of their names.
@pytest.mark.parametrize(
    ("seed", "unmentioned", "mentioned"),
    [
        ("000", {OPIOIDS, SEDATIVES}, set()),
        ("001", {OPIOIDS, SEDATIVES}, set()),
        ("002", {OPIOIDS, SEDATIVES}, set()),
        ("003", {OPIOIDS, SEDATIVES}, set()),
        ("004", set(), {OPIOIDS, SEDATIVES}),
    ],
)
def test_the_seeds(checker, seeds, seed, unmentioned, mentioned):
    [text] = [text for name, text in seeds.items() if name.startswith(seed)]
    objects = " ".join(left_out(checker, text))
    assert {name for name in unmentioned if name in objects} == unmentioned
    assert {name for name in mentioned if name in objects} == set()


@pytest.mark.parametrize(
    "warning",
    [
        "Never combine kratom with opioids.",
        "Never combine kratom with opiates.",
        "Never combine kratom with OxyContin.",  # a brand of a member
        "Never combine kratom with CNS depressants.",  # a wider class
        "What not to combine kratom with:\n- Opioids",
        "Kratom can be dangerous when mixed with painkillers.",
    ],
)
def test_a_warning_by_any_name_or_class_is_a_warning(checker, warning):
    assert OPIOIDS not in left_out(checker, f"Take 2 grams of kratom before bed.\n{warning}")


@pytest.mark.parametrize(
    "mention",
    [
        "Kratom binds to opioid receptors.",  # a target is no medicine
        "Kratom is a natural alternative to opioids.",
        "Kratom has no known interactions with opioids.",
        "Opioids are a class of medicines.",
    ],
)
def test_a_mention_that_warns_of_nothing_is_none(checker, mention):
    assert OPIOIDS in left_out(checker, f"Take 2 grams of kratom before bed.\n{mention}")


LIVER = "liver injury"


@pytest.mark.parametrize(
    "care",
    [
        "Reports of liver failure led to bans in several countries.",
        "Stop at once if your urine turns dark or your skin goes yellow.",
        "It can be hard on the liver.",
        "Is your liver already under strain? Talk to your doctor first.",
        "Have you got a liver disease? Then keep your hands off.",
    ],
)
def test_what_a_sentence_of_care_names_is_not_left_out(checker, care):
    assert LIVER in left_out(checker, "Take 40 mg of black cohosh before bed.")
    assert LIVER not in left_out(checker, f"Take 40 mg of black cohosh before bed.\n{care}")


@pytest.mark.parametrize(
    "calm",
    [
        "It is kind to the liver.",
        "It does no harm to the liver.",
        "Black cohosh is perfectly safe for your liver.",
        "You will feel calm without any risk of liver damage.",
        "The liver is the largest gland.",
    ],
)
def test_a_sentence_that_calms_or_only_names_it_warns_of_nothing(checker, calm):
    assert LIVER in left_out(checker, f"Take 40 mg of black cohosh before bed.\n{calm}")


@pytest.mark.parametrize(
    "text",
    [
        "In 1943 Thailand banned kratom. Several US states followed, and the DEA proposed to schedule it in 2016.",
        "Kratom leaves were chewed by farm workers against fatigue. In the 19th century a botanist named the tree.",
        "Possession of kratom is a crime in six states. The bill would set a minimum age of 21.",
        "There is no evidence that kratom relieves pain.",
        "In one study, participants who took 2 grams of kratom slept longer.",
        "The town has a new library.",
    ],
)
def test_a_page_that_recommends_nothing_owes_nothing(checker, text):
    assert left_out(checker, text) == []


def test_the_gravest_comes_first_and_nothing_twice(checker):
    missing = checker.check("Take ashwagandha twice daily with food.").summary.missing
    assert [each.severity for each in missing] == sorted(
        (each.severity for each in missing), key=["major", "moderate", "minor", "unknown"].index
    )
    assert len({each.object for each in missing}) == len(missing)


def test_what_only_a_second_hand_source_says_is_not_told(checker):
    shown = [fact for fact in checker.ruleset.facts.facts if fact.tier in (Tier.MIRROR, Tier.SECONDARY)]
    assert shown
    assert not any(fact.must_mention for fact in shown)


def test_what_is_known_of_a_medicine_is_asked_of_a_page_about_it(checker):
    about = "Semaglutide melts belly fat. Inject 0.25 mg of semaglutide once a week."
    assert "medullary thyroid cancer or MEN 2" in left_out(checker, about)
    aside = "Ginger eases nausea. Take 1 g of ginger daily. Some use it beside semaglutide."
    assert "medullary thyroid cancer or MEN 2" not in left_out(checker, aside)
