"""Which facts a finding carries, by `rules/carried.yaml`."""

from __future__ import annotations

from caveat.model import Fact, Finding, Names
from caveat.rules.facts import FactBase
from caveat.rules.schema import CarriedFile


def carry(finding: Finding, names: Names, base: FactBase, carried: CarriedFile) -> tuple[Fact, ...]:
    """The facts on what a finding says of its substance, the gravest first; none where its substance is unknown."""
    if finding.substance is None:
        return ()
    own = base.of(finding.substance)
    chosen: list[Fact] = []
    for entry in carried.carried.get(finding.category, ()):
        facts = _named(finding.substance, names.finding, base, carried) if entry.named else own
        fitting = (fact for fact in facts if fact.kind in entry.kinds and entry.severity in (None, fact.severity))
        chosen += list(fitting)[: entry.most]
    return tuple(sorted(chosen, key=lambda fact: base.rank[fact.id])[: carried.most])


def _named(substance: str, names: frozenset[str], base: FactBase, carried: CarriedFile) -> list[Fact]:
    """The facts on a substance and whatever else a finding names, or on the substance where that is nothing."""
    wanted = frozenset(carried.particular)
    others = {name for name in names - {substance} if base.glossary.lexicons[name] & wanted}
    if others <= set(carried.general):
        return list(base.of(substance))
    # A pair is the same from either side: what is known of alcohol with kava is known of kava with alcohol.
    classes, kin = base.glossary.kin_of_all(others), base.glossary.kin(substance)
    facts = [fact for fact in base.of(substance) if fact.objects & classes]
    facts += [fact for other in others for fact in base.of(other) if fact.objects & kin]
    return sorted(facts, key=lambda fact: base.rank[fact.id])
