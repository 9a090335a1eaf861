"""`caveat facts`: the commands for those who keep the facts base."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterable
from pathlib import Path

import click

from caveat.document.fold import fold
from caveat.model import SUBSTANCE, Fact, Kind, Tier
from caveat.proof.commands import finish, loaded_rules, own_rules
from caveat.proof.facts import check as find_problems
from caveat.rules.loader import rules_dir
from caveat.rules.problems import did_you_mean
from caveat.rules.ruleset import RuleSet


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


@commands.command()
@own_rules
def check(rules: Path | None) -> None:
    """Find what is wrong or weak in the facts and in the names they speak of; lines are as of `caveat rules lint`."""
    problems = find_problems(rules)
    base = os.path.relpath(rules or rules_dir())
    for problem in problems:
        click.echo(f"{base}/{problem}")
    finish(len(problems), "problem", "No problems.")


def _named(text: str, ruleset: RuleSet) -> str:
    """The canonical name of a substance by any form of it; the text itself where it is none."""
    forms = ruleset.vocabulary.forms.get(fold(text).text, ())
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
