"""The summary of a page: points for each category, a score, a level and one headline."""

from __future__ import annotations

from collections.abc import Sequence

from caveat.model import Category, Finding, Level, Mention, Reason, Summary
from caveat.rules.schema import Weights

HIGHEST = 100


def summarize(findings: Sequence[Finding], substances: Sequence[Mention], weights: Weights) -> Summary:
    """Sum up the findings of a page; the points of the reasons add up to the score."""
    counts = {category.value: number for category in Category if (number := _count(findings, category))}
    reasons: list[Reason] = []
    score = 0
    for category in Category:
        own = [finding for finding in findings if finding.category == category]
        if not own or category not in weights.points:
            continue
        points = min(max(round(_points(own, weights)), 1), HIGHEST - score)
        if points:
            score += points
            text = _claims(category, len(own), weights)
            reasons.append(Reason(category.value, points, text, tuple(finding.id for finding in own)))
    level = max((level for level in Level if score >= weights.levels[level]), key=lambda level: weights.levels[level])
    claims = _listed([_claims(Category(category), number, weights) for category, number in counts.items()])
    headline = weights.headlines[level].format(claims=claims)
    return Summary(level, score, headline, counts, tuple(substances), tuple(reasons))


def _count(findings: Sequence[Finding], category: Category) -> int:
    return sum(finding.category == category for finding in findings)


def _points(findings: Sequence[Finding], weights: Weights) -> float:
    """Points of the findings of one category; the gravest counts in full, each further one less."""
    each = sorted(
        (
            weights.points.get(finding.category, {}).get(finding.severity, 0) * weights.certainty[finding.certainty]
            for finding in findings
        ),
        reverse=True,
    )
    return sum(points * weights.repeats**rank for rank, points in enumerate(each))


def _claims(category: Category, number: int, weights: Weights) -> str:
    one, many = weights.labels[category]
    return f"{number} {one if number == 1 else many}"


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
