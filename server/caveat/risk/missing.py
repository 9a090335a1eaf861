"""What a page leaves out: the warnings that it owes its readers and does not give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from caveat.model import Fact, FactSeverity, Finding, Missing, Names
from caveat.rules.facts import FactBase
from caveat.rules.schema import MissingWeights


def missing(
    findings: Sequence[Finding], names: Sequence[Names], cared: frozenset[str], base: FactBase, weights: MissingWeights
) -> tuple[Missing, ...]:
    """The facts that a page must mention and does not warn of, the gravest first.

    A page owes them for each substance that it gives advice on or promises something of. It warns of what stands in
    the sentence of a warning, of what a sentence of care names (`cared`), and of all that this belongs to: who warns of
    Xanax warns of benzodiazepines.
    """
    warned = base.glossary.kin_of_all({*_warned(findings, names), *cared})
    facts = [
        fact
        for substance in recommended(findings, weights)
        for fact in base.of(substance)
        if fact.must_mention and _can_be_warned_of(fact, base, weights) and not fact.objects & warned
    ]
    facts = sorted(_told_once(facts), key=lambda fact: base.rank[fact.id])
    return tuple(
        Missing(
            substance=fact.substance,
            label=base.glossary.labels[fact.substance],
            object=fact.object or " and ".join(base.glossary.labels[name] for name in sorted(fact.objects)),
            severity=fact.severity,
            statement=fact.statement,
            fact=fact.id,
        )
        for fact in facts
    )


def _can_be_warned_of(fact: Fact, base: FactBase, weights: MissingWeights) -> bool:
    return any(base.glossary.lexicons[name] & weights.warnings for name in fact.objects)


def recommended(findings: Iterable[Finding], weights: MissingWeights) -> frozenset[str]:
    """The substances that a page gives advice on, promises something of or calls safe."""
    after = dict(weights.after)
    return frozenset(
        finding.substance
        for finding in findings
        if finding.substance and finding.certainty in after.get(finding.category, ())
    )


def _warned(findings: Iterable[Finding], names: Iterable[Names]) -> Iterator[str]:
    for finding, named in zip(findings, names, strict=False):
        if finding.warns:
            yield from named.sentence


def _told_once(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Facts without those that are about nothing new; of equally grave ones the broadest tells the most."""
    gravest = tuple(FactSeverity)
    told: set[tuple[str, str]] = set()
    for fact in sorted(facts, key=lambda fact: (gravest.index(fact.severity), -len(fact.objects))):
        about = {(fact.substance, name) for name in fact.objects}
        if not about <= told:
            told |= about
            yield fact
