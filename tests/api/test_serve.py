"""`caveat serve`: what it prints, its token, and what it refuses."""

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.conftest import start_server

from caveat.web.ports import BLOCKED

TEXT = b'{"text": "Kava binds to GABA receptors."}'


@pytest.fixture(scope="module")
def guarded():
    address, process = start_server("--workers", "1", "--token", "s3cret")
    yield address
    process.terminate()
    process.wait(20)


def post(address, **headers):
    headers = {"Content-Type": "application/json", **headers}
    with urllib.request.urlopen(urllib.request.Request(f"{address}/v1/analyze", TEXT, headers)) as reply:
        return json.load(reply)


def test_a_server_with_a_token_answers_only_who_has_it(guarded):
    assert post(guarded, Authorization="Bearer s3cret")["findings"]
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer s3crèt"}):
        with pytest.raises(urllib.error.HTTPError) as error:
            post(guarded, **{name: value.encode().decode("latin-1") for name, value in headers.items()})
        assert error.value.code == 401
        assert "Bearer TOKEN" in json.load(error.value)["detail"]


def test_a_token_may_be_any_word():
    address, process = start_server("--workers", "1", "--token", "sécret")
    try:
        assert post(address, Authorization="Bearer sécret".encode().decode("latin-1"))["findings"]
    finally:
        process.terminate()
        process.wait(20)


def test_its_health_can_be_seen_without_one(guarded):
    with urllib.request.urlopen(f"{guarded}/v1/health") as reply:
        assert json.load(reply)["ready"] is True


def caveat(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "caveat", *arguments], capture_output=True, text=True, timeout=60, check=False
    )


def test_other_machines_are_not_served_without_a_token():
    done = caveat("serve", "--host", "0.0.0.0")
    assert done.returncode == 2
    assert "set a token" in done.stderr


def test_a_port_that_is_taken_is_told(guarded):
    done = caveat("serve", "--port", guarded.rpartition(":")[2])
    assert done.returncode != 0
    assert "already in use" in done.stderr
    assert "--port" in done.stderr


def test_no_word_of_a_page_is_logged(tmp_path):
    log = tmp_path / "log"
    with log.open("w") as file:
        address, process = start_server("--workers", "1", output=file)
        post(address)
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{address}/v1/analyze?text=kava")
        process.terminate()
        process.wait(20)
    written = log.read_text()
    assert f"Caveat is ready at {address}" in written
    assert "kava" not in written.lower()
    assert "gaba" not in written.lower()


def test_a_port_that_browsers_block_is_refused_with_a_reason():
    command = [sys.executable, "-m", "caveat", "serve", "--port", "5061"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "Browsers refuse to speak to port 5061" in done.stderr


def test_the_extension_has_the_same_list_of_blocked_ports():
    written = (Path(__file__).parents[2] / "extension/lib/ports.js").read_text("utf-8").partition("[")[2]
    assert set(map(int, re.findall(r"\d+", written))) == BLOCKED
