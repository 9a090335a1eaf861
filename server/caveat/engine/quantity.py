"""What the slots of a dose say, in numbers and canonical units, read from the text as it is written.

`{"low": 1, "high": 3, "unit": "g", "low_mg": 1000, "high_mg": 3000}` for an amount, with `"limit": "most"` where it is
the most (or `"least"`) that is meant; `{"times": 2, "per": "day"}` for a frequency, `{"minutes": 60}` for a timing,
`{"low": 8, "high": 12, "unit": "week"}` for a duration. Where it is not sure what was meant there is no value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import regex

from caveat.rules.ruleset import Quantities
from caveat.rules.schema import Unit

_SAME = str.maketrans("–—−‒~·∙⁄×⁰¹²³⁴⁵⁶⁷⁸⁹µμ\u00a0\u202f\u2009", "-----../x0123456789uu   ")
_VULGAR = {
    "½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
# Longer numbers are no amount that anybody takes.
_PLAIN = r"\d{1,3}(?:[ ,.']\d{3})+(?!\d)(?:[.,]\d{1,4})?|\d{0,12}[.,]\d{1,6}|\d{1,12}"
_DIGITS = rf"""(?:
      \d{{1,4}}[ -]?[{"".join(_VULGAR)}] | [{"".join(_VULGAR)}]
    | \d{{1,4}}[ ]\d{{1,2}}\s?/\s?\d{{1,3}} | \d{{1,4}}\s?/\s?\d{{1,4}}
    | (?:{_PLAIN})(?:\s?x\s?10\s?\^?\s?\d{{1,2}})? | 10\s?\^\s?\d{{1,2}}
    )"""
_ONE = regex.compile(r"\ban? \w")
_EVERY_HOURS = regex.compile(r"\bq\s?(\d{1,2})\s?h\b")
_POWER = regex.compile(r"(?:(?P<number>.+?)\s?x\s?)?10\s?\^?\s?(?P<power>\d{1,2})$")
_EVERY = regex.compile(r"\bevery\b")
_TEN = regex.compile(r"x\s?10")
_MIXED = regex.compile(r"(?:(?P<whole>\d+) )?(?P<over>\d+)\s?/\s?(?P<under>\d+)$")
_THOUSANDS = regex.compile(r"\d{1,3}(?P<mark>[ ,.'])\d{3}(?:(?P=mark)\d{3})*(?:(?P<point>[.,])\d{1,4})?$")


class QuantityReader:
    """Reads numbers and units; each method gives None where a text holds none."""

    def __init__(self, quantities: Quantities) -> None:
        self._numbers = quantities.numbers
        self._per = quantities.per
        self._scales = quantities.scales
        self._ordinals = quantities.ordinals
        self._nth = regex.compile(rf"\bevery (?P<ordinal>{'|'.join(map(regex.escape, quantities.ordinals))})\b")
        self._units = _forms(quantities.units)
        self._time = _forms(quantities.time)
        self._factors = {name: unit.factor for name, unit in quantities.units.items() if unit.dimension == "mass"}
        self._minutes = {name: unit.factor or 0 for name, unit in quantities.time.items()}
        words = "|".join(map(regex.escape, sorted(self._numbers, key=len, reverse=True)))
        scales = "|".join(map(regex.escape, sorted(self._scales, key=len, reverse=True)))
        number = rf"(?:(?<![\d.,/]){_DIGITS}(?![\d/])|\b(?:{words})\b)(?:\s(?:{scales})\b)?"
        between = rf"\s?(?:-|{quantities.between})\s?"
        self._number = regex.compile(number, regex.VERBOSE)
        unit = _any_of(self._units).pattern
        self._amount = _amounts(number, between, "", unit)
        self._span = _amounts(number, between, rf"(?:(?:{quantities.stressed})\s)?", _any_of(self._time).pattern)
        self._count = regex.compile(rf"(?P<count>{number})\s?x\s?$", regex.VERBOSE)
        self._most = regex.compile(rf"\b(?:{quantities.most})\b")
        self._least = regex.compile(rf"\b(?:{quantities.least})\b")
        self._alternate = regex.compile(rf"\b(?:{quantities.alternate})\b")
        self._period = _any_of(self._per)

    def read(self, slot: str, text: str, before: str = "") -> dict[str, Any] | None:
        """The value of a slot by its name: amount, frequency, timing or duration; `before` are the words before it."""
        if slot == "amount":
            return self.amount(text, before)
        readers = {"frequency": self.frequency, "timing": self.timing, "duration": self.duration}
        return readers[slot](text) if slot in readers else None

    def unit(self, text: str) -> str | None:
        """The canonical unit that a text names, such as `mcg` for `micrograms`."""
        return self._units.get(_plain(text))

    def amount(self, text: str, before: str = "") -> dict[str, Any] | None:
        """An amount or a range of amounts; masses are given in mg too."""
        text = _plain(text)
        value = self._range(text, self._amount, self._units, self._factors)
        if value is None:
            return None
        if factor := self._factors.get(value["unit"]):
            value |= {"low_mg": _tidy(value["low"] * factor), "high_mg": _tidy(value["high"] * factor)}
        words = f"{_plain(before)} {text}"
        if self._most.search(words):
            value["limit"] = "most"
        elif self._least.search(words):
            value["limit"] = "least"
        return value

    def duration(self, text: str) -> dict[str, Any] | None:
        """A span of time, such as 8 to 12 weeks."""
        return self._range(_plain(text), self._span, self._time, self._minutes)

    def frequency(self, text: str) -> dict[str, Any] | None:
        """How often: `times` per a period, or `every` so many of it."""
        text = _plain(text)
        if shorthand := _EVERY_HOURS.search(text):
            return {"every": int(shorthand[1]), "per": "hour"}
        period = self._period.search(text)
        return self._often(text, period[0]) if period else None

    def _often(self, text: str, period: str) -> dict[str, Any]:
        per = self._per[period]
        numbers = [value for value in map(self._value, self._number.findall(text)) if value is not None]
        if self._alternate.search(text):
            return {"every": 2, "per": per}
        if nth := self._nth.search(text):
            return {"every": self._ordinals[nth["ordinal"]], "per": per}
        if _EVERY.search(text) and numbers:
            return {"every": numbers[-1], "per": per}
        if period in self._numbers:  # "bid" holds its own number
            return {"times": _tidy(self._numbers[period]), "per": per}
        return {"times": numbers[0] if numbers else 1, "per": per} | ({"to": numbers[1]} if len(numbers) > 1 else {})

    def timing(self, text: str) -> dict[str, Any] | None:
        """How long before or after: in minutes, `low` and `high` alike where one time is given."""
        text = _plain(text)
        value = self._range(text, self._span, self._time, self._minutes)
        if not value or not (self._number.search(text) or _ONE.search(text)):  # "at night"
            return None
        minutes = self._minutes[value["unit"]]
        return {"low_minutes": _tidy(value["low"] * minutes), "high_minutes": _tidy(value["high"] * minutes)}

    def _range(
        self, text: str, pattern: regex.Pattern[str], units: Mapping[str, str], factors: Mapping[str, float | None]
    ) -> dict[str, Any] | None:
        """A number or two with a unit, or two numbers each with its own of one kind; "a capsule" is one."""
        found = pattern.search(text)
        if not found:
            return None
        unit = units[found["unit"]]
        high_unit = units[found["other"]] if found["other"] else unit
        numbers = [self._value(found[key]) if found[key] else None for key in ("low", "high", "more")]
        if any(found[key] and number is None for key, number in zip(("low", "high", "more"), numbers, strict=True)):
            return None  # a number that can mean several things
        low, high, more = numbers
        low = 1 if low is None else low
        if more is not None and high is None:
            if high_unit != unit:
                own, other = factors.get(unit), factors.get(high_unit)
                if not own or not other:
                    more = None
                else:
                    low, unit = low * own / other, high_unit
            high = more
        high = low if high is None else high
        if (count := self._count.search(text[: found.start()])) and (times := self._value(count["count"])):
            low, high = low * times, high * times
        low, high = sorted((_tidy(low), _tidy(high)))
        return {"low": low, "high": high, "unit": unit}

    def _value(self, text: str) -> float | None:
        """The value of a number as it is written; None where it can mean several things."""
        text = text.strip()
        for scale, factor in self._scales.items():
            if text.endswith(" " + scale):
                value = self._value(text.removesuffix(scale))
                return None if value is None else value * factor
        if text in self._numbers:
            return _tidy(self._numbers[text])
        if text[-1] in _VULGAR:
            whole = text[:-1].strip(" -")
            return _tidy((int(whole) if whole else 0) + _VULGAR[text[-1]])
        if mixed := _MIXED.fullmatch(text):
            return _tidy(int(mixed["whole"] or 0) + int(mixed["over"]) / (int(mixed["under"]) or 1))
        if "^" in text or " x " in text or _TEN.search(text):
            power = _POWER.match(text)
            number = self._value(power["number"]) if power and power["number"] else 1
            return None if not power or number is None else _tidy(number * 10 ** int(power["power"]))
        return _written(text)


def _written(text: str) -> float | None:
    """A number in digits with marks: 1,000 and 1 000 are a thousand, 1,5 and 0,125 are not; 1.000 is unsure."""
    thousands = _THOUSANDS.fullmatch(text)
    if thousands and not text.startswith("0"):
        mark = thousands["mark"]
        if mark == "." and text.count(".") == 1 and not thousands["point"]:
            return _tidy(float(text)) if not text.endswith("000") else None
        whole = text.replace(mark, "") if thousands["point"] != mark else text
        return _tidy(float(whole.replace(",", ".")))
    return _tidy(float(text.replace(",", ".").replace(" ", "")))


def _plain(text: str) -> str:
    """A text in small letters, with one sign for each kind of dash, point, fraction and space."""
    return text.translate(_SAME).lower()


def _amounts(number: str, between: str, stressed: str, unit: str) -> regex.Pattern[str]:
    """`low unit`, `low - high unit`, `low unit - high unit`, or the unit alone; a unit may be stressed by a word."""
    return regex.compile(
        rf"""(?:(?P<low>{number})(?:{between}(?P<high>{number}))?[\s-]?{stressed})?(?P<unit>{unit})
        (?:{between}(?P<more>{number})[\s-]?(?P<other>{unit}))?""",
        regex.VERBOSE,
    )


def _forms(units: Mapping[str, Unit]) -> dict[str, str]:
    return {_plain(form): name for name, unit in units.items() for form in unit.forms}


def _any_of(words: Iterable[str]) -> regex.Pattern[str]:
    """An expression for the longest of several words, not in the middle of a longer one."""
    longest_first = sorted(words, key=len, reverse=True)
    options = "|".join(regex.escape(word).replace(r"\ ", " ").replace(" ", "[ ]") for word in longest_first)
    return regex.compile(rf"(?<![a-z])(?:{options})(?![a-z])")


def _tidy(number: float) -> float:
    """A whole number without its .0, and no more digits than were measured."""
    return int(number) if number == int(number) else round(number, 4)
