"""What a finding asks of its reader: to check it, to know it, or to heed the page's own warning."""

from __future__ import annotations

from caveat.model import Finding, Mark
from caveat.rules.schema import MarkEntry, MarksFile


def mark_of(finding: Finding, file: MarksFile, *, over_limit: bool, reports: bool) -> Mark:
    """The mark of a finding, perhaps a dose over a limit, on a page that makes claims or only `reports` on them."""
    return next(entry.mark for entry in file.marks if _fits(entry, finding, over_limit=over_limit, reports=reports))


def _fits(entry: MarkEntry, finding: Finding, *, over_limit: bool, reports: bool) -> bool:
    return (
        (not entry.category or finding.category in entry.category)
        and (not entry.stance or finding.stance in entry.stance)
        and (not entry.severity or finding.severity in entry.severity)
        and (not entry.rules or finding.rule in entry.rules)
        and entry.over_limit in {None, over_limit}
        and entry.reports in {None, reports}
    )
