"""Expressions made ready to run on a shadow sentence.

What the phrase language makes runs on PCRE2, whose just-in-time compiler makes the six hundred patterns ready in a
quarter of a second where `regex` takes seven; a test holds that both find the same. A regular expression that a rule
writer wrote runs on `regex`, within a time.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import pcre2
import regex

from caveat.engine.match import Span
from caveat.rules.phrase import GAP, HEAD, Phrase

# Seconds after which a rule gives up on a sentence; the report then names the rule. It leaves room for a machine
# that is busy with other requests.
TIMEOUT = 1.0
# Steps after which PCRE2 gives up on a sentence, some tenths of a second; real rules need a thousandth of them.
STEPS = 5_000_000
_GROUP = regex.compile(r"\(\?P<(\w+)>")


class Found(NamedTuple):
    """A match of an expression: its span, its gaps with the words that each may hold, and what it captures."""

    start: int
    end: int
    gaps: Mapping[Span, int]
    captures: dict[str, Span]


class Expression(Protocol):
    """What finds a wording."""

    def search(self, sentence: str, at: int) -> Found | None:
        """The first match from an offset on. Raises TimeoutError when it takes too long."""


def expression_of(phrase: Phrase, shared: Sequence[str] = ()) -> Expression:
    """What finds a phrase; `shared` are expressions without captures that stand in many, the longest first."""
    if phrase.is_expression:
        return Careful(phrase.expression)
    try:
        return Compiled(phrase.expression, shared)
    except pcre2.PatternError:  # PCRE2 takes 64 KB of code, `regex` any size
        return Careful(phrase.expression)


class Careful:
    """An expression that runs on `regex`, within a time."""

    def __init__(self, expression: str) -> None:
        self._compiled = regex.compile(expression)
        names = list(self._compiled.groupindex)
        self._has_head = HEAD in names
        self._gaps = [(name, int(name.removeprefix(GAP))) for name in names if name.startswith(GAP)]
        self._slots = [name for name in names if name[0] != "_"]

    def search(self, sentence: str, at: int) -> Found | None:
        """The first match from an offset on. Raises TimeoutError when it takes too long."""
        # Without `concurrent` a runaway expression would hold every other thread until its timeout.
        match = self._compiled.search(sentence, at, timeout=TIMEOUT, concurrent=True)
        if not match:
            return None
        start = match.end(HEAD) if self._has_head else match.start()
        gaps = {span: width for name, width in self._gaps for span in match.spans(name)}
        captures = {slot: span for slot in self._slots if (span := match.span(slot))[0] < span[1]}
        return Found(start, match.end(), gaps, captures)


class Compiled:
    """An expression that runs on PCRE2, within a number of steps."""

    def __init__(self, expression: str, shared: Sequence[str]) -> None:
        """Of the shared expressions, one that stands twice is compiled once.

        Raises pcre2.PatternError for an expression that is too large.
        """
        # PCRE2 wants each name only once.
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        counter = itertools.count(1)

        def unnamed(group: regex.Match[str]) -> str:
            numbers[group[1]].append(next(counter))
            return "("

        body = _GROUP.sub(unnamed, expression)
        parts: list[str] = []
        for index, part in enumerate(shared):
            if body.count(part) > 1:
                body = body.replace(part, f"(?&s{index})")
                parts.append(f"(?<s{index}>{part})")
        # The definitions stand at the end, so that the groups before them keep their numbers.
        definitions = f"(?(DEFINE){''.join(parts)})" if parts else ""
        self._search = pcre2.compile(f"(*LIMIT_MATCH={STEPS}){body}{definitions}", jit=True).search
        self._head = numbers[HEAD][0] if HEAD in numbers else 0
        self._gaps = [(n, int(name.removeprefix(GAP))) for name, ns in numbers.items() if name[:4] == GAP for n in ns]
        self._slots = [(name, ns[::-1]) for name, ns in numbers.items() if name[0] != "_"]

    def search(self, sentence: str, at: int) -> Found | None:
        """The first match from an offset on. Raises TimeoutError when it takes too many steps."""
        try:
            match = self._search(sentence, at)
        except pcre2.LibraryError as error:
            raise TimeoutError from error
        if not match:
            return None
        span_of = match.span
        start, end = span_of()
        if self._head:
            start = span_of(self._head)[1]
        gaps = {span: width for number, width in self._gaps if (span := span_of(number))[0] >= 0}
        captures: dict[str, Span] = {}
        for slot, slot_numbers in self._slots:
            for number in slot_numbers:
                span = span_of(number)
                if span[0] >= 0:
                    if span[0] < span[1]:
                        captures[slot] = span
                    break
        return Found(start, end, gaps, captures)
