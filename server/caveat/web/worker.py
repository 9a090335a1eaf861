"""A worker of gunicorn that lends no thread to a client who has not sent his whole request.

Requests arrive in the worker's own loop; only a whole one, headers and body, goes to a thread. What has not arrived
after WHOLE seconds is closed, so that clients who stall cannot keep others out. When all threads are busy, nothing more
is accepted: what waits in the kernel's queue is lost to nobody when a process dies. Errors are answered and logged
without a word of what was sent.
"""

from __future__ import annotations

import itertools
import json
import selectors
import socket
import struct
import time
from collections import deque
from functools import partial
from http import HTTPStatus
from typing import Any

import regex
from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import TConn, ThreadWorker

from caveat.web.guard import HEADERS

# Seconds for a request to arrive whole, and for each piece of an answer to be taken.
WHOLE = 10.0
# Seconds in which a client may take note that he is refused, while he still sends.
LEAVING = 3.0
# So many requests may begin to arrive in so many seconds for each thread that is free.
_FRESH = 0.02
_AT_ONCE = 2
# Room for connections whose requests are arriving, below the 1,024 files that a process may have by default.
CONNECTIONS = 900
LONGEST_HEAD = 64 << 10
_CHUNK = 64 << 10
_CODED = regex.compile(rb"\r\ntransfer-encoding[ \t]*:", regex.IGNORECASE)
_LENGTH = regex.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", regex.IGNORECASE)


class _Arriving:
    """A connection whose request is arriving."""

    def __init__(self, conn: Any, data: bytes) -> None:
        self.conn = conn
        self.data = bytearray(data)
        self.wanted: int | None = None
        self.unread = False
        self.until = time.monotonic() + WHOLE

    def is_whole(self, largest: int) -> bool:
        """Whether there is a whole request, or enough to refuse it."""
        if self.wanted is None:
            head = self.data.find(b"\r\n\r\n")
            if head < 0:
                return len(self.data) > LONGEST_HEAD
            length = _LENGTH.search(self.data, 0, head + 2)
            # A body without a length, or one that is too large, is refused unread.
            size = int(length[1]) if length else 0
            self.unread = size > largest or bool(_CODED.search(self.data, 0, head + 2))
            self.wanted = head + 4 + (0 if self.unread else size)
        return len(self.data) >= self.wanted


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """See above; `largest` is the size in bytes of the largest body that is waited for."""

    largest = 0

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._arriving: deque[_Arriving] = deque()
        self._leaving: deque[tuple[float, Any]] = deque()
        self._busy = 0

    def accept(self, listener: socket.socket) -> None:
        """Accept a connection, and wait for its request."""
        try:
            client, address = listener.accept()
        except OSError:  # another process was faster, the client has gone, or there is no room for one more file
            return
        self.nr_conns += 1
        # An answer that nobody takes must not keep a thread for ever.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", int(WHOLE), 0))
        self._await(TConn(self.cfg, client, address, listener.getsockname()))

    def on_client_socket_readable(self, conn: Any, client: socket.socket) -> None:
        """A kept connection sends its next request."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await(conn)

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 (gunicorn's own)
        """Accept connections, or none while all threads are busy; a worker that stops takes what waits, and no more."""
        if enabled or self.alive:
            super().set_accept_enabled(enabled and self._has_room())
            return
        super().set_accept_enabled(enabled)
        for listener in self.sockets:
            before = -1
            while before != self.nr_conns:
                before = self.nr_conns
                self.accept(listener)
            listener.close()
        for arriving in self._arriving:
            if not arriving.data:  # nobody has asked for anything yet
                arriving.until = min(arriving.until, time.monotonic() + 1)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Wait for events, and not for long while there is no room for more."""
        super().wait_for_and_dispatch_events(timeout if self._accepting or not self.alive else _FRESH)

    def murder_pending(self) -> None:
        """Close what has not arrived in time, and what has had time to leave; the loop calls this every second."""
        super().murder_pending()
        now = time.monotonic()
        while self._leaving and self._leaving[0][0] < now:
            self._gone(self._leaving[0])
        while self._arriving and self._arriving[0].until < now:
            self._drop(self._arriving[0])

    def enqueue_req(self, conn: Any) -> None:
        """Give a whole request to a thread."""
        self._busy += 1
        super().enqueue_req(conn)

    def handle_request(self, req: Any, conn: Any) -> bool:
        """Answer a request; behind a body that is not read nothing can be."""
        kept: bool = super().handle_request(req, conn)
        return kept and not conn.unread

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Take a connection back from its thread."""
        self._busy -= 1
        kept = not fs.cancelled() and not fs.exception() and fs.result()
        # The next request may have begun to arrive behind this one.
        if kept and (data := conn.parser.unreader.take_buffered()):
            self._await(conn, data)
        elif kept:
            super().finish_request(conn, fs)
        else:
            self._leave(conn)

    def handle_error(self, _req: Any, client: socket.socket, _addr: Any, exc: Exception) -> None:
        """Answer what is no request that can be read; neither answer nor log repeats any of it."""
        status = 400 if isinstance(exc, (ParseException, OSError)) else 500
        self.log.warning("answered %d to a request that cannot be read: %s", status, type(exc).__name__)
        detail = "This is no HTTP request that Caveat can read; send JSON with its Content-Length."
        title = HTTPStatus(status).phrase
        body = json.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail}).encode()
        head = {"Content-Type": "application/problem+json", "Content-Length": len(body), "Connection": "close"}
        lines = [f"HTTP/1.1 {status} {title}", *(f"{name}: {value}" for name, value in (HEADERS | head).items())]
        try:
            client.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        except OSError:
            self.log.debug("nobody waits for the answer")

    def _await(self, conn: Any, data: bytes = b"") -> None:
        arriving = _Arriving(conn, data)
        conn.sock.setblocking(False)
        self._arriving.append(arriving)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_data, arriving))
        if arriving.is_whole(self.largest):
            self._hand_over(arriving)
        if self._accepting and not self._has_room():
            super().set_accept_enabled(False)

    def _has_room(self) -> bool:
        """Whether threads are free for those whose requests may be whole in a moment."""
        fresh = time.monotonic() + WHOLE - _FRESH
        waiting = sum(1 for _ in itertools.takewhile(lambda each: each.until > fresh, reversed(self._arriving)))
        threads: int = self.cfg.threads
        return self._busy < threads and self._busy + waiting < threads * _AT_ONCE

    def _on_data(self, arriving: _Arriving, client: socket.socket) -> None:
        try:
            data = client.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._drop(arriving)
            return
        arriving.data += data
        if arriving.is_whole(self.largest):
            self._hand_over(arriving)

    def _hand_over(self, arriving: _Arriving) -> None:
        conn = arriving.conn
        self.poller.unregister(conn.sock)
        self._arriving.remove(arriving)
        conn.data_ready = True
        conn.unread = arriving.unread
        conn.init()
        conn.parser.unreader.unread(bytes(arriving.data))
        self.enqueue_req(conn)

    def _leave(self, conn: Any) -> None:
        """End a connection without cutting off what its client has not read yet (RFC 9112, section 9.6)."""
        leaving = time.monotonic() + LEAVING, conn
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_rest, leaving))
        except OSError:
            self.nr_conns -= 1
            conn.close()
        else:
            self._leaving.append(leaving)

    def _on_rest(self, leaving: tuple[float, Any], client: socket.socket) -> None:
        try:
            rest = client.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError:
            rest = b""
        if not rest:
            self._gone(leaving)

    def _gone(self, leaving: tuple[float, Any]) -> None:
        self._leaving.remove(leaving)
        self.poller.unregister(leaving[1].sock)
        self.nr_conns -= 1
        leaving[1].close()

    def _drop(self, arriving: _Arriving) -> None:
        self._arriving.remove(arriving)
        self.poller.unregister(arriving.conn.sock)
        self.nr_conns -= 1
        arriving.conn.close()
