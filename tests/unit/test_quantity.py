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
    ],
)
def test_an_amount(reader, text, low, high, unit):
    value = reader.amount(text)
    assert (value["low"], value["high"], value["unit"]) == (low, high, unit)


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
