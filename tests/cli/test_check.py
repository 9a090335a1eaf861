"""`caveat check`: a file, standard input or an address; text for people, JSON for programs; exit codes."""

import json
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from caveat import fetch

CLAIM = "Valerian may enhance GABA activity. Take 400 mg before bed."


@contextmanager
def serving(answer):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer(self)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def reply(handler, status, kind, body):
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.end_headers()
    handler.wfile.write(body)


def endless(handler):
    reply(handler, 200, "text/html", b"")
    try:
        for _ in range(1000):
            handler.wfile.write(b"kava " * 10_000)
    except OSError:
        pass


def slow(handler):
    reply(handler, 200, "text/html", b"")
    try:
        for _ in range(60):
            handler.wfile.write(b"kava ")
            handler.wfile.flush()
            time.sleep(0.5)
    except OSError:
        pass


def check(*arguments, stdin=None):
    command = [sys.executable, "-m", "caveat", "check", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=90, check=False)


def test_the_claims_of_a_text_are_printed_in_their_sentences(tmp_path):
    path = tmp_path / "valerian.txt"
    path.write_text(CLAIM)
    done = check(str(path))
    printed = done.stdout.decode()
    assert done.returncode == 1
    assert "[Valerian may enhance GABA activity]." in printed
    assert "mechanism · hedged (“may”)" in printed
    assert "[Take 400 mg before bed]." in printed
    assert "Risk: LOW" in printed
    assert "does not give medical advice" in printed
    assert "\x1b[" not in printed


def test_standard_input_is_read_and_json_is_printed():
    done = check("-", "--format", "json", stdin=CLAIM.encode())
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert [finding["category"] for finding in report["findings"]] == ["mechanism", "dose"]
    assert all(report["text"][f["start"] : f["end"]] == f["quote"] for f in report["findings"])


def test_text_from_elsewhere_does_not_steer_the_terminal():
    done = check("-", stdin=b"Kava \x1b]0;owned\x07binds to GABA receptors. \x1b[31m")
    assert b"\x1b" not in done.stdout
    assert b"\x07" not in done.stdout


def test_a_text_without_claims_exits_with_0():
    assert check("-", stdin=b"The museum is open on Sundays.").returncode == 0


def test_html_is_known_by_its_name_or_its_look(tmp_path):
    page = "<!doctype html><title>Take 9 mg of kava daily</title><p>Kava binds to <b>GABA</b> receptors."
    path = tmp_path / "kava.html"
    path.write_text(page)
    for done in (check(str(path)), check("-", stdin=page.encode())):
        assert "[Kava binds to GABA receptors]." in done.stdout.decode()
        assert "9 mg" not in done.stdout.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No such file"),
        (b"", "holds no text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "is not text"),
        (b"a" * 5_000_001, "larger than 5 MB"),
        (b"<!doctype html>" + b"<div>" * 10_000, "nests them too deep"),
    ],
)
def test_what_cannot_be_read_exits_with_3_and_says_why(tmp_path, content, said):
    path = tmp_path / "page"
    if content is not None:
        path.write_bytes(content)
    done = check(str(path))
    assert done.returncode == 3
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_wrong_usage_exits_with_2():
    assert check().returncode == 2
    assert check("-", "--format", "xml").returncode == 2


def test_an_address_is_fetched():
    page = b"<meta charset=utf-8><p>Kava binds to GABA receptors."
    with serving(lambda handler: reply(handler, 200, "text/html", page)) as address:
        done = check(address)
    assert "[Kava binds to GABA receptors]." in done.stdout.decode()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda handler: reply(handler, 404, "text/html", b"gone"), "answered 404"),
        (lambda handler: reply(handler, 200, "image/png", b"\x89PNG"), "is image/png"),
        (endless, "larger than 5 MB"),
        (slow, "took longer than"),
    ],
    ids=["missing", "image", "endless", "slow"],
)
def test_an_address_that_gives_no_page_is_told(answer, said):
    with serving(answer) as address:
        done = check(address)
    assert done.returncode == 3
    assert said in done.stderr.decode()


def test_an_address_where_nobody_answers_is_told():
    done = check("http://127.0.0.1:9/")
    assert done.returncode == 3
    assert "cannot be fetched" in done.stderr.decode()


def redirecting(target):
    def answer(handler):
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.end_headers()

    return answer


def dripping(handler):
    try:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(80):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.5)
    except OSError:
        pass


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (redirecting("http://["), "cannot be fetched"),
        (redirecting("file:///etc/passwd"), "no web address"),
        (redirecting("/"), "without end"),
        (dripping, "took longer than"),
        (lambda handler: reply(handler, 200, "image/x\x1bc\x1b[6n", b""), "not a text"),
    ],
    ids=["no address", "a file", "in circles", "dripping headers", "a type that steers"],
)
def test_a_hostile_server_is_told_in_a_sentence(answer, said):
    with serving(answer) as address:
        done = check(address)
    assert (done.returncode, done.stdout) == (3, b"")
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"\x1b" not in done.stderr


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "raw_unicode_escape", "utf-7", "idna", "rot13", "a\x18b", "nope"]
)
def test_an_encoding_that_is_none_is_not_used(charset):
    page = f"<meta charset='{charset}'><p>Kava binds to GABA receptors. \\ud800 +2AA-".encode()
    with serving(lambda handler: reply(handler, 200, f"text/html; charset={charset}", page)) as address:
        done = check(address, "--format", "json")
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["findings"]) == 1


def test_a_page_of_the_internet_does_not_lead_into_the_readers_network(monkeypatch):
    monkeypatch.setattr(fetch, "_is_private", lambda url: "127.0.0.1" not in url)
    with (
        serving(redirecting("http://10.0.0.1/")) as address,
        pytest.raises(fetch.Unreadable, match="not on the internet"),
    ):
        fetch.fetch(address)


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("http://127.0.0.1/", True),
        ("http://169.254.169.254/", True),
        ("http://[::1]:80/", True),
        ("http://8.8.8.8/", False),
    ],
)
def test_the_readers_own_network_is_known(url, private):
    assert fetch._is_private(url) is private


def test_a_password_in_an_address_is_not_shown():
    done = check("http://me:secret@127.0.0.1:9/")
    assert b"secret" not in done.stderr


def test_words_that_turn_a_line_round_do_not():
    done = check("-", stdin="Kava \u202ebinds to GABA receptors.".encode())
    assert "\u202e" not in done.stdout.decode()
