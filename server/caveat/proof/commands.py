"""`caveat rules`: the commands for those who write rules."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

import click

from caveat.engine.engine import Engine
from caveat.model import Category, Certainty
from caveat.proof import coverage as proven
from caveat.proof.contract import contract_text
from caveat.proof.examples import Failure, cue_failures, failures, settled
from caveat.proof.explain import Explainer, Sentence
from caveat.proof.lint import lint as find_problems
from caveat.proof.reported import REPORT_FIELDS, read_report
from caveat.proof.schemas import NAMES, schema_text, write_schemas
from caveat.proof.skeleton import skeleton
from caveat.proof.words import words_text
from caveat.rules.loader import load, rules_dir
from caveat.rules.problems import CODES, RuleError, did_you_mean
from caveat.rules.ruleset import Rule, RuleSet
from caveat.rules.schema import Example
from caveat.safe import safe

own_rules = click.option(
    "--rules",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with rules of your own, which add to those of Caveat or replace them.",
)


class BrokenRules(click.ClickException):
    """The rules cannot be loaded."""

    exit_code = 4


@click.group(name="rules", epilog="Exit code: 0 all is well, 1 something is to be mended, 2 usage, 4 broken rules.")
def commands() -> None:
    """Check, prove, explain and look up rules."""


@commands.command()
@click.option("--codes", is_flag=True, help="List all codes with what they mean.")
@own_rules
def lint(rules: Path | None, *, codes: bool) -> None:
    """Find what is wrong or weak in rule files; each line is FILE:LINE:COLUMN: CODE MESSAGE."""
    if codes:
        width = max(map(len, CODES))
        click.echo("\n".join(f"{code:<{width}}  {meaning}" for code, meaning in sorted(CODES.items())))
        return
    problems = find_problems(rules)
    base = os.path.relpath(rules or rules_dir())
    for problem in problems:
        click.echo(f"{base}/{problem}")
    finish(len(problems), "problem", "No problems.")


@commands.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@own_rules
def test(ids: tuple[str, ...], rules: Path | None) -> None:
    """Run the examples and clean texts of all rules, or of those named.

    Each example is read alone and inside a page, with plain and typographic characters.
    """
    ruleset, engine = _loaded(rules)
    chosen = _chosen(ruleset, ids)
    count = 0
    for failure in _test(engine, ruleset, chosen, cues=not ids):
        count += 1
        click.echo(_shown(failure))
        rule = next((rule for rule in chosen if rule.id == failure.rule), None)
        for sentence in Explainer(ruleset, engine, rule).explain(failure.text) if failure.found == "nothing" else ():
            click.echo("".join(f"  because   {_indented(near, 12)}\n" for near in sentence.nearly), nl=False)
        click.echo()
    examples = sum(len(rule.examples) for rule in chosen)
    clean = sum(len(rule.clean) for rule in chosen)
    todo = sum(len(rule.todo.missed) + len(rule.todo.wrong) for rule in chosen)
    rules_ = "1 rule" if len(chosen) == 1 else f"{len(chosen)} rules"
    said = f"{rules_}: {examples} examples and {clean} clean texts, each as it should be; {todo} todo."
    finish(count, "failure", said)


@commands.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--mutate", is_flag=True, help="Also drop one pattern or `unless` at a time: some text must then fail.")
@own_rules
def coverage(ids: tuple[str, ...], rules: Path | None, *, mutate: bool) -> None:
    """List the patterns that no example proves, and each `unless` that no text proves."""
    ruleset, engine = _loaded(rules)
    count = 0
    for rule in _chosen(ruleset, ids):
        idle = list(proven.idle(engine, rule))
        spare = [each for each in proven.survivors(engine, rule) if each not in idle] if mutate else []
        for each in idle:
            example = "no example" if each.kind == "match" else "no text"
            click.echo(f"{each.place}: {each.rule}: {example} fires this {each.kind}: {each.pattern}")
        for each in spare:
            click.echo(f"{each.place}: {each.rule}: without this {each.kind} nothing fails: {each.pattern}")
        count += len(idle) + len(spare)
    finish(count, "unproven pattern", "Every pattern and every exception is proven.")


@commands.command()
@click.argument("text", required=False)
@click.option("--report", type=click.File(encoding="utf-8"), help="A report of something wrong, from the extension.")
@click.option("--rule", "rule_id", metavar="ID", help="Only this rule; also tells which part of a pattern is missing.")
@own_rules
def explain(text: str | None, report: IO[str] | None, rule_id: str | None, rules: Path | None) -> None:
    """Say what is seen in TEXT, which rules fire, and what stops those that nearly do."""
    if (text is None) == (report is None):
        raise click.UsageError("Give a TEXT or a --report, and only one of them.")
    ruleset, engine = _loaded(rules)
    wanted = text or ""
    if report:
        told = read_report(report.read(100_000))
        if told is None:
            raise click.UsageError(f"{report.name} is no report of Caveat; it begins with 'caveat_report: 1'.")
        wanted = told["sentence"]
        click.echo(_told(told, ruleset))
    rule = _chosen(ruleset, (rule_id,))[0] if rule_id else None
    for sentence in Explainer(ruleset, engine, rule).explain(wanted):
        click.echo(_explained(sentence))


@commands.command(name="list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@own_rules
def list_(form: str, rules: Path | None) -> None:
    """List the rules in force: id, category, title and the severity for each certainty."""
    found = loaded_rules(rules).rules
    if form == "json":
        keys = ("id", "category", "title", "severity")
        click.echo(json.dumps([{key: getattr(rule, key) for key in keys} for rule in found], ensure_ascii=False))
        return
    for rule in found:
        click.echo(f"{rule.id}\n    {rule.title}\n    {_severities(rule)}")


@commands.command()
@click.argument("rule_id", metavar="ID")
@own_rules
def show(rule_id: str, rules: Path | None) -> None:
    """Show all of a rule, and where it stands."""
    ruleset = loaded_rules(rules)
    every = (*ruleset.rules, *ruleset.retired)
    rule = next((rule for rule in every if rule.id == rule_id), None)
    if rule is None:
        raise click.UsageError(_unknown(rule_id, every))
    if rule.replaced_by:
        click.echo(f"Deprecated: {rule.replaced_by} took its place.")
    click.echo(_rule(rule))


@commands.command()
@click.argument("name", type=click.Choice(NAMES), default="pack")
@click.option("--write", is_flag=True, help="Write all schemas to schema/ beside the rules instead.")
@own_rules
def schema(name: str, rules: Path | None, *, write: bool) -> None:
    """Print the JSON Schema of a kind of rule file, by default of a pack."""
    if write:
        for path in write_schemas(rules or rules_dir()):
            click.echo(os.path.relpath(path))
    else:
        click.echo(schema_text(name), nl=False)


@commands.command()
def words() -> None:
    """Print the word list by which the extension tells whether a page speaks of health."""
    click.echo(words_text(), nl=False)


@commands.command()
def contract() -> None:
    """Print the words of the API by which the extension checks what a server says."""
    click.echo(contract_text(), nl=False)


@commands.command()
@click.argument("rule_id", metavar="ID")
def new(rule_id: str) -> None:
    """Print a rule to begin with, to be put under `rules:` of the pack of its category."""
    category, _, name = rule_id.partition(".")
    if category not in set(Category) or not name:
        raise click.UsageError(f"An id is CATEGORY.SHORT-NAME; the categories are {', '.join(Category)}.")
    click.echo(skeleton(rule_id), nl=False)


def loaded_rules(rules: Path | None) -> RuleSet:
    """The rules in force. Raises BrokenRules with every problem found."""
    try:
        return load(rules)
    except RuleError as error:
        raise BrokenRules(f"The rules cannot be loaded.\n{error}") from error


def _loaded(rules: Path | None) -> tuple[RuleSet, Engine]:
    ruleset = loaded_rules(rules)
    return ruleset, Engine(ruleset)


def _chosen(ruleset: RuleSet, ids: tuple[str, ...]) -> tuple[Rule, ...]:
    known = {rule.id: rule for rule in ruleset.rules}
    for rule_id in ids:
        if rule_id not in known:
            raise click.UsageError(_unknown(rule_id, ruleset.rules))
    return tuple(known[rule_id] for rule_id in ids) or ruleset.rules


def _unknown(rule_id: str, known: Iterable[Rule]) -> str:
    return f"There is no rule '{rule_id}'.{did_you_mean(rule_id, (rule.id for rule in known))}"


def _test(engine: Engine, ruleset: RuleSet, chosen: Iterable[Rule], *, cues: bool) -> Iterator[Failure]:
    for rule in chosen:
        yield from failures(engine, rule)
        yield from settled(engine, rule)
    if cues:
        yield from cue_failures(engine, ruleset.cues)


def finish(count: int, what: str, clean: str) -> None:
    """Say how it went, and exit by it."""
    click.echo(clean if not count else f"{count} {what}{'s' * (count > 1)}.")
    sys.exit(1 if count else 0)


def _shown(failure: Failure) -> str:
    parts = (("text", repr(failure.text)), ("wanted", failure.wanted), ("found", failure.found))
    lines = [f"  {title:<10}{_indented(said, 12)}" for title, said in parts]
    return "\n".join([f"{failure.place}: {failure.rule} ({failure.how})", *lines])


def _explained(sentence: Sentence) -> str:
    parts = (("names", sentence.names), ("fired", sentence.fired), ("nearly", sentence.nearly))
    lines = [sentence.text]
    for title, entries in parts:
        lines += [f"  {title:<8}{_indented(entry, 10)}" for entry in entries]
    if not (sentence.fired or sentence.nearly):
        lines.append("  No rule comes near this sentence.")
    return "\n".join(lines) + "\n"


def _told(report: Mapping[str, str], ruleset: RuleSet) -> str:
    """What a report says, and whether the rules are still those that it is about."""
    lines = [f"{key:<10}{safe(report[key])}" for key in REPORT_FIELDS if key in report]
    if report.get("rules") != ruleset.digest:
        lines.append("The rules have changed since; this is what they make of it now.")
    return "\n".join(lines) + "\n"


def _indented(text: str, by: int) -> str:
    return text.replace("\n", "\n" + " " * by)


def _severities(rule: Rule) -> str:
    return ", ".join(f"{certainty}: {rule.severity[certainty]}" for certainty in reversed(Certainty))


def _sureness(example: Example) -> str:
    certainty = example.certainty
    return ", ".join(certainty if isinstance(certainty, tuple) else (certainty,))


def _rule(rule: Rule) -> str:
    parts: list[tuple[str, Iterable[str]]] = [
        ("match", (phrase.source for phrase in rule.match)),
        ("unless", (phrase.source for phrase in rule.unless)),
        ("message", (rule.message,)),
        ("examples", (f"{example.text} ({_sureness(example)})" for example in rule.examples)),
        ("clean", rule.clean),
        ("missed", rule.todo.missed),
        ("wrong", rule.todo.wrong),
    ]
    lines = [f"{rule.id}  ({rule.place})", rule.title, f"severity  {_severities(rule)}"]
    certainty = f"{rule.certainty}, firm" if rule.firm else rule.certainty
    lines.append(f"about     {rule.about}, span {rule.span}, {rule.stance}, rank {rule.rank}, {certainty}")
    if rule.under:
        lines.append(f"under     {', '.join(sorted(rule.under))}")
    lines += [f"sets      {slot}: {value}" for slot, value in rule.sets.items()]
    for title, entries in parts:
        lines += [f"{'' if number else title:<10}{_indented(entry, 12)}" for number, entry in enumerate(entries)]
    return "\n".join(lines)
