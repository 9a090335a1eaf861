"""What a regulator would call a promise: by its market, with the norm, and only of what the page itself promises."""

import pytest

from caveat.reports.norms import verdicts

DISCLAIMER = "It was not reviewed by the FDA, and it is not meant to cure anybody."


@pytest.fixture(scope="module")
def judged(checker):
    def of(text, region):
        report = checker.check(text)
        norms = checker.ruleset.norms
        quotes = {finding.id: finding.quote for finding in report.findings}
        return [(quotes.get(each.finding), each.kind) for each in verdicts(report, norms, region)]

    return of


@pytest.mark.parametrize(
    ("text", "region", "kind"),
    [
        ("Kava cures anxiety.", "us", "disease"),
        ("Kava cures anxiety.", "eu", "disease"),
        ("Kava cures anxiety.", "uk", "disease"),
        ("Kava supports restful sleep.", "eu", "function"),
        ("Magnesium contributes to normal psychological function.", "eu", "authorised"),
        ("Magnesium contributes to normal psychological function.", "uk", "authorised"),
        ("Magnesium contributes to normal psychological function.", "us", "function"),
        ("Kava contributes to normal psychological function.", "eu", "function"),
        ("Melatonin contributes to the reduction of time taken to fall asleep.", "eu", "authorised"),
    ],
)
def test_a_promise_is_called_what_the_norm_calls_it(judged, text, region, kind):
    assert judged(text, region)[0] == (text[:-1], kind)


def test_the_disclaimer_is_missed_once_and_only_where_it_is_asked_for(judged):
    text = "Kava supports restful sleep. Kava improves memory."
    assert [kind for _, kind in judged(text, "us")] == ["function", "function", "disclaimer"]
    assert [kind for _, kind in judged(f"{text} {DISCLAIMER}", "us")] == ["function", "function"]
    assert [kind for _, kind in judged(text, "eu")] == ["function", "function"]


@pytest.mark.parametrize("text", ["Kava does not cure anxiety.", "Kava may cause headache.", "Kava is a root."])
def test_what_promises_nothing_is_called_nothing(judged, text):
    assert judged(text, "us") == []


def test_every_norm_names_its_source_by_an_address(checker):
    for region in checker.ruleset.norms.regions.values():
        for norm in (region.disease, region.function, region.authorised, region.disclaimer):
            assert norm is None or (norm.source and norm.url.startswith("https://"))


def test_the_permitted_wordings_are_found_as_claims(checker):
    labels = checker.ruleset.facts.glossary.labels
    for each in checker.ruleset.norms.permitted:
        text = f"{labels[each.of[0]]} contributes to the maintenance of {each.effect}."
        assert any(finding.category == "benefit" for finding in checker.check(text).findings), text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kava is a root.\nFor the relief of depression.", "disease"),
        ("Lavender: Helps allergies", "disease"),
        ("Turmeric shrinks malignant tumors.", "disease"),
        ("Kava is a great way to support your nerves and end depression.", "disease"),
        ("Kava supports restful sleep.", "structure-function"),
    ],
)
def test_a_promise_that_names_a_disease_is_that_of_a_disease_whatever_its_wording(checker, text, kind):
    types = {f.slots["claim_type"].name for f in checker.check(text).findings if "claim_type" in f.slots}
    assert types == {kind}
