"""The whole of Caveat as one object: a text in, a report out."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from pathlib import Path

import caveat
from caveat.document.blocks import Document
from caveat.engine.engine import Engine
from caveat.model import Report
from caveat.risk import carry, missing, summarize
from caveat.risk.limits import LimitReader
from caveat.risk.marks import mark_of
from caveat.rules.kept import load_kept


class Checker:
    """Checks texts by one set of rules. Making one takes a second or two, checking takes milliseconds."""

    def __init__(self, rules: Path | None = None) -> None:
        """Load the rules that come with Caveat and, over them, those of a folder of one's own.

        Raises caveat.rules.problems.RuleError with file and line of everything wrong in it.
        """
        self.ruleset = load_kept(rules)
        self._engine = Engine(self.ruleset)
        self._limits = LimitReader(self.ruleset.limits, self.ruleset.quantities.numbers)

    def warm(self) -> None:
        """Read every example once, so that the patterns compile while no reader waits."""
        for rule in self.ruleset.rules:
            self._engine.analyze("\n".join(example.text for example in rule.examples))

    def sentences(self, document: Document) -> list[tuple[int, int]]:
        """Where the sentences of a document begin and end."""
        return self._engine.sentences(document)

    @property
    def resting(self) -> list[str]:
        """The rules that took too long so often that they do not run any more."""
        return self._engine.resting

    def check(self, given: str | Document, seconds: float = math.inf) -> Report:
        """The report on a text or a document; offsets are code points of its text.

        What is not read within so many seconds is left, and the report's `truncated_at` tells where.
        """
        begun = time.monotonic()
        rules = self.ruleset
        analysis = self._engine.analyze(given, seconds)
        text = given if isinstance(given, str) else given.text
        facts = [
            carry(finding, names, rules.facts, rules.carried)
            for finding, names in zip(analysis.findings, analysis.names, strict=True)
        ]
        findings = tuple(
            replace(
                finding,
                facts=tuple(fact.id for fact in own),
                over_limit=(over := self._limits.over(finding, text)),
                mark=mark_of(finding, rules.marks, over_limit=over is not None, reports=analysis.reports),
            )
            for finding, own in zip(analysis.findings, facts, strict=True)
        )
        owed = () if analysis.reports else findings
        left_out = missing(owed, analysis.names, analysis.cared, rules.facts, rules.weights.missing)
        summary = summarize(
            findings, analysis.substances, left_out, rules.facts, rules.weights, reports=analysis.reports
        )
        shown = {fact.id: fact.shown() for own in facts for fact in own}
        shown |= {each.fact: rules.facts.fact(each.fact).shown() for each in left_out}
        engine = {
            "name": "caveat",
            "version": caveat.__version__,
            "rules": self.ruleset.digest,
            "elapsed_ms": round((time.monotonic() - begun) * 1000, 2),
        }
        if analysis.slow:
            engine["slow_rules"] = list(analysis.slow)
        return Report(engine, findings, summary, shown, rules.weights.notice, analysis.stopped_at)
