"""Stance: whether a text warns of a danger, plays it down, or advises it; and whether it states or denies the rest."""

import pytest

PROHIBITIONS = [
    "should not",
    "must not",
    "may not",
    "should never",
    "must never",
    "cannot",
    "ought not to",
    "is not to",
]
ACTS = ["be taken with", "be used together with", "be combined with", "be given alongside", "be mixed with"]


def only(checker, text, category):
    """The one finding of a category in a text."""
    [finding] = [finding for finding in checker.check(text).findings if finding.category == category]
    return finding


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("prohibition", PROHIBITIONS)
def test_a_prohibition_warns_whatever_its_wording(checker, prohibition, act):
    finding = only(checker, f"Ginkgo {prohibition} {act} warfarin.", "interaction")
    assert (finding.stance, finding.certainty) == ("warns", "asserted")


@pytest.mark.parametrize(
    ("text", "stance", "certainty"),
    [
        ("Do not mix kava with alcohol.", "warns", "asserted"),
        ("Using kava with alcohol is not recommended, and no good idea.", "warns", "asserted"),
        ("It is not safe to take kava with alcohol.", "warns", "asserted"),
        ("Ginkgo may interact with blood thinners.", "warns", "hedged"),
        ("Ginkgo does not interact with warfarin.", "plays-down", "negated"),
        ("There are no known interactions with ginkgo.", "plays-down", "negated"),
        ("You can take kratom with Xanax.", "advises", "asserted"),
        ("It is fine to take 5-HTP with SSRIs.", "advises", "asserted"),
        ("It may be fine to take 5-HTP with SSRIs.", "advises", "hedged"),
        ("Some take kava along with alcohol.", "states", "asserted"),
    ],
)
def test_the_stance_of_an_interaction(checker, text, stance, certainty):
    finding = only(checker, text, "interaction")
    assert (finding.stance, finding.certainty) == (stance, certainty)


@pytest.mark.parametrize(
    ("text", "category", "stance"),
    [
        ("Kava relieves anxiety.", "benefit", "states"),
        ("Kava does not relieve anxiety.", "benefit", "denies"),
        ("Kratom does not bind to opioid receptors.", "mechanism", "denies"),
        ("Kava may cause headache.", "caution", "warns"),
    ],
)
def test_the_stance_of_other_claims(checker, text, category, stance):
    assert only(checker, text, category).stance == stance


RECOMMENDS = "Take 3 mg of melatonin at bedtime. Melatonin improves sleep."


def owes_alcohol(checker, text):
    return any("alcohol" in each.object for each in checker.check(text).summary.missing)


def test_only_a_warning_is_a_warning_given(checker):
    assert owes_alcohol(checker, RECOMMENDS)
    assert not owes_alcohol(checker, f"{RECOMMENDS} Melatonin should not be taken with alcohol.")
    for no_warning in ("You can take melatonin with alcohol.", "It may be fine to take melatonin with alcohol."):
        assert owes_alcohol(checker, f"{RECOMMENDS} {no_warning}"), no_warning


def test_advice_to_combine_raises_the_risk_and_a_prohibition_lowers_it(checker):
    silent = checker.check(RECOMMENDS).summary.score
    warned = checker.check(f"{RECOMMENDS} Melatonin should not be taken with alcohol.").summary.score
    advised = checker.check(f"{RECOMMENDS} It may be fine to take melatonin with alcohol.").summary.score
    assert warned < silent < advised


def test_a_denied_promise_beside_a_stated_one_is_a_finding_of_its_own(checker):
    text = "Kava does not cure cancer and improves mood."
    findings = [finding for finding in checker.check(text).findings if finding.category == "benefit"]
    assert [finding.stance for finding in findings] == ["denies", "states"]


def test_a_disease_is_told_before_a_function(checker):
    finding = only(checker, "Kratom cures cancer and improves mood.", "benefit")
    assert finding.slots["claim_type"].name == "disease"
