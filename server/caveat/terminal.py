"""A report for people at a terminal: the sentences with findings, their spans marked, and the summary."""

from __future__ import annotations

import textwrap

import click
import regex

from caveat.model import Category, Finding, Level, Report
from caveat.text.sentences import sentences

COLORS = {
    Category.MECHANISM: "blue",
    Category.DOSE: "yellow",
    Category.INTERACTION: "red",
    Category.BENEFIT: "green",
    Category.REASSURANCE: "magenta",
    Category.CAUTION: "cyan",
}
# Text from elsewhere must not steer the terminal; one character for one keeps the offsets.
_CONTROL = regex.compile(r"[\p{Cc}--\n\t]", regex.V1)
_LEVELS = {Level.NONE: "green", Level.LOW: "green", Level.MODERATE: "yellow", Level.HIGH: "red"}
_DISCLAIMER = "Caveat informs; it does not give medical advice."


def show(text: str, report: Report, *, color: bool) -> str:
    """The report as lines; without color the words of a finding stand in [brackets]."""
    text = _CONTROL.sub("\ufffd", text)
    blocks = [
        "\n".join([_marked(text, start, end, own, color=color), *(_line(finding) for finding in own)])
        for start, end in sentences(text)
        if (own := [finding for finding in report.findings if start <= finding.start < end])
    ]
    summary = report.summary
    level = click.style(summary.level.upper(), fg=_LEVELS[summary.level], bold=True)
    risk = f"Risk: {level} ({summary.score} of 100). {summary.headline}"
    substances = ", ".join(f"{mention.label} ({mention.mentions})" for mention in summary.substances[:8])
    lines = [risk, *(f"  {reason.points:>3}  {reason.text}" for reason in summary.reasons)]
    if substances:
        lines.append(f"Names: {substances}")
    return "\n\n".join([*blocks, "\n".join([*lines, _DISCLAIMER])])


def _marked(text: str, start: int, end: int, findings: list[Finding], *, color: bool) -> str:
    """A sentence with the spans of its findings marked; where spans overlap, the first goes on."""
    pieces: list[str] = []
    at = start
    for finding in findings:
        begin, stop = max(finding.start, at), min(finding.end, end)
        if begin >= stop:
            continue
        words = text[begin:stop]
        style = COLORS[finding.category]
        pieces += text[at:begin], click.style(words, fg=style, underline=True) if color else f"[{words}]"
        at = stop
    pieces.append(text[at:end])
    return "".join(pieces)


def _line(finding: Finding) -> str:
    kind = click.style(f"{finding.category} ", fg=COLORS[finding.category], bold=True)
    certainty = (
        f"{finding.certainty} (“{_CONTROL.sub('', finding.cue.text)}”)" if finding.cue else str(finding.certainty)
    )
    message = textwrap.fill(_CONTROL.sub("", finding.message), 96, initial_indent="    ", subsequent_indent="    ")
    return f"  {kind}· {certainty} · {finding.title}\n{message}"
