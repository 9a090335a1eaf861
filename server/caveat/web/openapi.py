"""The contract of the API as OpenAPI 3.1, made from the models that the server itself checks and speaks by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

import caveat
from caveat.model import Report

_REF = "#/components/schemas/{model}"
_JSON = "application/json"
# What can be wrong with each request, by status.
PROBLEMS: Mapping[str, str] = {
    "400": "The body is not JSON.",
    "401": "The server asks for a token.",
    "403": "The request comes from a web page, or asks for another host.",
    "404": "There is nothing of this name.",
    "411": "The body has no Content-Length.",
    "413": "The text or the page is too long.",
    "415": "The body is not said to be JSON.",
    "422": "The body is JSON and yet not what is asked for.",
    "503": "The server is busy; ask again after the seconds of Retry-After.",
}
_HEALTH = {
    "type": "object",
    "required": ["name", "version", "rules", "ready"],
    "properties": {
        "name": {"const": "caveat"},
        "version": {"type": "string"},
        "rules": {"type": "integer", "description": "How many rules are in force."},
        "ready": {"type": "boolean"},
        "rules_error": {"type": "array", "items": {"type": "string"}, "description": "Why own rules are not in force."},
        "resting_rules": {"type": "array", "items": {"type": "string"}, "description": "Rules that took too long."},
        "proof": {"type": "string", "description": "HMAC-SHA256 of `caveat NONCE` by the token, in hexadecimal."},
    },
}
_RULE = {
    "type": "object",
    "required": ["id", "category", "title", "message", "match", "examples"],
    "description": "A rule and its proof, as its writer wrote it.",
    "properties": {
        "id": {"type": "string", "description": "`category.short-name`; never changes."},
        "category": {"type": "string"},
        "title": {"type": "string"},
        "message": {"type": "string"},
        "match": {"type": "array", "items": {"type": "string"}},
        "unless": {"type": "array", "items": {"type": "string"}},
        "examples": {"type": "array", "items": {"type": "object"}},
        "clean": {"type": "array", "items": {"type": "string"}},
    },
}
_RULES = {
    "type": "object",
    "required": ["digest", "risk", "rules"],
    "properties": {
        "digest": {"type": "string", "description": "Names the exact content of all rule files."},
        "risk": {"type": "object", "description": "The formula of the risk, as in rules/risk.yaml."},
        "rules": {"type": "array", "items": {"$ref": _REF.format(model="Rule")}},
    },
}
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem details; `detail` is a sentence that says what to do.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"const": "about:blank"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}


@cache
def openapi(request: type[BaseModel]) -> dict[str, Any]:
    """The document; `request` is the body of an analysis."""
    asked = models_json_schema([(request, "validation")], ref_template=_REF)[1].get("$defs", {})
    asked[request.__name__]["oneOf"] = [_only(name, request) for name in request.model_fields]
    report = TypeAdapter(Report).json_schema(mode="serialization", ref_template=_REF)
    schemas = asked | report.pop("$defs") | {"Report": report}
    schemas["Report"]["properties"]["text"] = {
        "type": "string",
        "description": "What was read of `html` or `blocks`; all offsets are of this.",
    }
    schemas |= {"Health": _HEALTH, "Rule": _RULE, "Rules": _RULES, "Problem": _PROBLEM}
    nonce = {
        "name": "nonce",
        "in": "query",
        "schema": {"type": "string"},
        "description": "Anything of up to 100 characters, to be proven by.",
    }
    rule_id = {"name": "rule_id", "in": "path", "required": True, "schema": {"type": "string"}}
    body = {"required": True, "content": {_JSON: {"schema": {"$ref": _REF.format(model=request.__name__)}}}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Caveat",
            "version": caveat.__version__,
            "description": "Finds what a page claims of substances and health. It informs; it is no medical advice.",
        },
        "paths": {
            "/v1/analyze": {
                "post": _route("analyze", "Read a text or a page", "Report", ("400", "411", "413", "415", "422"))
                | {"requestBody": body}
            },
            "/v1/health": {
                "get": _route("health", "Whether the server is ready", "Health", ()) | {"parameters": [nonce]}
            },
            "/v1/rules": {"get": _route("rules", "All rules, and the formula of the risk", "Rules", ())},
            "/v1/rules/{rule_id}": {"get": _route("rule", "One rule", "Rule", ("404",)) | {"parameters": [rule_id]}},
            "/openapi.json": {
                "get": {
                    "operationId": "contract",
                    "summary": "This document",
                    "responses": {
                        "200": {"description": "OpenAPI 3.1.", "content": {_JSON: {"schema": {"type": "object"}}}}
                    },
                }
            },
        },
        "components": {"schemas": schemas, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{}, {"token": []}],
    }


def _only(name: str, request: type[BaseModel]) -> dict[str, Any]:
    """One of the fields is given; the others are left out, or null."""
    others = {other: {"type": "null"} for other in request.model_fields if other != name}
    return {"required": [name], "properties": others | {name: {"not": {"type": "null"}}}}


def _route(name: str, summary: str, model: str, wrong: tuple[str, ...]) -> dict[str, Any]:
    schema = {"schema": {"$ref": _REF.format(model=model)}}
    problem = {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}}
    responses: dict[str, Any] = {"200": {"description": summary + ".", "content": {_JSON: schema}}}
    for status in sorted({*wrong, "401", "403", "503"}):
        responses[status] = {"description": PROBLEMS[status], "content": problem}
    return {"operationId": name, "summary": summary, "responses": responses}
