"""A report for people at a terminal: the sentences with findings, their spans marked, the summary and its sources."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence

import click

from caveat.document.blocks import Document
from caveat.model import DANGERS, SPEAKER, Finding, Level, Mark, Severity, Summary
from caveat.reports.checked import Checked, at_least
from caveat.reports.norms import Verdict
from caveat.safe import safe

COLORS = {Mark.CHECK: "red", Mark.KNOW: "yellow", Mark.WARNS: "cyan", Mark.NONE: "bright_black"}
# Where the sentences of a document begin and end.
Cut = Callable[[Document], list[tuple[int, int]]]
_LEVELS = {Level.NONE: "green", Level.LOW: "green", Level.MODERATE: "yellow", Level.HIGH: "red"}


def show(pages: Sequence[Checked], lowest: Severity, labels: Mapping[Mark, str], cut: Cut, *, color: bool) -> str:
    """The reports as lines, each with its verdict first; without color the words of a finding stand in [brackets].

    `cut` cuts a document into sentences. A number in brackets behind a finding is that of a source at the end.
    """
    facts = {id_: fact for page in pages for id_, fact in page.report.facts.items()}
    numbers = {fact: number for number, fact in enumerate(facts, 1)}
    blocks: list[str] = []
    for page in pages:
        if len(pages) > 1:
            blocks.append(click.style(safe(page.source), bold=True))
        blocks += _page(page, lowest, labels, numbers, cut, color=color)
    if facts:
        blocks.append("\n".join(["Sources:", *(_source(numbers[id_], fact) for id_, fact in facts.items())]))
    if len(pages) > 1:
        blocks.append("\n".join(["In short:", *(line(page, lowest, color=color) for page in pages)]))
    return "\n\n".join([*blocks, *({page.report.notice: None for page in pages})])


def line(page: Checked, lowest: Severity, *, color: bool) -> str:
    """A page on one line: its level, how many findings, and its name."""
    level = f"{page.report.summary.level.upper():8}"
    told = click.style(level, fg=_LEVELS[page.report.summary.level], bold=True) if color else level
    return f"{told} {len(at_least(page.report.findings, lowest)):4} findings  {safe(page.source)}"


def _page(  # noqa: PLR0913 (all that a page is told with)
    page: Checked,
    lowest: Severity,
    labels: Mapping[Mark, str],
    numbers: Mapping[str, int],
    cut: Cut,
    *,
    color: bool,
) -> list[str]:
    document, report = page.document, page.report
    text = safe(document.text)
    findings = at_least(report.findings, lowest)
    blocks = [_summary(report.summary)]
    blocks += [
        "\n".join(
            [
                _marked(text, start, end, own, color=color),
                *(_line(finding, labels, numbers, page.verdict(finding.id)) for finding in own),
            ],
        )
        for start, end in cut(document)
        if (own := [finding for finding in findings if start <= finding.start < end])
    ]
    if report.summary.missing:
        left_out = (
            _wrapped(f"{each.label}: {each.object} ({each.severity}). {each.statement} [{numbers[each.fact]}]", 2)
            for each in report.summary.missing
        )
        blocks.append("\n".join(["The page leaves out:", *left_out]))
    if on_page := page.verdict(None):
        blocks.append(_wrapped(f"{on_page.text} ({on_page.source})", 0))
    return blocks


def _summary(summary: Summary) -> str:
    level = click.style(summary.level.upper(), fg=_LEVELS[summary.level], bold=True)
    risk = f"Risk: {level} ({summary.score} of 100). {summary.headline}"
    lines = [risk, *(f"  {reason.points:>3}  {reason.text}" for reason in summary.reasons)]
    if substances := ", ".join(f"{mention.label} ({mention.mentions})" for mention in summary.substances[:8]):
        lines.append(f"Names: {substances}")
    return "\n".join(lines)


def _source(number: int, fact: Mapping[str, str | None]) -> str:
    copy = f", as reproduced at {fact['reproduced_at']}" if fact["reproduced_at"] else ""
    said = f"[{number}] {fact['statement']} ({fact['source']}{copy})"
    return f"{_wrapped(said, 2)}\n    {fact['url']}"


def _wrapped(text: str, indent: int) -> str:
    return textwrap.fill(text, 100, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2))


def _marked(text: str, start: int, end: int, findings: list[Finding], *, color: bool) -> str:
    """A sentence with the spans of its findings marked; where spans overlap, the first goes on."""
    pieces: list[str] = []
    at = start
    for finding in findings:
        begin, stop = max(finding.start, at), min(finding.end, end)
        if begin >= stop:
            continue
        words = text[begin:stop]
        style = COLORS[finding.mark]
        pieces += text[at:begin], click.style(words, fg=style, underline=True) if color else f"[{words}]"
        at = stop
    pieces.append(text[at:end])
    return "".join(pieces)


def _line(finding: Finding, labels: Mapping[Mark, str], numbers: Mapping[str, int], verdict: Verdict | None) -> str:
    kind = click.style(labels[finding.mark], fg=COLORS[finding.mark], bold=True)
    words = finding.slots.get(SPEAKER) or finding.cue
    certainty = f"{finding.certainty} (“{safe(words.text)}”)" if words else str(finding.certainty)
    if finding.category in DANGERS:
        certainty = f"{finding.stance} · {certainty}"
    sources = "".join(f" [{numbers[fact]}]" for fact in finding.facts)
    message = textwrap.indent(textwrap.fill(safe(finding.message) + sources, 96), "    ")
    judged = f"\n{textwrap.indent(_wrapped(f'{verdict.text} ({verdict.source})', 0), '    ')}" if verdict else ""
    return f"  {kind} · {finding.category} · {certainty} · {finding.title}\n{message}{judged}"
