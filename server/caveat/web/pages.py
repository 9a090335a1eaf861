"""Pages for people without the extension: a text to try, the rules, the facts, and a bench to try a rule on.

They hold no script; what a reader gives them is answered and forgotten.
"""

from __future__ import annotations

import threading
from importlib.resources import files
from typing import Any

import regex
from flask import Blueprint, Response, abort, render_template, request
from markupsafe import Markup

from caveat.document.blocks import Document
from caveat.model import Category, Certainty, Mark, Report, to_json
from caveat.proof.examples import marked
from caveat.proof.skeleton import skeleton
from caveat.reading import Unreadable, read_data
from caveat.reports.checked import gravest_first
from caveat.reports.highlights import highlighted
from caveat.rules.ruleset import Rule
from caveat.web.api import LONGEST_TEXT, PATIENCE, AnalyzeRequest
from caveat.web.bench import Trial, source_of, try_rules
from caveat.web.guides import guides
from caveat.web.openapi import openapi
from caveat.web.problems import ApiProblem
from caveat.web.reload import LiveRules
from caveat.web.shared import seeds, shared

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_CAPTURE = regex.compile(r"\{([a-z_]+)(?:\.name)?\}")
_STATIC = {"pages.css": "text/css", "theme.css": "text/css", "page.css": "text/css", "icon.png": "image/png"}


def pages(rules: LiveRules) -> Blueprint:
    """The routes of the pages."""
    routes = Blueprint("pages", __name__)
    trying = threading.Lock()

    @routes.after_request
    def _harden(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Referrer-Policy"] = "same-origin"  # else a form says nothing of where it comes from
        return response

    @routes.app_context_processor
    def _known() -> dict[str, Any]:
        return {"labels": rules.now.checker.ruleset.marks.labels, "marks": tuple(Mark)[:-1]}

    @routes.get("/")
    def play() -> str:
        return render_template("play.html", text="", problem=None, seeds=seeds())

    @routes.post("/")
    def played() -> Response | str | tuple[str, int]:
        try:
            document = _given()
        except Unreadable as error:
            told = render_template("play.html", text=request.form.get("text", ""), problem=str(error), seeds=seeds())
            return told, 422
        report = rules.now.checker.check(document, PATIENCE)
        if request.form.get("as") == "json":
            return Response(to_json(report, document.text), content_type="application/json")
        return _result(document, report)

    @routes.get("/rules")
    def all_rules() -> str:
        wanted = request.args.get("q", "").strip().lower()
        known = rules.now.checker.ruleset
        found = [rule for rule in (*known.rules, *known.retired) if wanted in _words(rule)]
        grouped = {category: [rule for rule in found if rule.category is category] for category in Category}
        return render_template("rules.html", q=request.args.get("q", ""), grouped=grouped, count=len(found))

    @routes.get("/rules/<rule_id>")
    def one_rule(rule_id: str) -> str:
        known = rules.now.checker.ruleset
        rule = next((rule for rule in (*known.rules, *known.retired) if rule.id == rule_id), None)
        return render_template(
            "rule.html", rule=rule or abort(404), example=_example, said=_said, certainties=tuple(Certainty)
        )

    @routes.get("/facts")
    def all_facts() -> str:
        base = rules.now.checker.ruleset.facts
        names = sorted({fact.substance for fact in base.facts}, key=lambda name: base.glossary.labels[name].lower())
        told = [(name, base.glossary.labels[name], len(base.of(name))) for name in names]
        return render_template("substances.html", substances=told)

    @routes.get("/facts/<substance>")
    def facts(substance: str) -> str:
        base = rules.now.checker.ruleset.facts
        if substance not in base.glossary.labels or not (known := base.of(substance)):
            abort(404)
        return render_template("facts.html", label=base.glossary.labels[substance], facts=known)

    @routes.get("/rules/try")
    def bench() -> str:
        known = {rule.id: rule for rule in rules.now.checker.ruleset.rules}
        rule = known.get(request.args.get("rule", ""))
        written = source_of(rule) if rule else f"pack: benefit\nrules:\n{skeleton('benefit.my-rule')}"
        return render_template("try.html", written=written, text="", trial=None)

    @routes.post("/rules/try")
    def tried() -> str:
        written, text = request.form.get("rules", ""), request.form.get("text", "")
        if not trying.acquire(timeout=PATIENCE):
            raise ApiProblem(503, "Somebody else's rules are being tried; try yours again in a moment.")
        try:
            trial: Trial = try_rules(written, [*seeds().items(), ("your text", text)], rules.now.checker)
        finally:
            trying.release()
        return render_template("try.html", written=written, text=text, trial=trial)

    @routes.get("/docs")
    def docs() -> str:
        return render_template("docs.html", contract=openapi(AnalyzeRequest))

    @routes.get("/static/<name>")
    def static(name: str) -> Response:
        if name not in _STATIC:
            abort(404)
        own = files("caveat.web") / "static" / name
        return Response(own.read_bytes() if own.is_file() else shared(name), content_type=_STATIC[name])

    routes.register_blueprint(guides(rules))
    return routes


def _given() -> Document:
    """The text, the file or the seed that a form holds. Raises Unreadable with what to do instead."""
    file = request.files.get("file")
    text = request.form.get("text", "")
    article = dict(enumerate(seeds().values())).get(request.form.get("seed", -1, int))
    if file and file.filename:
        document = read_data(file.filename, file.stream.read())
    else:
        document = read_data("Your text", (text if text.strip() else article or "").encode("utf-8", "replace"))
    if len(document.text) > LONGEST_TEXT:
        raise Unreadable(f"The text is longer than {LONGEST_TEXT:,} characters; give a part of it.")
    return document


def _result(document: Document, report: Report) -> str:
    return render_template(
        "result.html",
        report=report,
        text=document.text,
        shown=highlighted(document.text, report.findings, linked=True),
        findings=gravest_first(report.findings),
        categories=[category for category in Category if any(each.category is category for each in report.findings)],
        certainties=[each for each in Certainty if any(finding.certainty is each for finding in report.findings)],
    )


def _words(rule: Rule) -> str:
    written = (phrase.source for phrase in rule.match)
    texts = (example.text for example in rule.examples)
    return " ".join((rule.id, rule.title, rule.message, *written, *texts)).lower().replace("[[", "").replace("]]", "")


def _said(rule: Rule) -> str:
    """What a rule says of any finding: its message, with the kind of word that each capture stands for."""
    return _CAPTURE.sub(lambda capture: f"a {capture[1].replace('_', ' ')}", rule.message)


def _example(text: str) -> Markup:
    """An example with its [[words]] marked."""
    plain, spans = marked(text)
    pieces, at = [], 0
    for start, end in spans:
        pieces += [Markup("{}<mark class='know'>{}</mark>").format(plain[at:start], plain[start:end])]
        at = end
    return Markup("").join([*pieces, plain[at:]])
