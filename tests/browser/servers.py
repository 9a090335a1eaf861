"""The small servers around the extension: one for pages, one in front of (or in place of) Caveat's own."""

import hmac
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from articles import SEEDS, article_page
from reports import finding, report

PAGES = Path(__file__).parent / "pages"


@dataclass
class Answer:
    body: bytes
    status: int = 200
    type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, value: object, status: int = 200, type: str = "application/json") -> "Answer":
        return cls(json.dumps(value).encode(), status, type)


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    query: str = ""

    @property
    def text(self) -> str:
        return "\n".join(block["text"] for block in self.blocks)

    @property
    def seen(self) -> str:
        """What of it the reader sees: not what stands in closed parts."""
        return "\n".join(block["text"] for block in self.blocks if not block.get("folded"))

    @property
    def blocks(self) -> list[dict]:
        """The blocks of a page that is sent."""
        return json.loads(self.body)["blocks"]


@contextmanager
def serve(answer: Callable[[Request], Answer]):
    """Serves on a free port of the loopback address; yields that port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_request(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path, _, query = self.path.partition("?")
            reply = answer(Request(self.command, path, dict(self.headers), body, query))
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.type)
            self.send_header("Content-Length", str(len(reply.body)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_POST = do_OPTIONS = handle_request

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    try:
        yield httpd.server_port
    finally:
        httpd.shutdown()
        httpd.server_close()


def page(request: Request) -> Answer:
    """/seed/N.html is an article made from a seed, /slow.js takes its time; anything else is a file of pages/."""
    name = request.path
    if name == "/slow.js":
        time.sleep(10)
    if name.startswith("/seed/"):
        seed = SEEDS[int(name.removeprefix("/seed/").removesuffix(".html"))]
        return Answer(article_page(seed.read_text("utf-8")).encode(), type="text/html")
    file = PAGES / name.strip("/")
    if not file.is_file():
        return Answer(b"", 404, "text/plain")
    csp = {"Content-Security-Policy": "default-src 'none'; style-src 'none'"} if file.stem == "strict-csp" else {}
    kind = "application/xml" if file.suffix == ".xml" else "text/html"
    return Answer(file.read_bytes(), type=f"{kind}; charset=utf-8", headers=csp)


class Wire:
    """Stands where the extension expects Caveat's server, and keeps all that passes.

    It hands everything on to the real server, until a test gives it an answer of its own.
    """

    def __init__(self, server: str) -> None:
        self.server = server
        self._over = threading.Event()
        self.reset()

    def reset(self) -> None:
        self._over.set()
        self._over = threading.Event()
        self.requests: list[Request] = []
        self.answers: list[Answer] = []
        self._own: dict[str, Callable[[Request], Answer]] = {}

    def answer(self, path: str, answer: Callable[[Request], Answer]) -> None:
        """From now on `path` is answered by `answer`, whatever the real server would say."""
        self._own[path] = answer

    def find(self, *quotes: str, **fields: object) -> None:
        """From now on every text is said to hold a finding on each of these quotes."""

        def answer(request: Request) -> Answer:
            return Answer.json(report(*(finding(request.text, quote, **fields) for quote in quotes)))

        self.answer("/v1/analyze", answer)

    def find_where_it_stands(self, *quotes: str) -> None:
        """From now on a text is said to hold findings on those of the quotes that it holds."""
        self.answer(
            "/v1/analyze",
            lambda request: Answer.json(
                report(*(finding(request.text, quote) for quote in quotes if quote in request.text))
            ),
        )

    def know(self, token: str) -> None:
        """From now on the server shows that it knows a token."""

        def health(request: Request) -> Answer:
            nonce = request.query.removeprefix("nonce=")
            proof = hmac.new(token.encode(), f"caveat {nonce}".encode(), "sha256").hexdigest()
            return Answer.json({"name": "caveat", "version": "0.2.0", "ready": True, "proof": proof})

        self.answer("/v1/health", health)

    def hang(self, path: str) -> None:
        """From now on `path` is answered only when the test is over."""
        over = self._over

        def wait(_: Request) -> Answer:
            over.wait(60)
            return Answer(b"", 503)

        self.answer(path, wait)

    def __call__(self, request: Request) -> Answer:
        self.requests.append(request)
        answer = self._own.get(request.path, self.forward)(request)
        self.answers.append(answer)
        return answer

    def forward(self, request: Request) -> Answer:
        """What the real server says."""
        headers = {
            name: value
            for name, value in request.headers.items()
            if name in ("Content-Type", "Origin", "Authorization")
        }
        address = f"{self.server}{request.path}?{request.query}".rstrip("?")
        onward = urllib.request.Request(address, request.body or None, headers, method=request.method)
        try:
            with urllib.request.urlopen(onward, timeout=60) as reply:
                return Answer(reply.read(), reply.status, reply.headers["Content-Type"])
        except urllib.error.HTTPError as error:
            return Answer(error.read(), error.code, error.headers["Content-Type"])

    @property
    def texts(self) -> list[str]:
        """The texts the extension has sent."""
        return [request.seen for request in self.requests if request.path == "/v1/analyze"]

    @property
    def report(self) -> dict:
        """What the last text was answered with."""
        return json.loads(self.answers[-1].body)
