"""Doses held against the limits of authorities: more is told with both numbers, and where it is not sure nothing."""

import pytest

from caveat.rules.loader import load
from caveat.rules.problems import RuleError

OVER = [
    ("Take 5,000 mg of vitamin B6 daily.", "5,000 mg a day is 50 times the US limit for adults, 100 mg"),
    ("Take 10,000 IU of vitamin D every day.", "10,000 IU a day is 2.5 times the US limit for adults, 4,000 IU"),
    ("I take 20,000 IU vitamin D daily.", "20,000 IU a day is 5 times the US limit for adults, 4,000 IU"),
    ("Take 2 g of vitamin C three times a day.", "6,000 mg a day is 3 times the US limit for adults, 2,000 mg"),
    ("Take 1000 mg of Tylenol every 2 hours.", "12,000 mg a day is 3 times the Canadian limit for adults, 4,000 mg"),
    ("Take 1,500 mg of paracetamol four times a day.", "6,000 mg a day is 1.5 times the Canadian limit"),
    ("Take 50 mg of zinc daily.", "50 mg a day is over the US limit for adults, 40 mg"),
    ("Zinc dosage: 100 mg a day", "100 mg a day is 2.5 times the US limit for adults, 40 mg"),
    ("The best dose of selenium is 800 mcg per day.", "800 mcg a day is 2 times the US limit for adults, 400 mcg"),
    ("Take 1 mg of selenium every morning.", "1,000 mcg a day is 2.5 times the US limit for adults, 400 mcg"),
    ("Ibuprofen: 800 mg four times a day.", "800 mg a dose is 2 times the UK limit for adults, 400 mg"),
    ("Take 500 mg of caffeine before a workout.", "500 mg a day is over the EU limit for adults, 400 mg"),
    ("Vitamin A, 50,000 IU daily, is what I take.", "50,000 IU a day is 5 times the US limit for adults, 10,000 IU"),
    ("The recommended dosage of iron is 65 mg per day.", "65 mg a day is over the US limit for adults, 45 mg"),
    ("Take 3,000 mg of niacin daily.", "3,000 mg a day is 86 times the US limit for adults, 35 mg"),
    ("Vitamin B6 is taken at 200 mg twice a day.", "400 mg a day is 4 times the US limit for adults, 100 mg"),
    ("Take two 500 mg tablets of vitamin B6 daily.", "1,000 mg a day is 10 times the US limit for adults, 100 mg"),
    ("Use 600 mg of magnesium at bedtime.", "600 mg a day is 1.7 times the US limit for adults, 350 mg"),
    ("Take 50,000 IU of vitamin D once a week.", "7,143 IU a day is 1.8 times the US limit for adults, 4,000 IU"),
    ("Take 4 to 6 g of calcium a day.", "6,000 mg a day is 2.4 times the US limit for adults, 2,500 mg"),
    ("Take 5 g of folate daily.", "5,000 mg a day is 5,000 times the US limit for adults, 1 mg"),
    ("Drink 12 mg of iodine per day.", "12 mg a day is 11 times the US limit for adults, 1.1 mg"),
    ("Take 1 g of aspirin six times daily.", "1,000 mg a dose is 1.7 times the UK limit for adults, 600 mg"),
    ("You may take 2,000 IU of vitamin E every day.", "2,000 IU a day is over the US limit for adults, 1,493 IU"),
    ("Take 30 mg of manganese each day.", "30 mg a day is 2.7 times the US limit for adults, 11 mg"),
]

UNDER = [
    "Take 50 mg of vitamin C daily.",
    "Take 1,000 IU of vitamin D a day.",
    "Take 4,000 IU of vitamin D a day.",
    "Take 200 mg of magnesium at night.",
    "Take 500 mg of paracetamol up to four times a day.",
    "Take 15 mg of zinc daily.",
    "Take 55 mcg of selenium per day.",
    "Ibuprofen: 200 mg three times a day.",
    "Take 100 mg of caffeine before a workout.",
    "Take 18 mg of iron per day.",
    "Take 2 mg of vitamin B6 every day.",
    "Take 1,000 mg of calcium a day.",
    # An amount that is not of the substance by itself, or not swallowed.
    "Magnesium citrate: take 1,500 mg daily.",
    "Take 2,000 mg of magnesium glycinate daily.",
    "Take 25,000 IU of beta-carotene, a form of vitamin A, daily.",
    "An infusion of 25 g of vitamin C is given once a week.",
    "Apply 500 mg of the zinc cream daily.",
    "Take 500 mg of niacinamide daily.",
    # No advice.
    "Do not take 500 mg of vitamin B6 daily.",
    "In one study people took 10,000 mg of vitamin C daily.",
    "Is it right to take 500 mg of zinc daily?",
    # No limit known, or nobody knows of what.
    "Take 5 g of creatine daily.",
    "Take 450 mg of valerian before bed.",
    "Take 10 g of it daily.",
    "Vitamin B6 comes in bottles of 5,000 mg.",
]


def over(checker, text):
    return [finding.over_limit for finding in checker.check(text).findings if finding.over_limit]


@pytest.mark.parametrize(("text", "said"), OVER)
def test_a_dose_over_a_limit_is_told_with_both_numbers(checker, text, said):
    [told] = over(checker, text)
    assert told.text.startswith(said)
    assert told.source
    assert told.url.startswith("https://")


@pytest.mark.parametrize("text", UNDER)
def test_where_it_is_not_over_or_not_sure_nothing_is_said(checker, text):
    assert over(checker, text) == []


def test_it_stands_first_among_the_reasons_and_weighs(checker):
    less, more = (checker.check(f"Take {dose} of vitamin B6 daily.").summary for dose in ("5 mg", "5,000 mg"))
    assert more.score > less.score + 10
    assert more.reasons[0].code == "over-limit"
    assert more.reasons[0].text == "5,000 mg a day is 50 times the US limit for adults, 100 mg"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("substance: zinc", "substance: zink", "There is no substance or medicine 'zink'"),
        ("day: 40", "day: 0", "greater than 0"),
        ("    day: 40\n", "", "The key 'day' is missing"),
    ],
)
def test_a_limit_that_cannot_be_used_is_refused_with_its_place(tmp_path, old, new, said):
    limits = (
        "elsewhere: [drip]\ncompounds: [citrate]\npieces: [pill]\nlimits:\n  - substance: zinc\n    who: US\n"
        "    day: 40\n    applies_to: all sources\n    source: A table\n"
        "    url: https://example.org\n    checked: 2026-11-26\n"
    )
    (tmp_path / "limits.yaml").write_text(limits.replace(old, new))
    with pytest.raises(RuleError) as error:
        load(tmp_path)
    assert any(said in str(problem) for problem in error.value.problems)
