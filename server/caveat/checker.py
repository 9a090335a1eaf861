"""The whole of Caveat as one object: a text in, a report out."""

from __future__ import annotations

import time
from pathlib import Path

import caveat
from caveat.engine.engine import Engine
from caveat.model import Report
from caveat.risk import summarize
from caveat.rules.loader import load


class Checker:
    """Checks texts by one set of rules. Making one takes a second or two, checking takes milliseconds."""

    def __init__(self, rules: Path | None = None) -> None:
        """Load the rules that come with Caveat and, over them, those of a folder of one's own.

        Raises caveat.rules.problems.RuleError with file and line of everything wrong in it.
        """
        self.ruleset = load(rules)
        self._engine = Engine(self.ruleset)

    def warm(self) -> None:
        """Read every example once: rules compile, and RE2 builds its automaton, while no reader waits."""
        for rule in self.ruleset.rules:
            self._engine.analyze("\n".join(example.text for example in rule.examples))

    def check(self, text: str) -> Report:
        """The report on a text; offsets are code points of `text`."""
        begun = time.perf_counter()
        analysis = self._engine.analyze(text)
        summary = summarize(analysis.findings, analysis.substances, self.ruleset.weights)
        engine = {
            "name": "caveat",
            "version": caveat.__version__,
            "rules": self.ruleset.digest,
            "elapsed_ms": round((time.perf_counter() - begun) * 1000, 2),
        }
        if analysis.slow:
            engine["slow_rules"] = list(analysis.slow)
        return Report(engine, analysis.findings, summary)
