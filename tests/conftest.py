"""What tests of every kind share: the rules that come with Caveat, and a real server."""

import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from hypothesis import settings

from caveat import Checker
from caveat.rules import files
from caveat.rules.loader import rules_dir
from caveat.rules.source import read

# How long a text takes depends on what else the machine does; slowness is for benchmarks.
settings.register_profile("caveat", deadline=None)
settings.load_profile("caveat")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def rule_files_parsed_once():
    """Caveat's own rule files do not change while tests run, and to parse them is a third of each of many loads."""
    parsed = {}

    def read_once(path, name):
        if not path.is_relative_to(rules_dir()):
            return read(path, name)
        if path not in parsed:
            parsed[path] = read(path, name)
        return parsed[path]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "read", read_once)
        yield


@pytest.fixture(scope="session")
def checker() -> Checker:
    """Caveat with the rules it comes with."""
    return Checker()


@pytest.fixture(scope="session")
def seeds() -> dict[str, str]:
    """The seed articles by their ids."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))}


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_server(*options: str, output=None) -> tuple[str, subprocess.Popen]:
    """Start a real server on a free port; gives its address and its process once it is ready."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "caveat", "serve", "--port", str(port), *options], stdout=output, stderr=output
    )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while True:
        assert process.poll() is None, "the server ended before it was ready"
        try:
            urllib.request.urlopen(f"{address}/v1/health", timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline, "the server was not ready within a minute"
            time.sleep(0.1)
        else:
            return address, process


@pytest.fixture(scope="session")
def server() -> str:
    """The address of a real server with two processes."""
    address, process = start_server("--workers", "2")
    yield address
    process.terminate()
    assert process.wait(20) == 0
