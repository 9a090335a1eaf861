"""The API, as `GET /openapi.json` tells it: texts and pages in, reports out, and the rules that they rest on."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

import caveat
from caveat.document.blocks import Document
from caveat.document.html import DEEPEST, MOST, TooComplex, html_to_document
from caveat.document.wire import MOST_BLOCKS, WireBlock, document_of
from caveat.model import to_json
from caveat.rules.problems import did_you_mean
from caveat.web import guard
from caveat.web.answers import Answers
from caveat.web.openapi import openapi
from caveat.web.problems import ApiProblem
from caveat.web.reload import LiveRules
from caveat.web.rulebook import rulebook, told

# Seconds for one page; what is not read by then is left, and the report says from where on.
PATIENCE = 2.0
LONGEST_TEXT = 1_000_000
LONGEST_HTML = 2_000_000
LONGEST_NONCE = 100


class AnalyzeRequest(BaseModel):
    """The body of POST /v1/analyze: a text, the HTML of a page, or its visible text in blocks with their roles."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    text: str | None = Field(None, description=f"Plain text of at most {LONGEST_TEXT:,} characters.")
    html: str | None = Field(None, description=f"The source of a page of at most {LONGEST_HTML:,} characters.")
    blocks: list[WireBlock] | None = Field(None, description="The blocks of a page as a browser shows them, in order.")


def api(rules: LiveRules, token: str | None) -> Blueprint:
    """The routes of the API; `token` is what health proves to know."""
    routes = Blueprint("api", __name__)
    answers = Answers()

    @routes.get("/v1/health")
    def health() -> Response:
        now = rules.now
        count = len(now.checker.ruleset.rules)
        said: dict[str, Any] = {"rules_error": now.problems} if now.problems else {}
        if token and 0 < len(nonce := request.args.get("nonce", "")) <= LONGEST_NONCE:
            said["proof"] = guard.proof(token, nonce)
        if resting := now.checker.resting:
            said["resting_rules"] = resting
        return _json({"name": "caveat", "version": caveat.__version__, "rules": count, "ready": True} | said)

    @routes.post("/v1/analyze")
    def analyze() -> Response:
        sent, checker = _sent(), rules.now.checker
        name = answers.name(checker.ruleset.digest, sent)
        if (known := answers.find(name)) is not None:
            return _answer(known)
        body = _read(sent)
        if body.text is not None:
            report = checker.check(_checked(body.text), PATIENCE)
            said = to_json(report)
        else:
            document = _document_of(body.html) if body.html is not None else _joined(body.blocks or [])
            report = checker.check(document, PATIENCE)
            said = to_json(report, document.text)
        if report.truncated_at is None:  # else there may be more time for it now
            answers.keep(name, said)
        return _answer(said)

    @routes.get("/v1/rules")
    def all_rules() -> Response:
        return _json(rulebook(rules.now.checker.ruleset))

    @routes.get("/v1/rules/<rule_id>")
    def one_rule(rule_id: str) -> Response:
        known = {rule.id: rule for rule in rules.now.checker.ruleset.rules}
        if rule_id not in known:
            hint = did_you_mean(rule_id, known)
            raise ApiProblem(404, f"There is no rule of this id; GET /v1/rules lists them all.{hint}")
        return _json(told(known[rule_id]))

    @routes.get("/openapi.json")
    def contract() -> Response:
        return _json(openapi(AnalyzeRequest))

    return routes


def _sent() -> bytes:
    """The body of a request as it came."""
    if request.mimetype != "application/json":
        raise ApiProblem(415, "Send the text as JSON, with 'Content-Type: application/json'.")
    return request.get_data(cache=False)


def _read(sent: bytes) -> AnalyzeRequest:
    """What a body asks for, or the problem with it; a problem never repeats what the body held."""
    try:
        body = AnalyzeRequest.model_validate_json(sent)
    except ValidationError as error:
        raise _described(error) from None
    if sum(each is not None for each in (body.text, body.html, body.blocks)) != 1:
        raise ApiProblem(422, "Send 'text', 'html' or 'blocks', and only one of them.")
    return body


def _described(error: ValidationError) -> ApiProblem:
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        if "surrogate" in first["msg"] or "end of hex escape" in first["msg"]:
            return ApiProblem(422, "The text holds half of a surrogate pair; send whole characters, or U+FFFD instead.")
        reason = first["msg"].removeprefix("Invalid JSON: ")
        return ApiProblem(400, f'The body is not valid JSON: {reason}. Send an object such as {{"text": "…"}}.')
    if first["type"] == "extra_forbidden":
        return ApiProblem(
            422, "The body holds a key that Caveat does not know; send 'text', 'html' or 'blocks' and nothing else."
        )
    if not first["loc"]:
        return ApiProblem(422, 'The body must be a JSON object such as {"text": "…"}.')
    if first["loc"][0] != "blocks":
        return ApiProblem(422, f"'{first['loc'][0]}' must be a string.")
    number = f" number {first['loc'][1]}" if len(first["loc"]) > 1 else "s"
    shape = '{"text": "…", "role": "cell", "headers": [2, 7]}'
    return ApiProblem(422, f"Block{number}: a block is an object such as {shape}, and only 'text' must be there.")


def _joined(blocks: list[WireBlock]) -> Document:
    if len(blocks) > MOST_BLOCKS:
        raise ApiProblem(413, f"The page has more than {MOST_BLOCKS:,} blocks; send it in parts.")
    document = document_of(blocks)
    _checked(document.text)
    return document


def _document_of(html: str) -> Document:
    if len(html) > LONGEST_HTML:
        raise ApiProblem(413, f"The HTML is longer than {LONGEST_HTML:,} characters; send the part that is read.")
    try:
        document = html_to_document(html)
    except TooComplex:
        limits = f"The HTML nests deeper than {DEEPEST:,} elements, or has more than {MOST:,}"
        raise ApiProblem(422, f"{limits}; send its visible text instead.") from None
    _checked(document.text)
    return document


def _checked(text: str) -> str:
    if not text.strip():
        raise ApiProblem(422, "There is no text to read; send at least one word.")
    if len(text) > LONGEST_TEXT:
        raise ApiProblem(413, f"The text is longer than {LONGEST_TEXT:,} characters; send it in parts.")
    return text


def _json(body: dict[str, Any]) -> Response:
    return _answer(json.dumps(body, ensure_ascii=False).encode())


def _answer(body: bytes) -> Response:
    return Response(body, content_type="application/json")
