"""`caveat doctor`: what an installation needs, looked at piece by piece, each with what to do where it is not well."""

from __future__ import annotations

import http.client
import json
import os
import platform
import resource
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import regex

import caveat
from caveat.checker import Checker
from caveat.rules.files import files_of
from caveat.rules.kept import kept_folder
from caveat.rules.problems import RuleError
from caveat.web.ports import BLOCKED

# Bytes that two processes of a server take, and that loaded rules take on the disk.
_MEMORY = 400_000_000
_DISK = 50_000_000
# Connections that a process holds, and what else it has open.
_FILES = 1_024
_BROWSERS = (
    ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    ("firefox", "firefox-esr"),
)
_MANIFEST = Path("extension/manifest.json")
_SAMPLE = "Kava may bind to GABA receptors."


class State(StrEnum):
    """How something is: well, worth a note, or to be mended."""

    OK = "ok"
    NOTE = "note"
    MEND = "mend"


@dataclass(frozen=True, slots=True)
class Sign:
    """What was seen, and what to do about it."""

    state: State
    text: str
    cure: str = ""


def examine(port: int, rules: Path | None) -> Iterator[Sign]:
    """Look at everything that a server on `port`, with rules of one's own or without, needs."""
    yield Sign(State.OK, f"Caveat {caveat.__version__}, Python {platform.python_version()}, {platform.machine()}")
    yield from _rules(rules)
    yield _kept()
    yield _port(port)
    yield from _browsers()
    yield _memory()
    yield _files()


def _rules(own: Path | None) -> Iterator[Sign]:
    if own:
        open_ones = [path for path in (own, *files_of(own)) if path.stat().st_mode & stat.S_IWOTH]
        if open_ones:
            yield Sign(
                State.MEND,
                f"Anybody on this machine can write {open_ones[0]}, and so what you are told.",
                f"Type: chmod -R o-w {own}",
            )
    try:
        checker = Checker(own)
    except RuleError as error:
        problems = str(error).splitlines()
        yield Sign(State.MEND, f"The rules cannot be loaded: {problems[0]}", "All problems: caveat rules lint")
        return
    found = checker.check(_SAMPLE).findings
    count = len(checker.ruleset.rules)
    if found:
        yield Sign(State.OK, f"{count} rules and {len(checker.ruleset.facts.facts)} facts; a sample text is read.")
    else:
        yield Sign(
            State.NOTE,
            f"{count} rules are loaded, and none finds anything in '{_SAMPLE}'.",
            "Is that meant? See --rules.",
        )


def _kept() -> Sign:
    """Whether loaded rules can be kept for the next start."""
    folder = kept_folder()
    there = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    if not os.access(there, os.W_OK):
        return Sign(
            State.NOTE,
            f"{there} cannot be written, so each start takes seconds.",
            "Set XDG_CACHE_HOME to a folder that can.",
        )
    if there == folder and folder.stat().st_mode & (stat.S_IWOTH | stat.S_IWGRP):
        return Sign(State.MEND, f"Others can write {folder}.", f"Type: chmod 700 {folder}")
    if shutil.disk_usage(there).free < _DISK:
        return Sign(State.NOTE, f"The disk of {there} is full, so each start takes seconds.", "Make room on it.")
    return Sign(State.OK, f"Loaded rules are kept in {folder}.")


def _port(port: int) -> Sign:
    """Whether a server is on the port, or could be."""
    if port in BLOCKED:
        return Sign(State.MEND, f"Browsers refuse to speak to port {port}.", "Choose another --port, such as 5055.")
    try:
        said = _health(port)
    except ConnectionRefusedError:
        return Sign(State.OK, f"Port {port} is free; 'caveat serve' starts the server there.")
    return _server(port, said)


def _health(port: int) -> object:
    """What answers on the port says of itself; None where that is nothing. Raises ConnectionRefusedError."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", "/v1/health")
        return json.loads(connection.getresponse().read(10_000))
    except ConnectionRefusedError:
        raise
    except (OSError, ValueError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _server(port: int, said: object) -> Sign:
    """What is to be said of who answers on the port."""
    if not isinstance(said, dict) or said.get("name") != "caveat":
        return Sign(
            State.MEND, f"Another program answers on port {port}.", "Stop it, or give caveat serve another --port."
        )
    if said.get("version") != caveat.__version__:
        return Sign(
            State.MEND,
            f"On port {port} Caveat {said.get('version')} is running, and this is {caveat.__version__}.",
            "Stop it, and start caveat serve anew.",
        )
    if said.get("rules_error"):
        return Sign(
            State.MEND, f"The server on port {port} cannot read a change of its rules.", f"{said['rules_error']}"[:300]
        )
    if resting := said.get("resting_rules"):
        return Sign(
            State.NOTE,
            f"On the server on port {port} rules rest, for they take too long.",
            ", ".join(map(str, resting)),
        )
    return Sign(State.OK, f"The server on port {port} answers with {said.get('rules')} rules.")


def _browsers() -> Iterator[Sign]:
    """The browsers that are installed, and whether they are new enough for the extension, where that lies here."""
    least = _least_versions()
    seen = False
    for names, wanted in zip(_BROWSERS, least, strict=True):
        path = next((path for name in names if (path := shutil.which(name))), None)
        if path is None:
            continue
        seen = True
        version = _version(path)
        if version and wanted and version < wanted:
            yield Sign(
                State.MEND,
                f"{Path(path).name} {version} is older than {wanted}, which the extension needs.",
                "Update it.",
            )
        else:
            yield Sign(State.OK, f"{Path(path).name} {version or 'of unknown version'}")
    if not seen:
        yield Sign(
            State.NOTE,
            "No Chromium, Chrome or Firefox is on the PATH.",
            "The extension needs one; the command line does not.",
        )
    if not _MANIFEST.is_file():
        yield Sign(
            State.NOTE,
            "There is no extension/ in this folder.",
            "Run this where Caveat was unpacked to check the extension too.",
        )


def _least_versions() -> tuple[int | None, int | None]:
    """The oldest Chrome and Firefox that the extension runs in."""
    try:
        manifest = json.loads(_MANIFEST.read_text(encoding="utf-8"))
        chrome = int(manifest["minimum_chrome_version"])
        firefox = int(float(manifest["browser_specific_settings"]["gecko"]["strict_min_version"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None, None
    return chrome, firefox


def _version(path: str) -> int | None:
    try:
        said = subprocess.run(  # noqa: S603 (a browser on the PATH)
            [path, "--version"], capture_output=True, text=True, timeout=20, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = regex.search(r"(\d+)\.\d", said)
    return int(found[1]) if found else None


def _memory() -> Sign:
    try:
        told = Path("/proc/meminfo").read_text(encoding="ascii")
        free = int(regex.search(r"MemAvailable:\s+(\d+) kB", told)[1]) * 1024  # type: ignore[index]
    except (OSError, TypeError):
        return Sign(State.NOTE, "How much memory is free cannot be told here.")
    if free < _MEMORY:
        return Sign(
            State.NOTE,
            f"Only {free // 1_000_000} MB of memory are free; a server takes {_MEMORY // 1_000_000}.",
            "Close something, or give caveat serve --workers 1.",
        )
    return Sign(State.OK, f"{free // 1_000_000:,} MB of memory are free.")


def _files() -> Sign:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < _FILES:
        return Sign(
            State.MEND, f"A process may open only {soft} files; a server needs {_FILES}.", f"Type: ulimit -n {_FILES}"
        )
    return Sign(State.OK, f"A process may open {soft:,} files.")
