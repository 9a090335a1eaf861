"""The summary of a page: a score that its reasons add up to, a level and one headline.

The formula is `rules/risk.yaml`. Each reason is rounded by itself, so that nothing is left over; what warnings take
off is a share of whole points, so that no claim can lower the score by way of it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from caveat.model import DANGERS, Category, FactSeverity, Finding, Level, Mention, Missing, Reason, Stance, Summary
from caveat.risk.missing import listed, recommended
from caveat.rules.facts import FactBase
from caveat.rules.schema import Weights

HIGHEST = 100
# As many kinds of claims are named in a headline.
GRAVEST = 2
_ORDER = tuple(Category)
CLAIMS = tuple(category for category in Category if category not in DANGERS)


def summarize(  # noqa: PLR0913 (all that is known of a page)
    findings: Sequence[Finding],
    substances: Sequence[Mention],
    missing: Sequence[Missing],
    base: FactBase,
    weights: Weights,
    *,
    reports: bool = False,
) -> Summary:
    """Sum up a page; `base` knows of which substances a source tells a major risk, and which nobody should take.

    What a page only `reports` of others' claims adds no points.
    """
    # A page that tells the major risks of a substance may speak of it.
    untold = {each.substance for each in missing if each.severity is FactSeverity.MAJOR}
    summary = _Reasons(weights, {name: label for name, label in base.risky.items() if name in untold})
    counts = Counter(finding.category for finding in findings)
    if reports:
        return Summary(
            level=Level.NONE,
            score=0,
            headline=weights.headlines["reports" if findings else "reports_nothing"].format(
                claims=summary.counted(findings), left_out=""
            ),
            counts={category.value: counts[category] for category in Category if counts[category]},
            substances=tuple(substances),
            reasons=(),
            reports=True,
        )
    for category in CLAIMS:
        summary.add_claims(category, [finding for finding in findings if finding.category is category])
    given, dangers = _split(
        (finding for finding in findings if finding.category in DANGERS), lambda finding: finding.warns
    )
    for stance in weights.stances:
        summary.add_stance(stance, [finding for finding in dangers if finding.stance is stance])
    claimed = summary.score
    summary.add_missing(missing)
    summary.add_over_limit(findings)
    summary.add_unsafe(recommended(findings, base, weights.missing), base)
    summary.take_off(given, claimed)
    summary.end_at_highest()
    score = summary.score
    level = max((level for level in Level if score >= weights.levels[level]), key=lambda level: weights.levels[level])
    return Summary(
        level=level,
        score=score,
        headline=summary.headline(level, findings, len(missing)),
        counts={category.value: counts[category] for category in Category if counts[category]},
        substances=tuple(substances),
        reasons=tuple(sorted(summary.reasons, key=lambda reason: -reason.points)),
        missing=tuple(missing),
    )


class _Reasons:
    """The reasons of a score while they are gathered."""

    def __init__(self, weights: Weights, risky: Mapping[str, str]) -> None:
        self._weights = weights
        self._points_by_category = dict(weights.points)
        self._risky = risky
        self.reasons: list[Reason] = []
        self._weight = Counter[Category]()

    @property
    def score(self) -> int:
        """What the reasons so far add up to."""
        return sum(reason.points for reason in self.reasons)

    def add_claims(self, category: Category, claims: Iterable[Finding]) -> None:
        """The claims of a category; those about a substance of major risk by themselves, for they count more."""
        factor = dict(self._weights.major_risk)[category]
        of_risk, others = _split(claims, lambda claim: factor > 1 and claim.substance in self._risky)
        points = _with_repeats(map(self._points, others), self._weights.repeats)
        self._add(category, points, self.counted(others), others)
        points = _with_repeats((self._points(claim) * factor for claim in of_risk), self._weights.repeats)
        substances = listed(sorted({self._risky[claim.substance] for claim in of_risk if claim.substance}))
        text = self._weights.reasons.major_risk.format(claims=self.counted(of_risk), substances=substances)
        self._add(f"{category}-major-risk", points, text, of_risk)

    def add_stance(self, stance: Stance, findings: Sequence[Finding]) -> None:
        """Dangers that the text advises or plays down."""
        weights = dict(self._weights.stances[stance])
        points = _with_repeats((weights[finding.category] for finding in findings), self._weights.repeats)
        self._add(stance, points, self._weights.reasons.stance.format(claims=self.counted(findings)), findings)

    def add_missing(self, missing: Sequence[Missing]) -> None:
        weights = self._weights.missing
        points = _with_repeats((weights.points[each.severity] for each in missing), weights.repeats)
        objects = listed(list(dict.fromkeys(each.object for each in missing)))
        self._add("missing", points, self._weights.reasons.missing.format(objects=objects), ())

    def add_over_limit(self, findings: Iterable[Finding]) -> None:
        """The doses that are more than an authority calls safe."""
        over = [finding for finding in findings if finding.over_limit]
        points = _with_repeats([self._weights.over_limit] * len(over), self._weights.repeats)
        doses = listed(list(dict.fromkeys(finding.over_limit.text for finding in over if finding.over_limit)))
        self._add("over-limit", points, self._weights.reasons.over_limit.format(doses=doses), over)

    def add_unsafe(self, substances: Collection[str], base: FactBase) -> None:
        """The substances that a page recommends although a regulator says that nobody should take them."""
        if unsafe := sorted(base.glossary.labels[name] for name in substances if name in base.unsafe):
            text = self._weights.reasons.unsafe.format(substances=listed(unsafe))
            self._add("unsafe", self._weights.unsafe, text, ())

    def take_off(self, warnings: Sequence[Finding], claimed: int) -> None:
        """What the warnings of a page take off, within their bounds; `claimed` is what its claims have added."""
        weights = self._weights
        points = self._points_by_category
        each = (-points[warning.category].get(warning.severity, 0) for warning in warnings)
        given = _with_repeats(each, weights.relief.repeats)
        # Whole points, rounded down: one point more of claims then never takes off more than one point.
        bounded = min(math.floor(given), math.floor(weights.relief.share * claimed), weights.relief.most)
        if bounded:
            text = weights.reasons.relief.format(claims=self.counted(warnings))
            self.reasons.append(Reason("relief", -bounded, text, tuple(finding.id for finding in warnings)))

    def end_at_highest(self) -> None:
        """Take off what is more than the highest score."""
        if self.score > HIGHEST:
            self.reasons.append(Reason("limit", HIGHEST - self.score, self._weights.reasons.limit, ()))

    def headline(self, level: Level, findings: Sequence[Finding], left_out: int) -> str:
        """One sentence: the kinds of claims that count the most, and that something is left out."""
        weights = self._weights
        if not findings:
            return weights.headlines["nothing"]
        weighty = sorted((category for category in Category if self._weight[category]), key=lambda c: -self._weight[c])
        gravest = weighty[:GRAVEST]
        claims = self.counted(finding for finding in findings if not gravest or finding.category in gravest)
        one, many = weights.left_out
        more = (one if left_out == 1 else many).format(count=left_out) if left_out else ""
        return weights.headlines[level].format(claims=claims, left_out=more)

    def counted(self, findings: Iterable[Finding]) -> str:
        """How many findings of each category, such as "2 cautions and 1 reassurance"."""
        weights = self._weights
        counts: Counter[tuple[str, str]] = Counter()
        for finding in sorted(
            findings, key=lambda finding: (_ORDER.index(finding.category), not finding.warns, finding.stance)
        ):
            other = finding.category in DANGERS and not finding.warns
            counts[weights.stances[finding.stance].labels if other else weights.labels[finding.category]] += 1
        return listed([f"{number} {one if number == 1 else many}" for (one, many), number in counts.items()])

    def _points(self, finding: Finding) -> float:
        points = self._points_by_category[finding.category].get(finding.severity, 0)
        return float(points * self._weights.certainty[finding.certainty])

    def _add(self, code: str, points: float, text: str, findings: Sequence[Finding]) -> None:
        if points > 0:
            whole = max(math.floor(points + 0.5), 1)
            self.reasons.append(Reason(str(code), whole, text, tuple(finding.id for finding in findings)))
            for category in {finding.category for finding in findings}:
                self._weight[category] += whole


def _split(findings: Iterable[Finding], test: Callable[[Finding], bool]) -> tuple[list[Finding], list[Finding]]:
    """Those that pass a test, and the others."""
    passed: list[Finding] = []
    others: list[Finding] = []
    for finding in findings:
        (passed if test(finding) else others).append(finding)
    return passed, others


def _with_repeats(each: Iterable[float], repeats: float) -> float:
    """The sum of points of which the gravest count in full, and each further one so many times the one before."""
    return math.fsum(points * repeats**rank for rank, points in enumerate(sorted(each, reverse=True)))
