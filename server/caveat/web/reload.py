"""The rules in force while the service runs: those of the reader's own folder are read again when a file changes.

Each process watches for itself. New rules are made ready beside the old ones and then take their place in one
assignment, so that no request waits for them or sees half of them. While a file is broken the last good rules stay.
"""

from __future__ import annotations

import hashlib
import logging
import mmap
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from caveat.checker import Checker
from caveat.rules.files import files_of
from caveat.rules.problems import RuleError

# Seconds between two looks at the folder.
PAUSE = 1.0
# A file of anything can hold thousands of problems; nobody reads more at once.
MOST_PROBLEMS = 20

log = logging.getLogger("caveat")

# What changes with a file: its name, its place on the disk, its size, and when it was written or replaced.
Stamp = frozenset[tuple[str, int, int, int, int]]


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules that answer requests, and what is wrong with the files that should have replaced them."""

    checker: Checker
    problems: tuple[str, ...] = ()


class LiveRules:
    """The rules that come with Caveat and those of a folder; `now` is what is in force."""

    def __init__(self, folder: Path | None = None) -> None:
        """Load all rules, ready to answer. Raises RuleError when they cannot be used."""
        self._folder = folder
        self._read = _stamp(folder) if folder else None
        self.now = InForce(_ready(folder))
        # Shared by all processes that are forked from this one: what the log has been told.
        self._told = mmap.mmap(-1, hashlib.sha256().digest_size)
        self._told[:] = self._state()

    def watch(self) -> None:
        """Begin to watch the folder. Every process that serves calls this, for threads do not outlive a fork."""
        if self._folder:
            threading.Thread(target=self._watch, args=(self._folder,), name="caveat-rules", daemon=True).start()

    def _watch(self, folder: Path) -> None:
        before = self._read
        while True:
            time.sleep(PAUSE)
            stamp = _stamp(folder)
            # A folder is read once it has come to rest: an editor may still be writing.
            if stamp == before != self._read:
                self._reload(folder, stamp)
            before = stamp

    def _reload(self, folder: Path, stamp: Stamp) -> None:
        """Put the rules of the files in force, or say what is wrong with them; not if they changed meanwhile."""
        try:
            now = InForce(_ready(folder))
        except RuleError as error:
            now = InForce(self.now.checker, tuple(map(str, error.problems[:MOST_PROBLEMS])))
        except Exception as error:  # noqa: BLE001 (whatever a file holds, the next version of it is still watched for)
            now = InForce(self.now.checker, (f"The rules cannot be loaded: {type(error).__name__}: {error}",))
        if _stamp(folder) != stamp:
            return
        self.now = now
        self._read = stamp
        if self._told[:] != self._state():
            self._told[:] = self._state()
            self._tell(folder)

    def _tell(self, folder: Path) -> None:
        """Log what has changed; rules are no words of a reader's page."""
        if self.now.problems:
            problems = "\n".join(self.now.problems)
            log.error("The rules in %s cannot be used; the last good ones stay in force.\n%s", folder, problems)
        else:
            log.info(
                "The rules in %s have changed: %d rules are in force.", folder, len(self.now.checker.ruleset.rules)
            )

    def _state(self) -> bytes:
        said = "\n".join(self.now.problems) or self.now.checker.ruleset.digest
        return hashlib.sha256(said.encode()).digest()


def _ready(folder: Path | None) -> Checker:
    checker = Checker(folder)
    checker.warm()
    return checker


def _stamp(folder: Path) -> Stamp:
    """What tells whether any rule file of a folder has changed."""
    stamps: set[tuple[str, int, int, int, int]] = set()
    for path in files_of(folder):
        try:
            status = path.stat()
        except OSError:
            stamps.add((str(path), 0, 0, 0, 0))
        else:
            stamps.add((str(path), status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    return frozenset(stamps)
