"""Who may talk to a server on the reader's own machine.

Any web page can send requests to localhost. So a request must name this machine as its Host (a page that
rebinds its DNS name cannot), must not come from a web page's Origin, and must be JSON (which a page cannot
send without a preflight, and no preflight is ever granted). A token is asked for where one is set.
"""

from __future__ import annotations

import hmac

import regex
from flask import Flask, Response, request

from caveat.web.problems import ApiProblem

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ANY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 (named to be refused without a token)
EXTENSIONS = ("chrome-extension://", "moz-extension://")
_HOST = regex.compile(r"(?:\[(?P<six>[0-9a-fA-F:.]+)\]|(?P<name>[^\s:/@\[\]]+))(?::\d+)?")
DRAINED = 64 << 20
CHUNK = 64 << 10
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def register(app: Flask, host: str, token: str | None) -> None:
    """Guard an app that is bound to `host`; raises ValueError when that needs a token and there is none."""
    if host not in LOOPBACK and not token:
        raise ValueError(f"Other machines can reach {host}: set a token with --token, or serve on 127.0.0.1.")
    hosts = None if host in ANY_ADDRESS else LOOPBACK | {host.lower()}

    @app.before_request
    def _check() -> None:
        if hosts is not None and _hostname(request.headers.get("Host", "")) not in hosts:
            raise ApiProblem(403, "Caveat answers only under the name of this machine; use http://127.0.0.1.")
        origin = request.headers.get("Origin")
        if origin is not None and not origin.startswith(EXTENSIONS):
            raise ApiProblem(403, "Caveat does not answer web pages; use the extension or the command line.")
        if token and request.path != "/v1/health":
            given = request.headers.get("Authorization", "").removeprefix("Bearer ")
            # A header is latin-1 by the time it is read here; its bytes are what the caller sent.
            if not hmac.compare_digest(given.encode("latin-1"), token.encode()):
                raise ApiProblem(401, "This server asks for a token; send it as 'Authorization: Bearer TOKEN'.")

    @app.after_request
    def _harden(response: Response) -> Response:
        response.headers.update(HEADERS)
        if response.status_code >= 400:
            _drain()
        return response


def _drain() -> None:
    """Read what is left of a refused body, within limits; a caller still sending would not hear the answer."""
    if (request.content_length or 0) > DRAINED:
        return
    stream = request.environ["wsgi.input"]
    for _ in range(DRAINED // CHUNK):
        if not stream.read(CHUNK):
            break


def _hostname(host: str) -> str | None:
    match = _HOST.fullmatch(host)
    return (match["six"] or match["name"]).lower() if match else None
