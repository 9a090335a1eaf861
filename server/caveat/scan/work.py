"""What a scan makes of one record: a row of the page, rows of its findings, or the reason why there are none."""

from __future__ import annotations

import contextlib
import hashlib
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from caveat.checker import Checker
from caveat.document.html import TooComplex
from caveat.model import CLAIM_TYPE, Report
from caveat.reading import document_of
from caveat.rules.language import common_words, is_english
from caveat.scan.health import HealthGate
from caveat.scan.sources import Record

# Seconds for the reading of a page, after which it is cut; and in which it must be done, whatever it is.
PATIENCE = 5.0
LONGEST = 20
LARGEST_TEXT = 1_000_000

Row = dict[str, Any]


@dataclass(slots=True)
class Rows:
    """The rows that some records have given; `skipped` do not speak of health, `foreign` are in another language."""

    pages: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    rejects: list[Row] = field(default_factory=list)
    skipped: int = 0
    foreign: int = 0


class _TooSlow(Exception):
    pass


class Scanner:
    """Rules that are ready to read records."""

    def __init__(self, rules: Path | None, *, only_health: bool, only_english: bool = False) -> None:
        self._checker = Checker(rules)
        self._common = common_words(self._checker.ruleset) if only_english else None
        self.digest = self._checker.ruleset.digest
        self._speaks_of_health = HealthGate().speaks_of_health if only_health else None

    def warm(self) -> None:
        """Make everything ready that processes can share."""
        self._checker.warm()

    def read(self, records: list[Record]) -> Rows:
        """The rows of some records."""
        rows = Rows()
        for record in records:
            try:
                with _within(LONGEST):
                    self._read(record, rows)
            except _TooSlow:
                _reject(rows, record, "too-slow")
            except TooComplex:
                _reject(rows, record, "too-complex")
            except Exception as error:  # noqa: BLE001 (one page never stops a scan)
                _reject(rows, record, f"failed: {type(error).__name__}")
        return rows

    def _read(self, record: Record, rows: Rows) -> None:
        if record.problem:
            _reject(rows, record, record.problem)
            return
        document = document_of(record.data, html=record.html, charset=record.charset)
        text = document.text
        if not text.strip():
            _reject(rows, record, "empty")
        elif len(text) > LARGEST_TEXT:
            _reject(rows, record, "too-large")
        elif self._common is not None and not is_english(text, self._common):
            rows.foreign += 1
        elif self._speaks_of_health and not self._speaks_of_health(text):
            rows.skipped += 1
        else:
            report = self._checker.check(document, PATIENCE)
            rows.pages.append(_page(record, text, report))
            rows.findings += _findings(record, report)


def sampled(record: Record, share: float) -> bool:
    """Whether a record belongs to a sample of this share; the same records whenever and wherever it is asked."""
    digest = hashlib.sha256(f"{record.source}\0{record.id}".encode(errors="replace")).digest()
    return int.from_bytes(digest[:8]) < share * 2**64


@contextlib.contextmanager
def _within(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _reject(rows: Rows, record: Record, reason: str) -> None:
    rows.rejects.append({"record": record.number, "source": record.source, "id": record.id, "reason": reason})


def _page(record: Record, text: str, report: Report) -> Row:
    summary = report.summary
    return {
        "record": record.number,
        "id": record.id,
        "source": record.source,
        "characters": len(text),
        "truncated_at": report.truncated_at,
        "level": str(summary.level),
        "score": summary.score,
        "reports": summary.reports,
        "headline": summary.headline,
        "findings": len(report.findings),
        "substances": [mention.name for mention in summary.substances],
        "missing": [f"{each.substance}: {each.object}" for each in summary.missing],
        "over_limit": sum(finding.over_limit is not None for finding in report.findings),
    }


def _findings(record: Record, report: Report) -> Iterator[Row]:
    for finding in report.findings:
        amount = finding.value("amount")
        claim = finding.slots.get(CLAIM_TYPE)
        condition = finding.slots.get("condition")
        yield {
            "record": record.number,
            "id": record.id,
            "finding": finding.id,
            "rule": finding.rule,
            "category": str(finding.category),
            "certainty": str(finding.certainty),
            "stance": str(finding.stance),
            "severity": str(finding.severity),
            "mark": str(finding.mark),
            "start": finding.start,
            "end": finding.end,
            "quote": finding.quote,
            "substance": finding.substance,
            "condition": condition.name if condition else None,
            "claim_type": claim.name if claim else None,
            "low_mg": amount.get("low_mg"),
            "high_mg": amount.get("high_mg"),
            "over_limit": finding.over_limit.text if finding.over_limit else None,
        }
