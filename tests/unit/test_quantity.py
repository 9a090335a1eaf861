"""What a dose says, in numbers and canonical units."""

import pytest

from caveat.engine.quantity import QuantityReader


@pytest.fixture(scope="module")
def reader(checker):
    return QuantityReader(checker.ruleset.quantities)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("1-3 grams", 1, 3, "g"),
        ("300 to 600 mg", 300, 600, "mg"),
        ("0.5mg", 0.5, 0.5, "mg"),
        ("1,000 iu", 1000, 1000, "IU"),
        ("200 ug", 200, 200, "mcg"),
        ("two capsules", 2, 2, "capsule"),
        ("1/2 tsp", 0.5, 0.5, "tsp"),
        ("a full dropper", 1, 1, "dropper"),
        ("10 drops", 10, 10, "drop"),
        ("100-200mg/kg", 100, 200, "mg/kg"),
        ("5 ml", 5, 5, "ml"),
        ("½ teaspoon", 0.5, 0.5, "tsp"),
        ("2½ grams", 2.5, 2.5, "g"),
        ("1 1/2 tablets", 1.5, 1.5, "tablet"),
        ("½–1 tsp", 0.5, 1, "tsp"),
        ("half a tablet", 0.5, 0.5, "tablet"),
        ("one and a half cups", 1.5, 1.5, "cup"),
        ("one to two capsules", 1, 2, "capsule"),
        ("1,5 g", 1.5, 1.5, "g"),
        ("0,125 mg", 0.125, 0.125, "mg"),
        ("0·5 mg", 0.5, 0.5, "mg"),
        ("1 000 mg", 1000, 1000, "mg"),
        ("1,000,000 IU", 1_000_000, 1_000_000, "IU"),
        ("2.000,5 mg", 2000.5, 2000.5, "mg"),
        ("500 mg to 2 g", 0.5, 2, "g"),
        ("0.5 g – 1 g", 0.5, 1, "g"),
        ("2~4 g", 2, 4, "g"),
        ("10 billion CFU", 10_000_000_000, 10_000_000_000, "CFU"),
        ("5 × 10⁹ CFU", 5_000_000_000, 5_000_000_000, "CFU"),
        ("5 x 10^9 CFU", 5_000_000_000, 5_000_000_000, "CFU"),
        ("2 x 500 mg", 1000, 1000, "mg"),
        ("3 to 6 mg per kg", 3, 6, "mg/kg"),
        ("two puffs", 2, 2, "puff"),
        ("40 units", 40, 40, "unit"),
    ],
)
def test_an_amount(reader, text, low, high, unit):
    value = reader.amount(text)
    assert (value["low"], value["high"], value["unit"]) == (low, high, unit)


def test_a_number_that_can_mean_two_things_has_no_value(reader):
    assert reader.amount("1.000 g") is None


@pytest.mark.parametrize(
    ("before", "text", "limit"),
    [
        ("no more than ", "400 mg", "most"),
        ("do not exceed ", "3 g", "most"),
        ("take ", "up to 500 mg", "most"),
        ("at least ", "2 litres", "least"),
        ("take ", "400 mg", None),
    ],
)
def test_a_limit_is_kept_apart_from_advice(reader, before, text, limit):
    assert reader.amount(text, before).get("limit") == limit


def test_masses_are_given_in_milligrams_too(reader):
    assert reader.amount("1-3 grams")["low_mg"] == 1000
    assert reader.amount("200 mcg")["high_mg"] == 0.2
    assert "low_mg" not in reader.amount("2 capsules")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twice daily", {"times": 2, "per": "day"}),
        ("daily", {"times": 1, "per": "day"}),
        ("3 times a week", {"times": 3, "per": "week"}),
        ("2-3 times daily", {"times": 2, "per": "day", "to": 3}),
        ("every 6 hours", {"every": 6, "per": "hour"}),
        ("every other day", {"every": 2, "per": "day"}),
        ("on alternate days", {"every": 2, "per": "day"}),
        ("every third day", {"every": 3, "per": "day"}),
        ("once every two days", {"every": 2, "per": "day"}),
        ("2-3×/day", {"times": 2, "per": "day", "to": 3}),
        ("q8h", {"every": 8, "per": "hour"}),
        ("BID", {"times": 2, "per": "day"}),
    ],
)
def test_a_frequency(reader, text, value):
    assert reader.frequency(text) == value


def test_a_timing_in_minutes(reader):
    assert reader.timing("about an hour before sleep") == {"low_minutes": 60, "high_minutes": 60}
    assert reader.timing("30-60 minutes before bed") == {"low_minutes": 30, "high_minutes": 60}
    assert reader.timing("before bed") is None


def test_a_duration(reader):
    assert reader.duration("for 8-12 weeks") == {"low": 8, "high": 12, "unit": "week"}
