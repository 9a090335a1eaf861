"""What a regulator would call the promises of a page, for those who publish it: see `rules/norms.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from caveat.document.fold import fold
from caveat.model import CLAIM_TYPE, Category, Finding, Report, Stance
from caveat.rules.schema import Norm, NormsFile

DISCLAIMER = "caution.disclaimer"
# The slot that says whether a promise is against a disease.


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a promise is by a norm; `finding` is its id, or None where the whole page is meant."""

    finding: str | None
    kind: str
    text: str
    source: str
    url: str


def verdicts(report: Report, norms: NormsFile, region: str) -> tuple[Verdict, ...]:
    """A verdict for each promise that the page itself makes, and one for a disclaimer that is missing."""
    own = norms.regions[region]
    told = [] if report.summary.reports else list(_of_findings(report, norms, region))
    functions = any(verdict.kind == "function" for verdict in told)
    disclaimed = any(finding.rule == DISCLAIMER for finding in report.findings)
    if own.disclaimer and functions and not disclaimed:
        told.append(_verdict(None, "disclaimer", own.disclaimer))
    return tuple(told)


def _of_findings(report: Report, norms: NormsFile, region: str) -> Iterator[Verdict]:
    own = norms.regions[region]
    for finding in report.findings:
        if finding.category is not Category.BENEFIT or finding.stance is Stance.DENIES:
            continue
        claim = finding.slots.get(CLAIM_TYPE)
        condition = _permitted(finding, norms)
        if claim and claim.name == "disease":
            yield _verdict(finding.id, "disease", own.disease)
        elif own.authorised and condition:
            yield _verdict(finding.id, "authorised", own.authorised, f": {condition}.")
        else:
            yield _verdict(finding.id, "function", own.function)


def _permitted(finding: Finding, norms: NormsFile) -> str | None:
    """On what condition the wording of a claim is permitted; None where it is not known to be."""
    words = " ".join(fold(finding.quote).text.split())
    return next(
        (each.condition for each in norms.permitted if finding.substance in each.of and each.effect in words), None
    )


def _verdict(finding: str | None, kind: str, norm: Norm, more: str = "") -> Verdict:
    return Verdict(finding, kind, norm.text + more, norm.source, norm.url)
