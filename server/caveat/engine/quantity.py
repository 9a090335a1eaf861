"""What the slots of a dose say, in numbers and canonical units.

`{"low": 1, "high": 3, "unit": "g", "low_mg": 1000, "high_mg": 3000}` for an amount, `{"times": 2, "per": "day"}`
for a frequency, `{"minutes": 60}` for a timing, `{"low": 8, "high": 12, "unit": "week"}` for a duration.
All texts are folded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import regex

from caveat.rules.ruleset import Quantities
from caveat.rules.schema import Unit

# Longer numbers are no amount that anybody takes.
_DIGITS = r"\d{1,9}"
_FRACTION = regex.compile(r"(\d+)\s?/\s?(\d+)")


class QuantityReader:
    """Reads numbers and units; each method gives None where a text holds none."""

    def __init__(self, quantities: Quantities) -> None:
        self._numbers = quantities.numbers
        self._per = quantities.per
        self._units = _forms(quantities.units)
        self._time = _forms(quantities.time)
        self._a_unit = _any_of(self._units)
        self._a_time = _any_of(self._time)
        self._factors = {name: unit.factor for name, unit in quantities.units.items() if unit.dimension == "mass"}
        self._minutes = {name: unit.factor or 0 for name, unit in quantities.time.items()}
        words = "|".join(map(regex.escape, sorted(self._numbers, key=len, reverse=True)))
        self._number = regex.compile(
            rf"(?<!\d)(?:{_DIGITS}\s?/\s?{_DIGITS}|\d{{1,3}}(?:,\d{{3}}){{1,3}}(?:\.{_DIGITS})?|{_DIGITS}(?:\.{_DIGITS})?)(?!\d)|\b(?:{words})\b"
        )
        self._period = _any_of(self._per)

    def read(self, slot: str, text: str) -> dict[str, Any] | None:
        """The value of a slot by its name: amount, frequency, timing or duration."""
        readers = {"amount": self.amount, "frequency": self.frequency, "timing": self.timing, "duration": self.duration}
        reader = readers.get(slot)
        return reader(text) if reader else None

    def unit(self, text: str) -> str | None:
        """The canonical unit that a text names, such as `mcg` for `micrograms`."""
        return self._units.get(text)

    def amount(self, text: str) -> dict[str, Any] | None:
        """An amount or a range of amounts; masses are given in mg too."""
        value = self._range(text, self._units, self._a_unit)
        if value and (factor := self._factors.get(value["unit"])):
            value |= {"low_mg": _tidy(value["low"] * factor), "high_mg": _tidy(value["high"] * factor)}
        return value

    def duration(self, text: str) -> dict[str, Any] | None:
        """A span of time, such as 8 to 12 weeks."""
        return self._range(text, self._time, self._a_time)

    def frequency(self, text: str) -> dict[str, Any] | None:
        """How often: `times` per a period, or `every` so many of it."""
        period = self._period.search(text)
        if not period:
            return None
        per = self._per[period[0]]
        numbers = self._read_numbers(text)
        if "every other" in text:
            return {"every": 2, "per": per}
        if "every" in text and numbers:
            return {"every": numbers[0], "per": per}
        return {"times": numbers[0] if numbers else 1, "per": per} | ({"to": numbers[1]} if len(numbers) > 1 else {})

    def timing(self, text: str) -> dict[str, Any] | None:
        """How long before or after: in minutes, `low` and `high` alike where one time is given."""
        value = self._range(text, self._time, self._a_time)
        if not value:
            return None
        minutes = self._minutes[value["unit"]]
        return {"low_minutes": _tidy(value["low"] * minutes), "high_minutes": _tidy(value["high"] * minutes)}

    def _range(self, text: str, units: Mapping[str, str], pattern: regex.Pattern[str]) -> dict[str, Any] | None:
        """A number or two with a unit; without a number it is one, as in `a capsule`."""
        numbers = self._read_numbers(text) or [1]
        found = max(pattern.findall(text), key=len, default=None)
        if not found:
            return None
        unit = units[found]
        return {"low": min(numbers[:2]), "high": max(numbers[:2]), "unit": unit}

    def _read_numbers(self, text: str) -> list[float]:
        return [self._value(match) for match in self._number.findall(text)]

    def _value(self, text: str) -> float:
        if text in self._numbers:
            return _tidy(self._numbers[text])
        if fraction := _FRACTION.fullmatch(text):
            return _tidy(int(fraction[1]) / (int(fraction[2]) or 1))
        return _tidy(float(text.replace(",", "")))


def _forms(units: Mapping[str, Unit]) -> dict[str, str]:
    return {form: name for name, unit in units.items() for form in unit.forms}


def _any_of(words: Iterable[str]) -> regex.Pattern[str]:
    """An expression for the longest of several words, not in the middle of a longer one."""
    longest_first = sorted(words, key=len, reverse=True)
    return regex.compile(rf"(?<![a-z])(?:{'|'.join(map(regex.escape, longest_first))})(?![a-z])")


def _tidy(number: float) -> float:
    """A whole number without its .0, and no more digits than were measured."""
    return int(number) if number == int(number) else round(number, 4)
