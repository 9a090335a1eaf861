"""The proof that each rule carries: its examples and clean texts, alone and in the company of other text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from caveat.engine.engine import Engine
from caveat.model import Certainty, Finding
from caveat.rules.ruleset import Cues, Rule
from caveat.rules.schema import Example

# What stands around an example when it is read inside a page.
_BEFORE = "This page is long. It was written by many hands.\n"
_AFTER = "\nThe weather was fine. Nobody came."
_COMPANY = {"alone": ("", ""), "inside a page": (_BEFORE, _AFTER)}
# Characters that pages have in place of those that a writer types; each for one.
_LETTERS: dict[str, dict[str, str]] = {"": {}, "with typographic quotes and hyphens": {"'": "’", "-": "\u2011"}}
_SPACES: dict[str, dict[str, str]] = {"": {}, "with no-break spaces": {" ": "\u00a0"}}
_MARK = regex.compile(r"(\[\[|\]\])")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Failure:
    """A text of a rule that is not read as it should be: what was wanted, and what was found instead.

    `text` is the plain text, `how` says in which company and spelling it was read.
    """

    rule: str
    place: str
    text: str
    wanted: str
    found: str
    how: str = "alone"


def marked(text: str) -> tuple[str, list[Span]]:
    """A text without its [[marks]], and the spans that they marked."""
    spans: list[Span] = []
    plain = ""
    start = 0
    for piece in _MARK.split(text):
        if piece == "[[":
            start = len(plain)
        elif piece == "]]":
            spans.append((start, len(plain)))
        else:
            plain += piece
    return plain, spans


def failures(engine: Engine, rule: Rule) -> Iterator[Failure]:
    """What the examples and clean texts of a rule promise and the engine does not keep; one for each text."""
    for example in rule.examples:
        failure = next(_example_failures(engine, rule, example), None)
        if failure:
            yield failure
    for text in rule.clean:
        findings = found(engine, text, rule)
        if findings:
            yield Failure(rule.id, rule.place, text, "nothing", _told(text, findings))


def settled(engine: Engine, rule: Rule) -> Iterator[Failure]:
    """The texts under `todo` that are read rightly by now, and belong under `examples` or `clean`."""
    for text in rule.todo.missed:
        plain, spans = marked(text)
        findings = found(engine, plain, rule)
        if findings and (not spans or [(finding.start, finding.end) for finding in findings] == spans):
            told = _told(plain, findings)
            yield Failure(rule.id, rule.place, plain, "still a miss; now move it to 'examples'", told)
    for text in rule.todo.wrong:
        if not found(engine, text, rule):
            yield Failure(rule.id, rule.place, text, "still a false alarm; now move it to 'clean'", "nothing")


def cue_failures(engine: Engine, cues: Cues) -> Iterator[Failure]:
    """The examples of cues whose first finding is not as certain as they say."""
    for text, certainty in cues.examples.items():
        findings = engine.analyze(text).findings
        if not findings or findings[0].certainty is not certainty:
            yield Failure("cues", "cues", text, f"a finding that is {certainty}", _told(text, findings[:1]))


def found(engine: Engine, text: str, rule: Rule) -> list[Finding]:
    """The findings of one rule in a text."""
    return [finding for finding in engine.analyze(text).findings if finding.rule == rule.id]


def wanted_certainties(example: Example, spans: list[Span]) -> tuple[Certainty, ...]:
    """The certainty of each span of an example."""
    return example.certainty if isinstance(example.certainty, tuple) else (example.certainty,) * len(spans)


def captured(finding: Finding, captures: Iterable[str]) -> dict[str, str]:
    """What a finding captures by these names: the words of `target`, the canonical name for `target.name`."""
    said: dict[str, str] = {}
    for capture in captures:
        slot = finding.slots.get(capture.removesuffix(".name"))
        said[capture] = "" if slot is None else slot.name if capture.endswith(".name") else slot.text
    return said


def _example_failures(engine: Engine, rule: Rule, example: Example) -> Iterator[Failure]:
    plain, spans = marked(example.text)
    wanted = list(zip(spans, wanted_certainties(example, spans), strict=False))
    for (where, company), (letters, curly), (spacing, wide) in itertools.product(
        _COMPANY.items(), _LETTERS.items(), _SPACES.items()
    ):
        text = plain.translate({ord(typed): odd for typed, odd in (curly | wide).items()})
        before, after = company
        findings = found(engine, before + text + after, rule)
        got = [((finding.start - len(before), finding.end - len(before)), finding.certainty) for finding in findings]
        how = ", ".join(filter(None, (where, letters, spacing)))
        if got != wanted:
            told = _told(before + text + after, findings).removeprefix(before).removesuffix(after)
            yield Failure(rule.id, rule.place, plain, _described(example.text, [sure for _, sure in wanted]), told, how)
        elif example.stance and (other := next((each for each in findings if each.stance is not example.stance), None)):
            yield Failure(
                rule.id, rule.place, plain, f"a finding that {example.stance}", f"one that {other.stance}", how
            )
        elif not (letters or spacing) and captured(findings[0], example.captures) != example.captures:
            said = captured(findings[0], example.captures)
            yield Failure(rule.id, rule.place, plain, _listed(example.captures), _listed(said), how)


def _told(text: str, findings: Iterable[Finding]) -> str:
    """A text with its findings marked, and how certain they are."""
    pieces: list[str] = []
    at = 0
    certainties = []
    for finding in findings:
        pieces += text[at : finding.start], "[[", finding.quote, "]]"
        at = finding.end
        certainties.append(finding.certainty)
    return _described("".join([*pieces, text[at:]]), certainties) if certainties else "nothing"


def _described(text: str, certainties: Iterable[Certainty]) -> str:
    return f"{text} ({', '.join(certainties)})"


def _listed(captures: dict[str, str]) -> str:
    return ", ".join(f"{slot}: {words or '(nothing)'}" for slot, words in captures.items())
