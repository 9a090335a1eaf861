"""The words that every part of Caveat speaks.

All offsets are Unicode code points of the text that was received; `end` is exclusive, and
`text[start:end]` is always the very words that `quote` or `text` holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Category(StrEnum):
    """What kind of claim a finding is."""

    MECHANISM = "mechanism"
    DOSE = "dose"
    INTERACTION = "interaction"
    BENEFIT = "benefit"
    REASSURANCE = "reassurance"
    CAUTION = "caution"


class Certainty(StrEnum):
    """How sure the text is of its claim; where two apply, the earlier one wins."""

    NEGATED = "negated"
    ATTRIBUTED = "attributed"
    HEDGED = "hedged"
    ASSERTED = "asserted"


class Severity(StrEnum):
    """How much a finding matters to a reader, in rising order; `off` is not shown."""

    OFF = "off"
    NOTE = "note"
    CAUTION = "caution"
    WARNING = "warning"


class Level(StrEnum):
    """The risk of a whole page."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that made a claim hedged, attributed or negated."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A named part of a finding: its words, its canonical name, and for amounts its value.

    `value` holds numbers and canonical units, such as `{"low": 1, "high": 3, "unit": "g"}`.
    """

    start: int
    end: int
    text: str
    name: str
    value: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim: where it stands, which rule found it, and what a reader should know of it."""

    id: str
    rule: str
    category: Category
    certainty: Certainty
    severity: Severity
    start: int
    end: int
    quote: str
    title: str
    message: str
    cue: Cue | None = None
    slots: Mapping[str, Slot] = field(default_factory=dict)
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A substance that a text names, and how often."""

    name: str
    label: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a page has points of risk, with the findings that the points come from."""

    code: str
    points: int
    text: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The risk of a page; the points of the reasons add up to the score (0 to 100)."""

    level: Level
    score: int
    headline: str
    counts: Mapping[str, int]
    substances: tuple[Mention, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything Caveat says of one text.

    `truncated_at` is the offset where reading stopped, or None when all was read.
    """

    engine: Mapping[str, Any]
    findings: tuple[Finding, ...]
    summary: Summary
    facts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    truncated_at: int | None = None
