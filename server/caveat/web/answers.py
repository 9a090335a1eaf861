"""Answers given a moment ago, for a page that is asked for twice: a frame of the same text, a second check.

They stay in the memory of one process, for a short time and in little room, under a name that only this process can
make from a request; nothing of a page is written anywhere.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict

# Bytes of all answers together.
ROOM = 8_000_000
# Seconds an answer is kept.
WHILE = 300.0


class Answers:
    """The last answers of one process."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._kept: OrderedDict[bytes, tuple[float, bytes]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def name(self, rules: str, body: bytes) -> bytes:
        """What a request is kept under: its body, and the digest of the rules that answer it."""
        named = hashlib.blake2b(rules.encode(), key=self._key)
        named.update(body)
        return named.digest()

    def find(self, name: bytes) -> bytes | None:
        """The answer to a request, if it was given a moment ago."""
        with self._lock:
            self._forget(time.monotonic() - WHILE)
            if name not in self._kept:
                return None
            self._kept.move_to_end(name)
            return self._kept[name][1]

    def keep(self, name: bytes, answer: bytes) -> None:
        """Keep an answer, and let the oldest go where there is no room."""
        with self._lock:
            if name in self._kept or len(answer) > ROOM:
                return
            self._kept[name] = time.monotonic(), answer
            self._size += len(answer)
            while self._size > ROOM:
                self._drop(next(iter(self._kept)))

    def _forget(self, before: float) -> None:
        for name in [name for name, (kept, _) in self._kept.items() if kept < before]:
            self._drop(name)

    def _drop(self, name: bytes) -> None:
        self._size -= len(self._kept.pop(name)[1])
