"""What a page leaves out: the warnings that it owes its readers and does not give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from caveat.model import CLAIM_TYPE, Fact, FactSeverity, Finding, Kind, Missing, Names
from caveat.rules.facts import FactBase
from caveat.rules.schema import MissingWeights

# Names in a list, before "and others".
MOST_NAMED = 3


def missing(
    findings: Sequence[Finding], names: Sequence[Names], cared: frozenset[str], base: FactBase, weights: MissingWeights
) -> tuple[Missing, ...]:
    """The facts that a page must mention and does not warn of, the gravest first.

    A page owes them for each substance that it gives advice on or promises something of. It warns of what stands in
    the sentence of a warning, of what a sentence of care names (`cared`), and of all that this belongs to: who warns of
    Xanax warns of benzodiazepines.
    """
    warned = base.glossary.kin_of_all({*_warned(findings, names, weights), *cared})
    facts = [
        fact
        for substance in recommended(findings, base, weights)
        for fact in base.of(substance)
        if fact.must_mention and _can_be_warned_of(fact, base, weights) and not fact.objects & warned
    ]
    facts = sorted(_told_once(facts, weights.most), key=lambda fact: base.rank[fact.id])
    return tuple(
        Missing(
            substance=fact.substance,
            label=base.glossary.labels[fact.substance],
            object=fact.object or _named(base.glossary.labels[name] for name in sorted(fact.objects)),
            severity=fact.severity,
            statement=fact.statement,
            fact=fact.id,
        )
        for fact in facts
    )


def listed(parts: Sequence[str]) -> str:
    """Parts as a sentence lists them: `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _named(labels: Iterable[str]) -> str:
    """Labels in the middle of a sentence, at most three of them."""
    words = [label[0].lower() + label[1:] if label[1:].islower() else label for label in labels]
    if len(words) > MOST_NAMED:
        words = [*words[:MOST_NAMED], "others"]
    return listed(words)


def _can_be_warned_of(fact: Fact, base: FactBase, weights: MissingWeights) -> bool:
    return any(base.glossary.lexicons[name] & weights.warnings for name in fact.objects)


def recommended(findings: Iterable[Finding], base: FactBase, weights: MissingWeights) -> frozenset[str]:
    """The substances that a page gives advice on, promises something of or calls safe; foods only as remedies."""
    after = dict(weights.after)
    return frozenset(
        finding.substance
        for finding in findings
        if finding.substance
        and finding.certainty in after.get(finding.category, ())
        and (finding.substance not in base.glossary.foods or _is_remedy(finding, weights))
    )


def _is_remedy(finding: Finding, weights: MissingWeights) -> bool:
    if claim := finding.slots.get(CLAIM_TYPE):
        return claim.name == "disease"
    return finding.value("amount").get("unit") in weights.of_foods or "frequency" in finding.slots


def _warned(findings: Iterable[Finding], names: Iterable[Names], weights: MissingWeights) -> Iterator[str]:
    for finding, named in zip(findings, names, strict=False):
        if finding.value("amount").get("limit") == "most":
            yield weights.limit
        if finding.warns:
            yield from named.sentence


def _told_once(facts: Iterable[Fact], most: int) -> Iterator[Fact]:
    """So many facts a substance, none about nothing new; of equally grave ones the broadest tells the most."""
    number: Counter[str] = Counter()
    gravest, kinds = tuple(FactSeverity), tuple(Kind)
    told: set[tuple[str, str]] = set()
    for fact in sorted(
        facts, key=lambda fact: (gravest.index(fact.severity), kinds.index(fact.kind), -len(fact.objects))
    ):
        about = {(fact.substance, name) for name in fact.objects}
        if not about <= told and number[fact.substance] < most:
            number[fact.substance] += 1
            told |= about
            yield fact
