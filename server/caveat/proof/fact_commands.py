"""`caveat facts`: the commands for those who keep the facts base."""

from __future__ import annotations

import os
import textwrap
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from caveat.document.fold import fold
from caveat.model import SUBSTANCE, Fact, Kind, Tier
from caveat.proof.commands import finish, loaded_rules, own_rules
from caveat.proof.facts import check as find_problems
from caveat.rules.loader import rules_dir
from caveat.rules.problems import did_you_mean
from caveat.rules.ruleset import RuleSet

# Years after which a source may say something else today.
OLD = 2


@click.group(name="facts", epilog="Exit code: 0 all is well, 1 something is to be mended, 2 usage, 4 broken rules.")
def commands() -> None:
    """Look up and check what sources say of substances."""


@commands.command()
@click.argument("substance", metavar="SUBSTANCE")
@own_rules
def show(substance: str, rules: Path | None) -> None:
    """Show all that the base holds on SUBSTANCE, by any of its names, the gravest first."""
    ruleset = loaded_rules(rules)
    base = ruleset.facts
    name = _named(substance, ruleset)
    own = [fact for fact in base.facts if fact.substance == name]
    if not own:
        known = sorted({base.glossary.labels[fact.substance] for fact in base.facts})
        hint = did_you_mean(substance, known)
        raise click.UsageError(f"The base holds nothing on '{substance}'.{hint} It knows {', '.join(known)}.")
    click.echo(f"{base.glossary.labels[name]}: {len(own)} facts")
    for kind in Kind:
        if facts := [fact for fact in own if fact.kind is kind]:
            click.echo(f"\n{kind.upper()}")
            click.echo("\n".join(_told(facts)))


@commands.command(name="list")
@own_rules
def list_(rules: Path | None) -> None:
    """List the substances that the base knows, with how many facts, and how many of them a page must mention."""
    base = loaded_rules(rules).facts
    counts: dict[str, list[Fact]] = {}
    for fact in base.facts:
        counts.setdefault(fact.substance, []).append(fact)
    for substance, facts in sorted(counts.items(), key=lambda item: base.glossary.labels[item[0]].lower()):
        owed = sum(fact.must_mention for fact in facts)
        unsafe = "  nobody should take it" if substance in base.unsafe else ""
        click.echo(f"{len(facts):4} {owed:4}  {base.glossary.labels[substance]}{unsafe}")
    owed = sum(fact.must_mention for fact in base.facts)
    click.echo(f"{len(base.facts):4} {owed:4}  of {len(counts)} substances and medicines")


@commands.command()
@own_rules
def sources(rules: Path | None) -> None:
    """List what the facts stand on, by host: how many, of which tier, what is old, and what nobody is shown and why."""
    base = loaded_rules(rules).facts
    hosts: dict[str, list[Fact]] = {}
    for fact in base.facts:
        hosts.setdefault((urlsplit(fact.url).hostname or "?").removeprefix("www."), []).append(fact)
    for host, facts in sorted(hosts.items(), key=lambda item: (-len(item[1]), item[0])):
        tiers = Counter(str(fact.tier) for fact in facts)
        click.echo(f"{len(facts):4}  {host}: {', '.join(f'{count} {tier}' for tier, count in tiers.most_common())}")
    old = [fact for fact in base.facts if fact.year and fact.year < datetime.now(UTC).year - OLD]
    unchecked = [fact for fact in base.facts if fact.checked is None]
    _group(f"Published more than {OLD} years ago", old)
    _group("Not said when it was checked", unchecked)
    _group("Copies, shown as reproduced at their host", [fact for fact in base.facts if fact.tier is Tier.MIRROR])
    _group(
        "Shown to nobody, for only a second-hand source says it", [f for f in base.facts if f.tier is Tier.SECONDARY]
    )
    silent = {fact.substance for fact in base.facts if not base.of(fact.substance)}
    if silent:
        click.echo(f"\nNothing is shown of: {', '.join(sorted(base.glossary.labels[name] for name in silent))}")


@commands.command()
@own_rules
def check(rules: Path | None) -> None:
    """Find what is wrong or weak in the facts and in the names they speak of; lines are as of `caveat rules lint`."""
    problems = find_problems(rules)
    base = os.path.relpath(rules or rules_dir())
    for problem in problems:
        click.echo(f"{base}/{problem}")
    finish(len(problems), "problem", "No problems.")


def _group(title: str, facts: Iterable[Fact]) -> None:
    if ids := sorted(fact.id for fact in facts):
        listed = textwrap.fill(", ".join(ids), 100, initial_indent="  ", subsequent_indent="  ")
        click.echo(f"\n{title}: {len(ids)}\n{listed}")


def _named(text: str, ruleset: RuleSet) -> str:
    """The canonical name of a substance by any form of it; the text itself where it is none."""
    forms = ruleset.vocabulary.forms_of(fold(text).text)
    return next((form.name.name for form in forms if form.name.lexicon == SUBSTANCE), text)


def _told(facts: Iterable[Fact]) -> Iterable[str]:
    for fact in facts:
        marks = [fact.id, f"severity {fact.severity}", fact.evidence.replace("_", " ")]
        marks += ["must be mentioned"] * fact.must_mention
        marks += ["shown to nobody: a secondary source"] * (fact.tier is Tier.SECONDARY)
        copy = f", as reproduced at {fact.reproduced_at}" if fact.reproduced_at else ""
        yield textwrap.fill(fact.statement, 100, initial_indent="  ", subsequent_indent="  ")
        yield f"    {' · '.join(marks)}"
        yield f"    {fact.source}{copy} ({fact.tier})"
        yield f"    {fact.url}"
