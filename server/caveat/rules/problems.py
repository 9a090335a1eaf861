"""What can be wrong with a rule file, said so that its writer can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One error: its place (line and column count from 1), a stable code, and what to do."""

    file: str
    line: int
    column: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.message}"


class RuleError(Exception):
    """One or more rule files cannot be used; `problems` holds every error found, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class PhraseError(ValueError):
    """A phrase pattern that cannot be read; the loader adds file and line."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint such as ` Did you mean 'severity'?`, or nothing when no known word is near."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f" Did you mean '{near[0]}'?" if near else ""
