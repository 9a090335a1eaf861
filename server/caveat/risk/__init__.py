"""From findings and facts to what a reader should make of a page, by `rules/risk.yaml` and `rules/carried.yaml`."""

from caveat.risk.carry import carry
from caveat.risk.missing import missing
from caveat.risk.summary import summarize

__all__ = ["carry", "missing", "summarize"]
