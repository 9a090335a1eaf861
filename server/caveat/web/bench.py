"""Trying rules before they are kept: what is wrong with them, what they find, and what is no longer found."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from caveat.checker import Checker
from caveat.engine.engine import Engine
from caveat.model import Finding
from caveat.proof.lint import weaknesses
from caveat.rules.loader import load
from caveat.rules.problems import Problem, RuleError
from caveat.rules.ruleset import Rule

# Characters of rules that are tried at once.
LONGEST = 100_000
# Seconds for all texts, with and without the rules that are tried.
PATIENCE = 4.0
# Of each text so many changes are shown.
MOST = 50
_FILE = "packs/try.yaml"


@dataclass(frozen=True, slots=True)
class Changes:
    """What rules change in one text: findings that are new, and that are gone."""

    name: str
    new: Sequence[Finding]
    gone: Sequence[Finding]
    more: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying rules; `stopped` tells that the time ran out, `slow` which rules took too long."""

    problems: Sequence[Problem]
    changes: Sequence[Changes] = ()
    slow: Sequence[str] = ()
    stopped: bool = False


def try_rules(written: str, texts: Iterable[tuple[str, str]], now: Checker) -> Trial:
    """Rules in YAML, as a pack of a reader's own folder, tried on named texts beside those in force; none is kept."""
    if len(written) > LONGEST:
        message = f"These are more than {LONGEST:,} characters; try fewer rules at once."
        return Trial([Problem(_FILE, 1, 1, "too-long", message)])
    with tempfile.TemporaryDirectory(prefix="caveat-") as folder:
        pack = Path(folder) / _FILE
        pack.parent.mkdir()
        pack.write_text(written, "utf-8")
        try:
            tried = load(Path(folder))
        except RuleError as error:
            return Trial(sorted(error.problems))
        problems = sorted(weaknesses(tried.vocabulary, Path(folder)))
    engine = Engine(tried)
    deadline = time.monotonic() + PATIENCE
    changes: list[Changes] = []
    slow: set[str] = set()
    for name, text in texts:
        left = deadline - time.monotonic()
        if left <= 0:
            return Trial(problems, changes, sorted(slow), stopped=True)
        before, after = now.check(text, left), engine.analyze(text, left)
        slow.update(after.slow)
        changes.append(_changes(name, before.findings, after.findings))
    return Trial(problems, changes, sorted(slow))


def source_of(rule: Rule) -> str:
    """A rule as a pack that stands in its place, to be changed."""
    entry = {
        "id": rule.id,
        "title": rule.title,
        "about": rule.about,
        "span": rule.span,
        "rank": rule.rank,
        "certainty": str(rule.certainty),
        "firm": rule.firm,
        "under": sorted(rule.under),
        "sets": dict(rule.sets),
        "severity": {str(certainty): str(severity) for certainty, severity in rule.severity.items()},
        "match": [phrase.source for phrase in rule.match],
        "unless": [phrase.source for phrase in rule.unless],
        "message": rule.message,
        "examples": [example.model_dump(mode="json", exclude_defaults=True) for example in rule.examples],
        "clean": list(rule.clean),
    }
    kept = {key: value for key, value in entry.items() if value not in ([], {}, "", False, 0)}
    pack = {"pack": str(rule.category), "rules": [kept]}
    return yaml.safe_dump(pack, sort_keys=False, allow_unicode=True, width=120)


def _changes(name: str, before: Sequence[Finding], after: Sequence[Finding]) -> Changes:
    was, now = ({_what(each) for each in findings} for findings in (before, after))
    new = [each for each in after if _what(each) not in was]
    gone = [each for each in before if _what(each) not in now]
    return Changes(name, new[:MOST], gone[:MOST], max(0, len(new) - MOST) + max(0, len(gone) - MOST))


def _what(finding: Finding) -> tuple[str, int, int, str, str]:
    return finding.rule, finding.start, finding.end, str(finding.certainty), str(finding.stance)
