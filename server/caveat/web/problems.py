"""Errors as RFC 9457 problem details: what is wrong, and what to do."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException


class ApiProblem(Exception):
    """An error that the caller can mend; `detail` is a sentence that says how."""

    def __init__(self, status: int, detail: str) -> None:
        self.status = status
        self.detail = detail
        super().__init__(detail)


_SAID = {
    404: "There is nothing at this address; POST a text to /v1/analyze, or open / in a browser.",
    405: "This address does not take this method; POST to /v1/analyze, GET /v1/health or /v1/rules.",
    429: "This is asked more often than the server allows; wait as long as Retry-After says.",
    413: "The request is larger than Caveat takes; send less text at once.",
}


def problem(status: int, detail: str) -> Response:
    """A problem details response, or a page that says the same to a person."""
    if request.accept_mimetypes.best == "text/html" and not request.path.startswith("/v1/"):
        page = render_template("problem.html", title=HTTPStatus(status).phrase, detail=detail)
        return Response(page, status, content_type="text/html; charset=utf-8")
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return Response(json.dumps(body), status, content_type="application/problem+json")


def register(app: Flask) -> None:
    """Answer every error of an app with problem details."""

    @app.errorhandler(ApiProblem)
    def _known(error: ApiProblem) -> Response:
        return problem(error.status, error.detail)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        status = error.code or 500
        response = problem(status, _SAID.get(status) or error.description or HTTPStatus(status).phrase)
        for name, value in error.get_headers():
            if name in {"Allow", "Retry-After"}:
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> Response:
        # The kind and the place of an error, never its message: that may hold words of the reader's page.
        trace = error.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
        app.logger.error("unexpected %s at %s", type(error).__name__, where)
        return problem(500, "Caveat failed to read this text. Please report it, with the line in the server's log.")
