"""`caveat rules mine`: what pages hold that no rule finds, the most frequent first."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from caveat.document.plain import plain
from caveat.engine.engine import Engine
from caveat.proof.commands import loaded_rules, own_rules
from caveat.proof.mine import Group, Label, Mined, Miner
from caveat.reading import Unreadable, read, sources_of
from caveat.safe import safe

UNREADABLE = 3
# Texts of a group that are shown, and letters of each.
_SHOWN, _LONGEST = 3, 160
_FILES_SHOWN = 10
_PARTS = (
    ("missed", "Claims that are marked and not found, by category and the word that joins them"),
    ("wrong", "Findings where nothing is marked, by rule"),
    ("near", "Sentences that name a substance and what may be claimed of it, and have no finding"),
    ("stopped", "Matches that come to nothing, by rule and by what stopped them"),
    ("names", "Words written as names, beside what is claimed, that no lexicon knows"),
    ("headings", "Headings, leads and heads of columns that open no section, by what stands under them"),
)


@click.command(epilog="Exit code: 0 done, 2 usage, 3 nothing could be read, 4 broken rules.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--against",
    metavar="GOLD",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Marked claims of the texts: JSON Lines with an `id` (the name of the text file) and `sentences` of `labels`.",
)
@click.option("--top", type=click.IntRange(1), default=15, show_default=True, help="Groups to show of each kind.")
@own_rules
def mine(paths: tuple[str, ...], against: Path | None, top: int, rules: Path | None) -> None:
    """Read pages and list what comes near a claim and is not found, grouped and counted: what to look at first."""
    ruleset = loaded_rules(rules)
    miner = Miner(ruleset, Engine(ruleset))
    gold = _gold(against) if against else None
    problems = list(_read(miner, paths, gold))
    mined = miner.mined()
    click.echo(_sums(mined, problems))
    for name, title in _PARTS:
        if groups := getattr(mined, name):
            click.echo(f"\n{title}\n" + "\n".join(_shown(groups, top)))
    if not mined.pages:
        sys.exit(UNREADABLE)


def _read(miner: Miner, paths: tuple[str, ...], gold: Mapping[str, list[Label]] | None) -> Iterator[str]:
    """Read all that paths name; gives what is wrong with those that cannot be read."""
    for source in sources_of(paths):
        name = Path(source).stem
        if gold is not None and (name not in gold or Path(source).suffix != ".txt"):
            continue
        try:
            read_one = read(source)
        except Unreadable as error:
            yield str(error)
            continue
        if gold is None:
            miner.read(read_one.document)
        elif any(label.end > len(read_one.written) for label in gold[name]):
            yield f"{source} is not the text that was marked: it ends before its last label."
        else:
            miner.read(plain(read_one.written), gold[name])


def _gold(path: Path) -> dict[str, list[Label]]:
    """The labels of each text by its id. Raises UsageError where the file is not as it should be."""
    gold: dict[str, list[Label]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            gold[str(row["id"])] = [
                Label(str(label["category"]), int(label["start"]), int(label["end"]), bool(label.get("optional")))
                for sentence in row["sentences"]
                for label in sentence["labels"]
            ]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise click.UsageError(
                f"{path}:{number}: a line is an object with an id and sentences, each with its labels "
                "(category, start, end)."
            ) from None
    return gold


def _sums(mined: Mined, problems: list[str]) -> str:
    lines = [
        f"{mined.pages:,} pages with {mined.sentences:,} sentences; {mined.with_findings:,} of these have a finding.",
    ]
    if mined.foreign:
        lines.append(f"{mined.foreign:,} pages are not in English and were left out.")
    if problems:
        lines.append(f"{len(problems):,} files could not be read:")
        lines += [f"  {safe(problem)}" for problem in problems[:_FILES_SHOWN]]
        if len(problems) > _FILES_SHOWN:
            lines.append(f"  and {len(problems) - _FILES_SHOWN:,} more")
    return "\n".join(lines)


def _shown(groups: list[Group], top: int) -> Iterator[str]:
    for group in groups[:top]:
        yield f"{len(group.texts):>6}  {group.kind}: {safe(group.word)}"
        yield from (f"          {safe(_cut(text))}" for text in dict.fromkeys(group.texts[:_SHOWN]))
    if len(groups) > top:
        rest = sum(len(group.texts) for group in groups[top:])
        yield f"{rest:>6}  in {len(groups) - top:,} more groups; --top shows more"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
