"""Marks: what a finding asks of its reader, the same in the API, the reports and the extension."""

import pytest
import yaml

from caveat.rules.loader import load
from caveat.rules.problems import RuleError


def marks(checker, text):
    """The mark of each finding of a text, by its category."""
    return {finding.category.value: finding.mark.value for finding in checker.check(text).findings}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kratom cures cancer.", {"benefit": "check"}),
        ("Kratom may help to prevent diabetes.", {"benefit": "know"}),
        ("Kratom is not a cure for cancer.", {"benefit": "none", "caution": "warns"}),
        ("Ginkgo does not interact with warfarin.", {"interaction": "check"}),
        ("Never take ginkgo with warfarin.", {"interaction": "warns"}),
        ("You can take kratom with Xanax.", {"interaction": "check"}),
        ("Take 30,000 mcg of vitamin A a day.", {"dose": "check"}),
        ("Take 100 mg of magnesium a day.", {"dose": "know"}),
        ("Valerian enhances GABA activity.", {"mechanism": "know"}),
        ("Kava is perfectly safe.", {"reassurance": "know"}),
        ("Take kava instead of your prescription medicine.", {"reassurance": "check"}),
        ("Kava is a root. It was not reviewed by the FDA.", {"caution": "none"}),
    ],
)
def test_danger_is_marked_and_not_grammar(checker, text, expected):
    found = marks(checker, text)
    assert {category: found.get(category) for category in expected} == expected


def test_a_page_that_reports_on_claims_makes_none(checker):
    letter = (
        "WARNING LETTER\nFood and Drug Administration\nYour product claims include:\n"
        "“Kratom cures cancer.”\nThese claims violate the Federal Food, Drug, and Cosmetic Act."
    )
    report = checker.check(letter)
    assert report.summary.reports
    assert "check" not in {finding.mark for finding in report.findings}


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([{"mark": "check", "rules": ["benefit.trets-disease"]}, {"mark": "know"}], "benefit.treats-disease"),
        ([{"mark": "check", "stance": ["advises"]}], "names no condition"),
        ([{"mark": "know"}, {"mark": "check", "stance": ["advises"]}], "names no condition"),
        ([{"mark": "danger"}], "check"),
    ],
)
def test_a_broken_file_is_named_with_its_place(tmp_path, entries, said):
    labels = {"check": "a", "know": "b", "warns": "c", "none": "d"}
    (tmp_path / "marks.yaml").write_text(yaml.safe_dump({"labels": labels, "marks": entries}), encoding="utf-8")
    with pytest.raises(RuleError, match=said) as error:
        load(tmp_path)
    assert str(error.value).startswith("marks.yaml:")
