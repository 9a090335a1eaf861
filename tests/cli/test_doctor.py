"""`caveat doctor`: an installation that is well, and each thing that can be wrong with it."""

import http.server
import json
import os
import subprocess
import sys
import threading

import pytest
from tests.conftest import ROOT, free_port, start_server


def doctor(*arguments, code=0, cwd=ROOT, limit="", **environment):
    command = f'{limit} exec "$0" "$@"'
    done = subprocess.run(
        ["/bin/sh", "-c", command, sys.executable, "-m", "caveat", "doctor", *map(str, arguments)],
        capture_output=True, text=True, timeout=120, check=False, cwd=cwd, env=os.environ | environment,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def answers():
    """A program on a port that is not Caveat, or says what it is told to."""
    body = [b"hello"]

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body[0])

        def log_message(self, *_):
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], body
    server.shutdown()
    server.server_close()


def test_an_installation_that_is_well_says_so_of_each_piece():
    said = doctor("--port", free_port())
    assert "mend" not in said
    for piece in (
        "ok   Caveat 0.",
        " rules and ",
        "Loaded rules are kept in",
        "is free; 'caveat serve'",
        "chromium",
        "firefox",
    ):
        assert piece in said


def test_a_running_server_is_seen():
    address, process = start_server("--workers", "1")
    try:
        assert "answers with" in doctor("--port", address.rpartition(":")[2])
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (b"hello", "mend Another program answers on port"),
        (b"[]", "mend Another program answers on port"),
        (json.dumps({"name": "caveat", "version": "0.0.1"}).encode(), "mend On port "),
    ],
)
def test_what_else_answers_on_the_port_is_told(answers, said, told):
    port, body = answers
    body[0] = said
    assert told in doctor("--port", port, code=1)


def test_a_port_that_browsers_refuse_is_told():
    assert "mend Browsers refuse to speak to port 6000." in doctor("--port", 6000, code=1)


def test_broken_rules_are_told_with_the_way_to_all_of_them(tmp_path):
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "own.yaml").write_text("rules: 3")
    said = doctor("--rules", tmp_path, "--port", free_port(), code=1)
    assert "mend The rules cannot be loaded: " in said
    assert "caveat rules lint" in said


def test_rules_that_anybody_can_write_are_told(tmp_path):
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "own.yaml").write_text("rules: []")
    (tmp_path / "packs" / "own.yaml").chmod(0o666)
    assert "mend Anybody on this machine can write" in doctor("--rules", tmp_path, "--port", free_port(), code=1)


def test_a_cache_that_others_can_write_is_told(tmp_path):
    (tmp_path / "caveat").mkdir()
    (tmp_path / "caveat").chmod(0o777)
    assert "mend Others can write" in doctor("--port", free_port(), code=1, XDG_CACHE_HOME=str(tmp_path))


def test_too_few_files_are_told():
    assert "mend A process may open only 256 files" in doctor("--port", free_port(), code=1, limit="ulimit -n 256;")


def test_without_browsers_or_extension_the_rest_is_told(tmp_path):
    said = doctor("--port", free_port(), cwd=tmp_path, PATH=str(tmp_path))
    assert "note No Chromium, Chrome or Firefox is on the PATH." in said
    assert "note There is no extension/ in this folder." in said


def test_a_browser_that_is_too_old_is_told(tmp_path):
    (tmp_path / "firefox").write_text("#!/bin/sh\necho 'Mozilla Firefox 60.0esr'\n")
    (tmp_path / "firefox").chmod(0o755)
    assert "mend firefox 60 is older than 150" in doctor(
        "--port", free_port(), code=1, PATH=f"{tmp_path}:/bin:/usr/bin"
    )
