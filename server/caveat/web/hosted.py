"""A server for strangers, behind a proxy that speaks TLS and knows them.

How often an address may ask is counted in Redis by all processes together; where that has gone, each process counts by
itself until it is back. Metrics add up over processes. The log is a line of JSON for each request, by its route and
never by what was asked or sent.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse
from pythonjsonlogger.json import JsonFormatter
from werkzeug.middleware.proxy_fix import ProxyFix

from caveat.web.guard import OPEN

_METRICS = "/metrics"
# Where prometheus_client lets processes add up; it reads this once, when it is imported.
_SHARED = "PROMETHEUS_MULTIPROC_DIR"
# Of a request with a page; most take milliseconds, and none is read for more than two seconds.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5)
_log = logging.getLogger("caveat.requests")


class Hosted:
    """What a hosted server has beside the service itself.

    Raises ValueError for a rate or an address of Redis that is none.
    """

    def __init__(self, redis: str | None, rate: str) -> None:
        try:
            parse(rate)
        except ValueError as error:
            raise ValueError(f"'{rate}' is no rate; write it as 60/minute.") from error
        self._rate = rate
        self._redis = redis
        if redis is not None and not redis.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError(f"'{redis}' is no address of Redis; write it as redis://127.0.0.1:6379/0.")
        self._folder = _shared_folder()

    @property
    def logs(self) -> dict[str, Any]:
        """Logging as lines of JSON on standard error, for `logging.config.dictConfig`."""
        fields = "%(asctime)s %(levelname)s %(name)s %(message)s"
        renamed = {"asctime": "time", "levelname": "level", "name": "logger"}
        to_error = {"handlers": ["error"], "level": "INFO", "propagate": False}
        return {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": JsonFormatter,
                    "format": fields,
                    "rename_fields": renamed,
                    "datefmt": "%Y-%m-%dT%H:%M:%S%z",
                }
            },
            "handlers": {"error": {"class": "logging.StreamHandler", "formatter": "json"}},
            "loggers": {
                "caveat": to_error,
                "caveat.requests": to_error,
                "gunicorn.error": to_error | {"level": "WARNING"},
                "gunicorn.access": {"handlers": [], "propagate": False},
                "flask-limiter": to_error | {"level": "ERROR"},
            },
            "root": {"handlers": ["error"], "level": "WARNING"},
        }

    def register(self, app: Flask) -> None:
        """Add limits, metrics, the log and the probes to an app."""
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
        self._measure(app)
        self._limit(app)

        @app.get("/livez")
        def livez() -> Response:
            return Response('{"alive": true}', content_type="application/json")

        @app.get("/readyz")
        def readyz() -> Response:
            return Response('{"ready": true}', content_type="application/json")

    def _limit(self, app: Flask) -> None:
        limiter = Limiter(
            get_remote_address,
            storage_uri=self._redis or "memory://",
            storage_options={"socket_connect_timeout": 1, "socket_timeout": 1} if self._redis else {},
            application_limits=[self._rate],
            in_memory_fallback=[self._rate],
            headers_enabled=True,
            key_prefix="caveat",
        )
        limiter.request_filter(lambda: request.path in OPEN or request.path == _METRICS)
        limiter.init_app(app)

    def _measure(self, app: Flask) -> None:
        # They ask for the folder when they are imported.
        from prometheus_client import (  # noqa: PLC0415
            CONTENT_TYPE_LATEST,
            CollectorRegistry,
            Counter,
            Histogram,
            generate_latest,
        )
        from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

        own = CollectorRegistry()  # each app has its own; what processes share is in the folder
        requests = Counter("caveat_requests", "Requests answered.", ["route", "method", "status"], registry=own)
        seconds = Histogram("caveat_request_seconds", "Time to answer.", ["route"], buckets=_SECONDS, registry=own)
        received = Counter("caveat_received_bytes", "Bytes of request bodies.", registry=own)

        @app.before_request
        def _begin() -> None:
            g.begun = time.monotonic()

        @app.after_request
        def _end(response: Response) -> Response:
            took = time.monotonic() - g.get("begun", time.monotonic())
            route = request.url_rule.rule if request.url_rule else "none"
            method = request.method if request.method in _METHODS else "other"
            requests.labels(route, method, response.status_code).inc()
            seconds.labels(route).observe(took)
            received.inc(request.content_length or 0)
            if route not in OPEN:
                said = {"route": route, "method": method, "status": response.status_code}
                sizes = {"received": request.content_length or 0, "sent": response.content_length or 0}
                _log.info("answered", extra=said | sizes | {"ms": round(took * 1000, 1)})
            return response

        @app.get(_METRICS)
        def metrics() -> Response:
            whole = CollectorRegistry()
            MultiProcessCollector(whole, str(self._folder))  # type: ignore[no-untyped-call]
            return Response(generate_latest(whole), content_type=CONTENT_TYPE_LATEST)


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _shared_folder() -> Path:
    """A folder in which processes add up, made by the one that starts them and taken away when that ends."""
    folder = os.environ.get(_SHARED)
    if folder is None:
        folder = os.environ[_SHARED] = tempfile.mkdtemp(prefix="caveat-metrics-")
        atexit.register(_take_away, folder, os.getpid())
    return Path(folder)


def _take_away(folder: str, own: int) -> None:
    if os.getpid() == own:  # a process that was forked leaves it to the others
        shutil.rmtree(folder, ignore_errors=True)
