"""The words that every part of Caveat speaks.

All offsets are Unicode code points of the text that was received; `end` is exclusive, and
`text[start:end]` is always the very words that `quote` or `text` holds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

# The slot, and the lexicon, of what a claim is about.
SUBSTANCE = "substance"
DRUG = "drug"
# The slot of what a benefit promises: a function of the body, or something of a disease.
CLAIM_TYPE = "claim_type"
DISEASE = "disease"
# The slot of who is told to say what a claim says.
SPEAKER = "speaker"

Start = Annotated[int, Field(ge=0, description="Where it begins, in Unicode code points of the text that was read.")]
End = Annotated[int, Field(ge=0, description="Where it ends, in Unicode code points; exclusive.")]
Points = Annotated[int, Field(description="Points of risk; those of all reasons add up to the score.")]


class Category(StrEnum):
    """What kind of claim a finding is."""

    MECHANISM = "mechanism"
    DOSE = "dose"
    INTERACTION = "interaction"
    BENEFIT = "benefit"
    REASSURANCE = "reassurance"
    CAUTION = "caution"


# What may harm, and is warned of, advised or played down.
DANGERS = (Category.INTERACTION, Category.CAUTION)


class Certainty(StrEnum):
    """How sure the text is of its claim; where two apply, the earlier one wins."""

    NEGATED = "negated"
    ATTRIBUTED = "attributed"
    HEDGED = "hedged"
    ASSERTED = "asserted"


# What makes a claim less sure without denying it.
WEAKENED = (Certainty.ATTRIBUTED, Certainty.HEDGED)


class Stance(StrEnum):
    """What a text does with a claim: a statement is made or denied, a danger is warned of, played down or advised."""

    STATES = "states"
    DENIES = "denies"
    WARNS = "warns"
    ADVISES = "advises"
    PLAYS_DOWN = "plays-down"


class Severity(StrEnum):
    """How much a finding matters to a reader, in rising order; `off` is not shown."""

    OFF = "off"
    NOTE = "note"
    CAUTION = "caution"
    WARNING = "warning"


class Mark(StrEnum):
    """What a finding asks of its reader, the gravest first; by `rules/marks.yaml`."""

    CHECK = "check"
    KNOW = "know"
    WARNS = "warns"
    NONE = "none"


class Level(StrEnum):
    """The risk of a whole page."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Kind(StrEnum):
    """What a fact tells of a substance."""

    INTERACTION = "interaction"
    MECHANISM = "mechanism"
    DOSE = "dose"
    REGULATORY = "regulatory"
    CONTRAINDICATION = "contraindication"
    ADVERSE = "adverse"
    EVIDENCE = "evidence"


class FactSeverity(StrEnum):
    """How grave a fact is by its source's own words, the gravest first; `unknown` where the source does not say."""

    MAJOR = "major"
    MODERATE = "moderate"
    MINOR = "minor"
    UNKNOWN = "unknown"


class Evidence(StrEnum):
    """What a fact rests on, the weightiest first."""

    REGULATOR = "regulator"
    LABEL = "label"
    REVIEW = "review"
    HUMAN_TRIAL = "human_trial"
    HUMAN_OBSERVATIONAL = "human_observational"
    REFERENCE = "reference"
    CASE_REPORT = "case_report"
    ANIMAL = "animal"
    IN_VITRO = "in_vitro"
    THEORETICAL = "theoretical"


class Tier(StrEnum):
    """How near a source is to the authority that speaks, the nearest first; `secondary` is shown to nobody."""

    PRIMARY = "primary"
    LABEL = "label"
    JOURNAL = "journal"
    REFERENCE = "reference"
    MIRROR = "mirror"
    SECONDARY = "secondary"


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that made a claim hedged, attributed or negated."""

    start: Start
    end: End
    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A named part of a finding: its words, its canonical name, and for amounts its value.

    `value` holds numbers and canonical units, such as `{"low": 1, "high": 3, "unit": "g"}`.
    """

    start: Start
    end: End
    text: str
    name: str
    value: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class OverLimit:
    """A dose that is more than an authority calls safe: `taken` and `limit` in mg, per day or per dose."""

    taken: Annotated[float, Field(description="The dose of the page, in mg.")]
    limit: Annotated[float, Field(description="The most that the authority calls safe, in mg.")]
    per: Annotated[str, Field(description="Of a `day`, or taken at `once`.")]
    who: str
    text: str
    applies_to: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim: where it stands, which rule found it, and what a reader should know of it."""

    id: str
    rule: str
    category: Category
    certainty: Certainty
    stance: Stance
    severity: Severity
    start: Start
    end: End
    quote: str
    title: str
    message: str
    cue: Cue | None = None
    slots: Mapping[str, Slot] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    over_limit: OverLimit | None = None
    mark: Mark = Mark.NONE

    @property
    def warns(self) -> bool:
        """Whether it tells the reader of a danger, rather than denying, advising or only naming it."""
        return self.stance is Stance.WARNS

    def value(self, slot: str) -> Mapping[str, Any]:
        """The numbers and units of a slot; empty where it has none."""
        found = self.slots.get(slot)
        return (found.value if found else None) or {}

    @property
    def substance(self) -> str | None:
        """The canonical name of the substance that the claim is about, where it is known."""
        slot = self.slots.get(SUBSTANCE)
        return slot.name if slot else None


@dataclass(frozen=True, slots=True)
class Names:
    """The canonical names that stand in a finding, and in its whole sentence."""

    finding: frozenset[str]
    sentence: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """What a source says of a substance.

    `object` are the words for what it is about beside the substance, `objects` the canonical names of that.
    `reproduced_at` is the host of a copy that stands in for the source's own page. `must_mention` marks what a page
    that recommends the substance should tell; `year` is that of the source, `checked` the day it was last read;
    `place` is where the fact stands, as `file:line`.
    """

    id: str
    substance: str
    kind: Kind
    statement: str
    object: str | None
    objects: frozenset[str]
    severity: FactSeverity
    evidence: Evidence
    must_mention: bool
    source: str
    tier: Tier
    reproduced_at: str | None
    url: str
    year: int | None
    checked: date | None
    place: str

    def shown(self) -> dict[str, str | int | None]:
        """What a reader is shown of it; days as `2026-11-26`."""
        keys = ("substance", "kind", "statement", "object", "severity", "evidence", "source", "tier", "reproduced_at")
        shown = {key: getattr(self, key) for key in (*keys, "url", "year")}
        return shown | {"checked": self.checked.isoformat() if self.checked else None}


@dataclass(frozen=True, slots=True)
class Missing:
    """What a page that recommends a substance does not warn of; `fact` is the id of the fact that tells it."""

    substance: str
    label: str
    object: str
    severity: FactSeverity
    statement: str
    fact: str


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
    points: Points
    text: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The risk of a page; the points of the reasons add up to the score (0 to 100).

    A page that `reports` tells what others claim, such as a fact check: that adds no points and owes no warnings.
    """

    level: Level
    score: Annotated[int, Field(ge=0, le=100, description="The risk, from 0 to 100.")]
    headline: str
    counts: Mapping[str, int]
    substances: tuple[Mention, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...] = ()
    reports: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Everything Caveat says of one text.

    `facts` holds, by their ids, those that the findings carry and the missing warnings rest on; `notice` says what
    Caveat is not. `truncated_at` is the offset where reading stopped, or None when all was read.
    """

    engine: Mapping[str, Any]
    findings: tuple[Finding, ...]
    summary: Summary
    facts: Mapping[str, Mapping[str, Any]]
    notice: str
    truncated_at: Annotated[
        int | None, Field(description="Where reading stopped, in code points; null when all was read.")
    ] = None


_REPORT = TypeAdapter(Report)


def to_json(report: Report, text: str | None = None) -> bytes:
    """A report in UTF-8, as the API and the command line give it; a `text` that is given stands before it."""
    said = _REPORT.dump_json(report)
    if text is None:
        return said
    return b'{"text":' + json.dumps(text, ensure_ascii=False).encode() + b"," + said.removeprefix(b"{")
