"""Who may talk to a server on the reader's own machine.

Any web page can send requests to localhost. So a request must name this machine as its Host (a page that
rebinds its DNS name cannot), must not come from a web page's Origin other than this server's own, and for the API be
JSON (which a page cannot send without a preflight, and no preflight is ever granted). A token is asked for where one
is set.
"""

from __future__ import annotations

import hashlib
import hmac

import regex
from flask import Flask, Response, request

from caveat.web.problems import ApiProblem

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ANY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 (named to be refused without a token)
_EXTENSION = regex.compile(r"chrome-extension://[a-p]{32}|moz-extension://[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What browsers say of requests that the pages of other sites make.
_FOREIGN = frozenset({"cross-site", "same-site"})
SHORTEST_TOKEN = 16
# What tells nothing that is not everybody's to know: whether this is Caveat, and whether it lives.
OPEN = frozenset({"/v1/health", "/livez", "/readyz"})
_HOST = regex.compile(r"(?:\[(?P<six>[0-9a-fA-F:.]+)\]|(?P<name>[^\s:/@\[\]]+))(?::\d+)?")
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def register(app: Flask, host: str, token: str | None, *, hosted: bool = False) -> None:
    """Guard an app that is bound to `host`; raises ValueError when that needs a token and there is none to speak of.

    One that is `hosted` goes by the name of the proxy before it, and is guarded by its token.
    """
    _check_token(host, token, hosted=hosted)
    hosts = None if hosted or host in ANY_ADDRESS else LOOPBACK | {host.lower()}

    @app.before_request
    def _check() -> None:
        if hosts is not None and _hostname(request.headers.get("Host", "")) not in hosts:
            raise ApiProblem(403, "Caveat answers only under the name of this machine; use http://127.0.0.1.")
        origin = request.headers.get("Origin")
        own = request.host_url.rstrip("/")  # the pages of this server, under the very name and port that are asked
        if (origin is not None and origin != own and not _EXTENSION.fullmatch(origin)) or (
            origin is None and request.headers.get("Sec-Fetch-Site") in _FOREIGN
        ):
            raise ApiProblem(403, "Caveat does not answer web pages; use the extension or the command line.")
        if "Transfer-Encoding" in request.headers:
            raise ApiProblem(411, "Send the body in one piece, with its Content-Length.")
        if token and request.path not in OPEN:
            scheme, _, given = request.headers.get("Authorization", "").partition(" ")
            # A header is latin-1 by the time it is read here; its bytes are what the caller sent.
            right = hmac.compare_digest(given.encode("latin-1"), token.encode())
            if not right or scheme.lower() != "bearer":
                raise ApiProblem(401, "This server asks for a token; send it as 'Authorization: Bearer TOKEN'.")

    @app.after_request
    def _harden(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def proof(token: str, nonce: str) -> str:
    """What shows a caller who knows the token that this server knows it too: an HMAC-SHA256 in hexadecimal."""
    return hmac.new(token.encode(), f"caveat {nonce}".encode(), hashlib.sha256).hexdigest()


def _check_token(host: str, token: str | None, *, hosted: bool) -> None:
    if token is not None and (not token or token != token.strip()):
        raise ValueError(
            "A token is a word without blanks around it; leave --token and CAVEAT_SERVE_TOKEN away for none."
        )
    if hosted and len(token or "") < SHORTEST_TOKEN:
        raise ValueError(
            f"A hosted server needs a token of at least {SHORTEST_TOKEN} characters; set CAVEAT_SERVE_TOKEN."
        )
    if host not in LOOPBACK and len(token or "") < SHORTEST_TOKEN:
        raise ValueError(
            f"Other machines can reach {host}: set a token of at least {SHORTEST_TOKEN} characters with --token,"
            " or serve on 127.0.0.1."
        )


def _hostname(host: str) -> str | None:
    match = _HOST.fullmatch(host)
    return (match["six"] or match["name"]).lower() if match else None
