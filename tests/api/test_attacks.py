"""Strangers at the server: stalled, malformed and lying requests, too many of them, and processes that die."""

import contextlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.conftest import start_server

TEXT = b'{"text": "Kava binds to GABA receptors."}'
POST = "POST /v1/analyze HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("attacks") / "log"


@pytest.fixture(scope="module")
def lone(log):
    """A server of one process; its log is `log`."""
    with log.open("w") as file:
        address, process = start_server("--workers", "1", output=file)
        yield address
        process.terminate()
        assert process.wait(20) == 0


def connect(address):
    client = socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), timeout=30)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def send(address, data):
    """The status and the whole answer to bytes that are sent as they are."""
    with connect(address) as client:
        client.sendall(data if isinstance(data, bytes) else data.encode())
        client.shutdown(socket.SHUT_WR)
        answer = b""
        with contextlib.suppress(ConnectionResetError):
            while piece := client.recv(65536):
                answer += piece
    return int(answer.split(b" ", 2)[1]) if answer else None, answer


def health(address, timeout=5):
    begun = time.monotonic()
    with urllib.request.urlopen(f"{address}/v1/health", timeout=timeout) as reply:
        assert json.load(reply)["ready"]
    return time.monotonic() - begun


STALLED = [
    "",
    "G",
    POST,
    f"{POST}Content-Length: 41\r\n\r\n{{",
    f"{POST}Content-Length: 99999999\r\n\r\n{{",
    f"{POST}Transfer-Encoding: chunked\r\n\r\n5\r\n",
]


def test_clients_who_stall_keep_nobody_out_and_are_sent_away(lone):
    stalled = [connect(lone) for _ in range(600)]
    for client, begun in zip(stalled, STALLED * 100, strict=True):
        client.sendall(begun.encode())
    time.sleep(0.3)
    assert health(lone) < 1
    time.sleep(10.5)
    ended = time.monotonic() + 3
    for client in stalled:
        client.settimeout(max(0.01, ended - time.monotonic()))
        with contextlib.suppress(ConnectionResetError):
            while client.recv(65536):  # an answer that refuses, and then the end
                pass
        client.close()


def test_a_client_who_drips_is_sent_away(lone):
    with connect(lone) as client:
        begun = time.monotonic()
        for letter in f"{POST}X-Long: {'a' * 100}":
            try:
                client.sendall(letter.encode())
            except OSError:
                break
            time.sleep(0.25)
        assert 9 < time.monotonic() - begun < 14
    assert health(lone) < 1


@pytest.mark.parametrize(
    "data",
    [
        "GARBAGE\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nBad Header: x\r\n\r\n",
        "GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\n folded\r\n\r\n",
        f"GET /{'a' * 70_000} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        f"GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: {'a' * 70_000}\r\n\r\n",
        *(
            f"{POST}Transfer-Encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n0\r\n\r\n"
            for size in ("-5", "zz", "0x5", "5_0", "2;" + "x" * 5000)
        ),
        f"{POST}Transfer-Encoding: xchunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n",
        f"{POST}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n",
        f"{POST}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        f"{POST}Content-Length: -1\r\n\r\n",
        f"{POST}Content-Length: 99999999999999999999\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused_and_never_a_failure(lone, data):
    status, answer = send(lone, data)
    assert status is None or 400 <= status < 500
    assert b"aaaa" not in answer
    assert health(lone) < 1


def test_no_header_says_where_the_server_is(lone):
    for header in ("SCRIPT_NAME: /zzz", "PATH_INFO: /zzz", "X-Forwarded-Proto: https", "X-Forwarded-For: 1.2.3.4"):
        status, _ = send(lone, f"GET /v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}\r\nConnection: close\r\n\r\n")
        assert status in {200, 400}


def test_a_body_that_is_cut_off_is_never_read(lone):
    assert send(lone, f"{POST}Content-Length: 100\r\n\r\n".encode() + TEXT) == (None, b"")


def test_words_behind_a_length_that_lies_reach_neither_answer_nor_log(lone, log):
    words = "NAC 600 mg every night while pregnant, says Jane Roe."
    _, answer = send(lone, f"{POST}Content-Length: 2\r\n\r\n{{}}{words}\r\n\r\n")
    assert b"Jane" not in answer
    time.sleep(0.2)
    assert "Jane" not in log.read_text()
    assert "NAC" not in log.read_text()


def test_two_requests_in_one_piece_are_both_answered(lone):
    one = f"{POST}Content-Length: {len(TEXT)}\r\n\r\n".encode() + TEXT
    _, answer = send(lone, one + one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    assert answer.count(b"HTTP/1.1 200") == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": f"chrome-extension://{'a' * 32}, https://evil.example"},
        {"Origin": "chrome-extension://"},
        {"Origin": f"chrome-extension://{'a' * 32}.evil.example"},
        {"Origin": "moz-extension://evil"},
    ],
)
def test_pages_of_other_sites_are_not_answered_whatever_they_ask(lone, headers):
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(urllib.request.Request(f"{lone}/v1/health", headers=headers))
    assert error.value.code == 403


@pytest.mark.parametrize("scheme", ["", "Basic ", "Bearer: "])
def test_a_token_stands_behind_its_scheme(scheme):
    address, process = start_server("--workers", "1", "--token", "s3cret")
    try:
        headers = {"Content-Type": "application/json", "Authorization": f"{scheme}s3cret"}
        with pytest.raises(urllib.error.HTTPError) as error:
            urllib.request.urlopen(urllib.request.Request(f"{address}/v1/analyze", TEXT, headers))
        assert error.value.code == 401
        headers["Authorization"] = "bearer s3cret"
        urllib.request.urlopen(urllib.request.Request(f"{address}/v1/analyze", TEXT, headers)).close()
    finally:
        process.terminate()
        process.wait(20)


def test_a_server_that_stops_lets_nobody_wait_and_finishes_what_it_has():
    address, process = start_server("--workers", "2")
    stalled = connect(address)
    stalled.sendall(b"G")
    waiting = [connect(address) for _ in range(100)]
    for client in waiting:
        client.sendall(f"{POST}Content-Length: {len(TEXT)}\r\nConnection: close\r\n\r\n".encode() + TEXT)
    time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    begun = time.monotonic()
    answers = []
    for client in waiting:
        answers.append(client.recv(12))
        client.close()
    assert answers == [b"HTTP/1.1 200"] * 100
    time.sleep(0.5)
    with pytest.raises(OSError):  # noqa: PT011 (refused, and not accepted to wait)
        connect(address)
    assert process.wait(20) == 0
    assert time.monotonic() - begun < 8
    stalled.close()


def test_a_process_that_is_killed_takes_little_with_it():
    address, process = start_server("--workers", "2")
    try:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii")
        text = json.dumps({"text": "Kava binds to GABA receptors. " * 300}).encode()
        waiting = [connect(address) for _ in range(200)]
        for client in waiting:
            client.sendall(f"{POST}Content-Length: {len(text)}\r\nConnection: close\r\n\r\n".encode() + text)
        os.kill(int(children.split()[0]), signal.SIGKILL)
        lost = 0
        for client in waiting:
            with contextlib.suppress(ConnectionResetError):
                lost += client.recv(12) != b"HTTP/1.1 200"
                continue
            lost += 1
        assert lost <= 40
        assert health(address) < 5
    finally:
        process.terminate()
        process.wait(20)


def test_more_idle_connections_than_files_end_no_process():
    usual = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, usual[1]))
    try:
        address, process = start_server("--workers", "1")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(usual[0], 4096), usual[1]))
    try:
        idle = [connect(address) for _ in range(1100)]
        time.sleep(12)
        assert health(address) < 2
        for client in idle:
            client.close()
    finally:
        process.terminate()
        process.wait(20)
        resource.setrlimit(resource.RLIMIT_NOFILE, usual)


@pytest.mark.parametrize("options", [["--token", ""], ["--token", " "], ["--host", "0.0.0.0", "--token", "x"]])
def test_a_token_that_is_none_is_told(options):
    done = subprocess.run(
        [sys.executable, "-m", "caveat", "serve", *options], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "token" in done.stderr
