"""Doses that are more than an authority calls safe in a day or at once; where it is not sure, nothing is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regex

from caveat.model import SUBSTANCE, Category, Certainty, Finding, OverLimit
from caveat.rules.schema import LimitEntry, LimitsFile

_TOLD = (Certainty.ASSERTED, Certainty.HEDGED)
# How many times a day what is told for each of these comes.
_A_DAY = {"hour": 24, "day": 1, "week": 1 / 7, "month": 1 / 30}
# From here on a dose is so many times the limit; below it is only more.
_TIMES = 1.5
# So many characters before a dose can say that it is meant otherwise ("an infusion of").
_AROUND = 60
_END = regex.compile(r"[.!?;](?=\s|$)|\n")


class LimitReader:
    """Holds doses against the limits of `rules/limits.yaml`."""

    def __init__(self, file: LimitsFile, numbers: Mapping[str, float]) -> None:
        """`numbers` are the number words, for "two 500 mg tablets"."""
        self._elsewhere = _words((*file.elsewhere, *file.compounds))
        self._numbers = numbers
        count = rf"(?P<count>{'|'.join(map(regex.escape, numbers))}|\d{{1,2}}) (?:x )?"
        self._counted = regex.compile(rf"\b{count}[\d.,]+ ?\w+ (?:{'|'.join(file.pieces)})\b")
        self._limits: dict[str, list[tuple[LimitEntry, regex.Pattern[str] | None]]] = {}
        for limit in file.limits:
            another = _words(limit.not_with) if limit.not_with else None
            self._limits.setdefault(limit.substance, []).append((limit, another))

    def over(self, finding: Finding, text: str) -> OverLimit | None:
        """The limit that a dose in a text exceeds; the highest of several, for that is the one that all agree on."""
        if finding.category is not Category.DOSE or finding.certainty not in _TOLD or not finding.substance:
            return None
        amount, limits = finding.value("amount"), self._limits.get(finding.substance, ())
        if not amount or not limits:
            return None
        around = text[max(0, finding.start - _AROUND) : finding.start].rpartition("\n")[2]
        behind = _END.split(text[finding.end : finding.end + _AROUND], maxsplit=1)[0]
        said = f"{finding.slots[SUBSTANCE].text} {around}{finding.quote}{behind}".lower()
        if self._elsewhere.search(said):
            return None
        counted = self._counted.search(said)
        pieces = self._count(counted["count"]) if counted else 1
        often = finding.value("frequency")
        held = (limit for limit, another in limits if not (another and another.search(said)))
        told = (over for limit in held if (over := _over(limit, amount, often, pieces)))
        return max(told, key=lambda over: over.limit, default=None)

    def _count(self, count: str) -> float:
        return float(count) if count.isdigit() else self._numbers[count]


def _over(limit: LimitEntry, amount: Mapping[str, Any], often: Mapping[str, Any], pieces: float) -> OverLimit | None:
    piece = _milligrams(amount, limit)
    if piece is None:
        return None
    once = piece * pieces
    if limit.once is not None and limit.once < once <= limit.day:
        most, per, taken = limit.once, "dose", once
    else:
        most, per, taken = limit.day, "day", once * _times_a_day(often)
    if taken <= most:
        return None
    share = taken / most
    more = f"is {_number(share)} times" if share >= _TIMES else "is over"
    unit, factor = _unit(amount, limit, most)
    text = (
        f"{_number(taken * factor)} {unit} a {per} {more} the {limit.who} limit for adults, "
        f"{_number(most * factor)} {unit}"
    )
    return OverLimit(taken, most, per, limit.who, text, limit.applies_to, limit.source, limit.url)


def _unit(amount: Mapping[str, Any], limit: LimitEntry, most: float) -> tuple[str, float]:
    """The unit in which both numbers are told, that of the page where it can be, and how many of it make a mg."""
    if amount.get("unit") == "IU" and limit.iu:
        return "IU", 1 / limit.iu
    return ("mg", 1) if most >= 1 else ("mcg", 1000)


def _milligrams(amount: Mapping[str, Any], limit: LimitEntry) -> float | None:
    """The highest amount that is told, in mg."""
    if "high_mg" in amount:
        return float(amount["high_mg"])
    if amount.get("unit") == "IU" and limit.iu and amount.get("high") is not None:
        return float(amount["high"]) * limit.iu
    return None


def _times_a_day(often: Mapping[str, Any]) -> float:
    if not often:
        return 1
    times = 1 / often["every"] if "every" in often else float(often.get("times", 1))
    return times * _A_DAY.get(often["per"], 0)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def _words(words: tuple[str, ...]) -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{'|'.join(map(regex.escape, sorted(words, key=len, reverse=True)))})\b")
