"""A page that was checked: what it was, what was read of it, and what is reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from caveat.document.blocks import Document
from caveat.model import Finding, Mark, Report, Severity
from caveat.reports.norms import Verdict
from caveat.reports.places import Place, Places

_SEVERITIES = tuple(Severity)
_MARKS = tuple(Mark)


@dataclass(frozen=True)
class Checked:
    """`source` is its path or address, `written` its text as it stands there, `marked_up` whether that has markup.

    `verdicts` are those of a regulator, where somebody asked for them.
    """

    source: str
    written: str
    marked_up: bool
    document: Document
    report: Report
    verdicts: tuple[Verdict, ...] = ()

    @cached_property
    def _places(self) -> Places:
        return Places(self.document.text, self.written, marked_up=self.marked_up)

    @cached_property
    def _verdicts(self) -> dict[str | None, Verdict]:
        return {verdict.finding: verdict for verdict in self.verdicts}

    def verdict(self, finding: str | None) -> Verdict | None:
        """The verdict on a finding, by its id, or on the page."""
        return self._verdicts.get(finding)

    def place(self, finding: Finding) -> Place | None:
        """Where the words of a finding stand in the source."""
        return self._places.of(finding.start, finding.end)


def gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    """Findings by mark and severity, then in their order."""
    return sorted(findings, key=lambda each: (_MARKS.index(each.mark), -_SEVERITIES.index(each.severity)))


def at_least(findings: Sequence[Finding], severity: Severity) -> list[Finding]:
    """The findings of a severity or a graver one."""
    return [each for each in findings if _SEVERITIES.index(each.severity) >= _SEVERITIES.index(severity)]
