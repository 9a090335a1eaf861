"""Running the service under gunicorn: the rules are loaded once, then one process is forked for each core."""

from __future__ import annotations

import contextlib
import gc
import os
import socket
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from caveat.web.worker import CONNECTIONS, PatientWorker


class _Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


def check_free(host: str, port: int) -> None:
    """Raise OSError when an address cannot be served on, because it is taken or not this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def serve(  # noqa: PLR0913 (what, where and how)
    app: Flask, host: str, port: int, workers: int | None, started: Callable[[], None], *, logs: dict[str, Any] | None
) -> None:
    """Serve an app until it is told to stop (SIGINT or SIGTERM); each process calls `started` once.

    `logs` configures logging where lines are read by programs; a hosted server has one process for each core.
    """
    PatientWorker.largest = app.config["MAX_CONTENT_LENGTH"]
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    def ready(_: Arbiter) -> None:
        # Whoever started it may have closed its output, or filled the disk.
        with contextlib.suppress(OSError):
            print(f"Caveat is ready at http://{address}" + ("" if logs else f"\n{NEXT}"), flush=True)

    def forked(_: Worker) -> None:
        started()

    # What is loaded stays: the collector need not look through it at every turn, and forks share it.
    gc.collect()
    gc.freeze()
    _Gunicorn(
        app,
        {
            "bind": address,
            # One reader has no more than two pages at once, and each process takes a hundred megabytes.
            "workers": workers or (os.cpu_count() or 1 if logs else min(os.cpu_count() or 1, 2)),
            "worker_class": PatientWorker,
            "worker_connections": CONNECTIONS,
            # Reading gains little from threads, but a long page must not hold up a short one.
            "threads": 8,
            "preload_app": True,
            "timeout": 60,
            "graceful_timeout": 5,
            # Nothing that a caller sends says who or where this server is.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "loglevel": "warning",
            "when_ready": ready,
            "post_worker_init": forked,
            "control_socket_disable": True,
            "proc_name": "caveat",
        }
        | ({"logconfig_dict": logs} if logs else {}),
    ).run()


NEXT = """Next: load the folder extension/ into your browser (README, "Load the extension"), open an article and click
the Caveat button. Or check a page from here: caveat check https://example.org/article
Stop with Ctrl+C. The text of your pages stays on this machine."""
