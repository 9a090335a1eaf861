"""The risk of pages, and the formula by which it is reckoned."""

import pytest

from caveat.rules.loader import load, rules_dir
from caveat.rules.problems import RuleError

# The seeds as a pharmacist would order them, the riskiest first, and why. They all recommend kratom.
SEEDS = {
    "002": "tells a dose, to step it up and to take it regularly, even with sleep apnea; warns of no medicine",
    "004": "tells a dose and calls it gentle, but warns of benzodiazepines and opiates and sends to a professional",
    "001": "no amount, but regular use, in place of sleeping pills and without their side effects; warns in general",
    "003": "no amount; offered to people with depression, yet says again and again to ask a professional first",
    "000": "no amount; says that it can lead to dependency and gives most of its room to things that are not kratom",
}


def test_the_seeds_stand_in_the_order_a_pharmacist_would_give_them(checker, seeds):
    scores = {name[:3]: checker.check(text).summary.score for name, text in seeds.items()}
    assert sorted(scores, key=scores.__getitem__, reverse=True) == list(SEEDS)
    assert len(set(scores.values())) == len(scores)


def test_every_point_is_told_with_its_findings(checker, seeds):
    for text in seeds.values():
        report = checker.check(text)
        assert sum(reason.points for reason in report.summary.reasons) == report.summary.score
        known = {finding.id for finding in report.findings}
        for reason in report.summary.reasons:
            assert reason.text
            assert set(reason.findings) <= known
            assert reason.findings or reason.code in ("missing", "unsafe", "limit")


def test_a_reassurance_counts_more_where_sources_tell_of_a_major_risk(checker):
    kava = checker.check("Kava is completely safe.").summary
    bacopa = checker.check("Bacopa is completely safe.").summary
    assert kava.score > bacopa.score > 0
    [reason] = [reason for reason in kava.reasons if reason.code == "reassurance-major-risk"]
    assert "Kava, of which sources tell a major risk" in reason.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Chlorine dioxide cures malaria.", "Chlorine dioxide (MMS)"),
        ("Take three drops of chlorine dioxide every hour.", "Chlorine dioxide (MMS)"),
        ("SARMs may help build muscle. SARMs are completely safe.", "SARMs"),
        ("Never take chlorine dioxide. It does not cure malaria.", None),
        ("Ginger relieves nausea.", None),
    ],
)
def test_a_page_that_recommends_what_nobody_should_take_is_at_least_moderate(checker, text, said):
    summary = checker.check(text).summary
    told = [reason.text for reason in summary.reasons if reason.code == "unsafe"]
    assert told == ([f"A regulator says that nobody should take {said}"] if said else [])
    if said:
        assert summary.level in ("moderate", "high")
        assert summary.reasons[0].code == "unsafe"


def test_a_page_that_warns_fares_better_than_one_that_does_not(checker):
    silent = "Take 2 grams of kratom an hour before bed. Kratom relieves pain."
    warns = f"{silent} Never combine kratom with opioids or benzodiazepines. Kratom can damage the liver."
    assert checker.check(warns).summary.score < checker.check(silent).summary.score


def test_a_page_of_warnings_alone_has_no_risk(checker):
    summary = checker.check("Never combine kratom with opioids.").summary
    assert (summary.level, summary.score) == ("none", 0)
    assert summary.headline == "Nothing here counts as a risk: this page holds 1 warning of an interaction."


def test_no_score_is_above_a_hundred(checker):
    pages = (
        "Take {n} grams of {s} twice daily.",
        "{s} is completely safe.",
        "{s} cures anxiety.",
        "{s} binds opioid receptors.",
        "There are no known interactions with {s}.",
    )
    text = "\n".join(
        page.format(n=number, s=substance)
        for number in range(1, 9)
        for substance in ("Kratom", "Kava", "Phenibut", "Yohimbe", "Niacin")
        for page in pages
    )
    summary = checker.check(text).summary
    assert summary.score == 100
    assert [reason.points < 0 for reason in summary.reasons if reason.code == "limit"] == [True]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("caution: {note: -2, ", "caution: {note: 2, ", "  caution: {note: 2"),
        ("interaction: {note: -3, ", "interaction: {note: 1, ", "  interaction: {note: 1"),
        ("benefit: {note: 1, ", "benefit: {note: -1, ", "  benefit: {note: -1"),
        ("repeats: 0.65", "repeats: 1.5", "repeats: 1.5"),
        ("share: 0.5", "share: 1.5", "relief: {"),
        ("points: {major: 10", "points: {major: -10", "  points: {major: -10"),
        ("dose: [asserted, hedged]", "dose: [sure]", "    dose: [sure]"),
    ],
)
def test_a_weight_that_would_turn_the_formula_round_is_refused_with_its_line(tmp_path, old, new, line):
    text = (rules_dir() / "risk.yaml").read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new, 1)
    (tmp_path / "risk.yaml").write_text(changed, encoding="utf-8")
    number = next(number for number, each in enumerate(changed.splitlines(), 1) if each.startswith(line))
    with pytest.raises(RuleError, match=rf"risk\.yaml:{number}:"):
        load(tmp_path)
