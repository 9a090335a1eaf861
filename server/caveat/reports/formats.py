"""The forms of a report that programs and other people read: JSON, Markdown, CSV, SARIF and a page of HTML."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

import caveat
from caveat.model import Finding, Mark, Severity, to_json
from caveat.reports.checked import Checked, at_least, gravest_first
from caveat.reports.highlights import highlighted
from caveat.reports.standalone import standalone
from caveat.rules.ruleset import RuleSet

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.NOTE: "note", Severity.CAUTION: "warning", Severity.WARNING: "error", Severity.OFF: "none"}
_COLUMNS = (
    "source line column category certainty stance severity mark quote message substance over_limit verdict"
    " rule start end"
).split()
_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.55 system-ui, sans-serif; }
h2 { margin-block-start: 2.5rem; }
mark { padding: 0 2px; border-radius: 3px; color: inherit; background: none; text-decoration: underline 2px; }
mark.check { text-decoration: underline 3px #c0392b; background: rgb(192 57 43 / 12%); }
mark.know { text-decoration: underline dashed 2px #b36b00; }
mark.warns { text-decoration: underline dotted 2px #6f7c8a; }
mark.none { text-decoration: none; }
.text { white-space: pre-wrap; border-inline-start: 3px solid #8884; padding-inline-start: 1rem; }
li { margin-block: .4rem; }
.quiet { color: #767676; font-size: .9em; }
""".strip()


def as_json(pages: Sequence[Checked], severity: Severity, _rules: RuleSet) -> str:
    """One report as the API gives it; of several pages a list, each with its `source`."""
    told = [json.loads(to_json(page.report, page.document.text)) for page in pages]
    kept = [{finding.id for finding in at_least(page.report.findings, severity)} for page in pages]
    for page, report, ids in zip(pages, told, kept, strict=True):
        report["findings"] = [finding for finding in report["findings"] if finding["id"] in ids]
        report["source"] = page.source
        if page.verdicts:
            report["verdicts"] = [asdict(verdict) for verdict in page.verdicts]
    return json.dumps(told[0] if len(told) == 1 else told, ensure_ascii=False)


def as_csv(pages: Sequence[Checked], severity: Severity, _rules: RuleSet) -> str:
    """A row a finding. What a table program would take for a formula begins with an apostrophe."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for page, finding in _each(pages, severity):
        place = page.place(finding)
        row = {
            "source": page.source,
            "line": place.line if place else "",
            "column": place.column if place else "",
            "category": finding.category,
            "certainty": finding.certainty,
            "stance": finding.stance,
            "severity": finding.severity,
            "mark": finding.mark,
            "quote": finding.quote,
            "message": finding.message,
            "substance": finding.substance or "",
            "over_limit": finding.over_limit.text if finding.over_limit else "",
            "verdict": verdict.kind if (verdict := page.verdict(finding.id)) else "",
            "rule": finding.rule,
            "start": finding.start,
            "end": finding.end,
        }
        table.writerow([_cell(row[column]) for column in _COLUMNS])
    return written.getvalue()


def as_markdown(pages: Sequence[Checked], severity: Severity, rules: RuleSet) -> str:
    """The verdict of each page, its findings by mark and severity, what it leaves out, and the sources once."""
    lines = ["# What Caveat found", ""]
    for page in pages:
        summary = page.report.summary
        lines += [
            f"## {_plain(page.source)}",
            "",
            f"**{summary.level.capitalize()}** ({summary.score} of 100). {_plain(summary.headline)}",
            "",
        ]
        for finding in gravest_first(at_least(page.report.findings, severity)):
            place = page.place(finding)
            at = f"line {place.line}: " if place else ""
            said = f"{at}“{_plain(finding.quote)}” – {_plain(finding.message)}"
            lines.append(
                f"- **{rules.marks.labels[finding.mark]}**: {finding.category}, {said}{_judged(page, finding.id)}"
            )
        if judged := _judged(page, None):
            lines += ["", judged.strip()]
        if summary.missing:
            lines += ["", "Left out:", ""]
            lines += [
                f"- {_plain(each.label)}: {_plain(each.object)}. {_plain(each.statement)}" for each in summary.missing
            ]
        lines.append("")
    if sources := _sources(pages):
        lines += ["## Sources", "", *(f"- {_plain(name)}: <{url}>" for url, name in sources.items()), ""]
    return "\n".join([*lines, _plain(pages[0].report.notice) if pages else ""]) + "\n"


def as_html(pages: Sequence[Checked], severity: Severity, rules: RuleSet) -> str:
    """One page that reads by itself, without a script and without a request."""
    body = Markup("").join(_html_page(page, severity, rules.marks.labels) for page in pages)
    sources = Markup("").join(
        Markup("<li><a href='{}' rel='noopener noreferrer'>{}</a></li>").format(url, name)
        for url, name in _sources(pages).items()
    )
    notice = pages[0].report.notice if pages else ""
    whole = Markup("<h1>What Caveat found</h1>{}<h2>Sources</h2><ul>{}</ul><p class='quiet'>{}</p>")
    return standalone("What Caveat found", _STYLE, whole.format(body, sources, notice))


def as_sarif(pages: Sequence[Checked], severity: Severity, rules: RuleSet) -> str:
    """SARIF 2.1.0, by which editors and code hosts show a finding at its line."""
    ids = {finding.rule for _, finding in _each(pages, severity)}
    own = [rule for rule in rules.rules if rule.id in ids]
    number = {rule.id: index for index, rule in enumerate(own)}
    driver = {
        "name": "Caveat",
        "semanticVersion": caveat.__version__,
        "rules": [
            {"id": rule.id, "shortDescription": {"text": rule.title}, "properties": {"category": str(rule.category)}}
            for rule in own
        ],
    }
    results = [
        {
            "ruleId": finding.rule,
            "ruleIndex": number[finding.rule],
            "level": _LEVELS[finding.severity],
            "message": {"text": finding.message},
            "locations": [{"physicalLocation": _location(page, finding)}],
            "properties": {
                "certainty": str(finding.certainty),
                "stance": str(finding.stance),
                "mark": str(finding.mark),
            }
            | ({"verdict": verdict.kind} if (verdict := page.verdict(finding.id)) else {}),
        }
        for page, finding in _each(pages, severity)
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


FORMATS: dict[str, Callable[[Sequence[Checked], Severity, RuleSet], str]] = {
    "json": as_json,
    "csv": as_csv,
    "markdown": as_markdown,
    "html": as_html,
    "sarif": as_sarif,
}


def _each(pages: Iterable[Checked], severity: Severity) -> Iterator[tuple[Checked, Finding]]:
    for page in pages:
        for finding in at_least(page.report.findings, severity):
            yield page, finding


def _location(page: Checked, finding: Finding) -> dict[str, Any]:
    address = page.source if "://" in page.source else quote(PurePath(page.source).as_posix())
    location: dict[str, Any] = {"artifactLocation": {"uri": address}}
    if place := page.place(finding):
        location["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
            "snippet": {"text": page.written[place.start : place.end]},
        }
    return location


def _sources(pages: Iterable[Checked]) -> dict[str, str]:
    """The sources of all pages by their address, each once."""
    return {str(fact["url"]): str(fact["source"]) for page in pages for fact in page.report.facts.values()}


def _judged(page: Checked, finding: str | None) -> str:
    """The verdict on a finding, or on the page, with its norm, in Markdown."""
    verdict = page.verdict(finding)
    return f" *{_plain(verdict.text)}* ({_plain(verdict.source)}: <{verdict.url}>)" if verdict else ""


def _cell(value: object) -> str:
    written = str(value)
    return f"'{written}" if written.startswith(("=", "+", "-", "@", "\t", "\r")) else written


def _plain(text: str) -> str:
    """Words that stay words in Markdown, on one line."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]()<>#|!" else letter for letter in " ".join(text.split()))


def _html_page(page: Checked, severity: Severity, labels: Mapping[Mark, str]) -> Markup:
    summary = page.report.summary
    findings = at_least(page.report.findings, severity)
    told = Markup("").join(
        Markup("<li><b>{}</b> {}: “{}” {}{}</li>").format(
            labels[each.mark], each.category, each.quote, each.message, _norm(page, each.id)
        )
        for each in gravest_first(findings)
    )
    left_out = Markup("").join(
        Markup("<li>{}: {}. {}</li>").format(each.label, each.object, each.statement) for each in summary.missing
    )
    return Markup(
        "<section><h2>{}</h2><p><b>{}</b> ({} of 100). {}</p><ul>{}</ul>{}{}<details open><summary>Text</summary>"
        "<div class='text'>{}</div></details></section>"
    ).format(
        page.source,
        summary.level.capitalize(),
        summary.score,
        summary.headline,
        told,
        _norm(page, None),
        Markup("<h3>Left out</h3><ul>{}</ul>").format(left_out) if left_out else "",
        highlighted(page.document.text, findings),
    )


def _norm(page: Checked, finding: str | None) -> Markup:
    """The verdict on a finding, or on the page, with its norm."""
    verdict = page.verdict(finding)
    link = Markup("<p>{} <a href='{}' rel='noopener noreferrer'>{}</a></p>")
    return link.format(verdict.text, verdict.url, verdict.source) if verdict else Markup()
