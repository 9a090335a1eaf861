"""From findings to the risk of a page, by the published weights of `rules/risk.yaml`."""

from caveat.risk.summary import summarize

__all__ = ["summarize"]
