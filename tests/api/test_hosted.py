"""`caveat serve --hosted`: who may ask and how often, what is counted and logged, and what stands around it."""

import base64
import contextlib
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.conftest import ROOT, free_port, start_server

TOKEN = "a-token-of-some-length"  # noqa: S105 (of these tests alone)
TEXT = b'{"text": "Kava binds to GABA receptors."}'
DEPLOY = ROOT / "server" / "deploy"


def installed(name):
    """The path of a program that 'make test' installs."""
    path = shutil.which(name, path="/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin")
    assert path, f"{name} is not installed; 'make test' installs it"
    return path


def wait_for(port):
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError(f"nothing answers on port {port}")


@contextlib.contextmanager
def program(*command):
    """A program that runs meanwhile."""
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def redis(port):
    return program(installed("redis-server"), "--port", port, "--save", "", "--appendonly", "no")


@contextlib.contextmanager
def hosted(*options, output=None):
    address, process = start_server("--hosted", "--token", TOKEN, *options, output=output)
    try:
        yield address
    finally:
        process.terminate()
        assert process.wait(20) == 0


def ask(address, path="/v1/analyze", data=TEXT, context=None, **headers):
    """The status, the headers and the body of an answer."""
    sent = {"Content-Type": "application/json", "Authorization": f"Bearer {TOKEN}"} | headers
    request = urllib.request.Request(address + path, data, {name: value for name, value in sent.items() if value})
    try:
        with urllib.request.urlopen(request, timeout=20, context=context) as reply:
            return reply.status, reply.headers, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def status(*arguments, **keywords):
    return ask(*arguments, **keywords)[0]


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("hosted") / "log"


@pytest.fixture(scope="module")
def server(log):
    """A hosted server of two processes that takes a thousand requests a minute."""
    with log.open("w") as file, hosted("--workers", "2", "--rate", "1000/minute", output=file) as address:
        yield address


def test_processes_and_servers_count_a_caller_together():
    port = free_port()
    options = ("--redis", f"redis://127.0.0.1:{port}/0", "--rate", "6/minute", "--workers", "2")
    with redis(port):
        wait_for(port)
        with hosted(*options) as one, hosted(*options) as other:
            statuses = [status(address, **{"X-Forwarded-For": "192.0.2.1"}) for address in (one, other) * 5]
            assert statuses == [200] * 6 + [429] * 4
            code, headers, body = ask(one, **{"X-Forwarded-For": "192.0.2.1"})
            assert code == 429
            assert 0 < int(headers["Retry-After"]) <= 60
            assert "wait as long as Retry-After says" in json.loads(body)["detail"]
            assert status(one, **{"X-Forwarded-For": "192.0.2.2"}) == 200, "another caller"


def test_without_redis_each_process_counts_by_itself_until_it_is_back():
    port = free_port()
    options = ("--redis", f"redis://127.0.0.1:{port}/0", "--rate", "3/minute", "--workers", "1")
    with redis(port):
        wait_for(port)
        with hosted(*options) as address:
            assert status(address) == 200
            subprocess.run([installed("redis-cli"), "-p", str(port), "shutdown", "nosave"], check=True)
            begun = time.monotonic()
            assert [status(address) for _ in range(4)] == [200, 200, 200, 429]
            assert time.monotonic() - begun < 10
            assert status(address, "/readyz", None) == 200


def test_guessing_a_token_is_limited_too():
    with hosted("--rate", "3/minute", "--workers", "1") as address:
        guesses = [status(address, Authorization=f"Bearer guess-{number}") for number in range(5)]
    assert guesses == [401, 401, 401, 429, 429]


def test_only_the_probes_are_open(server):
    for path in ("/livez", "/readyz", "/v1/health"):
        assert status(server, path, None, Authorization="") == 200
    for path in ("/metrics", "/", "/v1/rules", "/openapi.json"):
        assert status(server, path, None, Authorization="") == 401
        assert status(server, path, None) == 200


def test_it_answers_by_the_name_of_its_proxy(server):
    assert status(server, Host="caveat.example.org", **{"X-Forwarded-Proto": "https"}) == 200
    assert status(server, Host="caveat.example.org", Origin="https://elsewhere.example") == 403


def requests_told(address):
    metrics = ask(address, "/metrics", None)[2].decode()
    pattern = r'caveat_requests_total\{method="POST",route="/v1/analyze",status="200"\} (\d+)'
    found = re.search(pattern, metrics)
    return int(found[1]) if found else 0


def test_metrics_add_up_over_processes(server):
    before = requests_told(server)
    assert [status(server) for _ in range(20)] == [200] * 20
    assert {requests_told(server) - before for _ in range(6)} == {20}, "whichever process answers"


def test_the_log_is_lines_of_json_and_holds_nothing_of_what_was_asked(server, log):
    assert status(server, data=b'{"text": "Moonwort cures lunacy."}') == 200
    assert status(server, "/v1/rules/moonwort?secret=lunacy", None) == 404
    assert status(server, "/moonwort", None) == 404
    written = log.read_text()
    lines = [json.loads(line) for line in written.splitlines() if not line.startswith("Caveat is ready")]
    told = [line for line in lines if line["logger"] == "caveat.requests"]
    assert {"/v1/analyze", "/v1/rules/<rule_id>", "none"} <= {line["route"] for line in told}
    last = next(line for line in reversed(told) if line["route"] == "/v1/analyze")
    assert (last["method"], last["status"], last["received"]) == ("POST", 200, 34)
    assert "oonwort" not in written
    assert "lunacy" not in written


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "needs a token of at least 16 characters"),
        (["--token", "short"], "needs a token of at least 16 characters"),
        (["--token", TOKEN, "--rate", "often"], "'often' is no rate; write it as 60/minute."),
        (["--token", TOKEN, "--redis", "localhost"], "'localhost' is no address of Redis"),
    ],
)
def test_what_cannot_be_hosted_is_told(options, said):
    command = [sys.executable, "-m", "caveat", "serve", "--hosted", "--port", str(free_port()), *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.fixture
def proxied(server, tmp_path):
    """The server behind nginx as `server/deploy/nginx.conf` has it, with paths and ports of this test."""
    subprocess.run(
        [installed("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
         "-subj", "/CN=caveat.example.org", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
         tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    (tmp_path / "caveat-token.conf").write_text(f'proxy_set_header Authorization "Bearer {TOKEN}";\n')
    (tmp_path / "caveat-users").write_text("ada:{PLAIN}lovelace\n")
    port = free_port()
    site = (DEPLOY / "nginx.conf").read_text()
    for ours, here in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/ssl/caveat", str(tmp_path)),
        ("/etc/nginx", str(tmp_path)),
        ("http://127.0.0.1:5055", server),
    ):
        assert ours in site
        site = site.replace(ours, here)
    temporary = "\n".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # Who is root would hand over to somebody who may not read these files.
    user = "user root;" if os.geteuid() == 0 else ""
    whole = f"{user} daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}\n"
    (tmp_path / "nginx.conf").write_text(f"{whole} http {{ {temporary}\n{site} }}")
    with program(installed("nginx"), "-c", tmp_path / "nginx.conf", "-e", tmp_path / "error.log"):
        wait_for(port)
        yield f"https://127.0.0.1:{port}", ssl.create_default_context(cafile=tmp_path / "fullchain.pem")


def test_behind_nginx_callers_show_who_they_are_and_never_see_the_token(proxied):
    address, context = proxied
    ada = "Basic " + base64.b64encode(b"ada:lovelace").decode()
    code, headers, body = ask(address, context=context, Authorization=ada)
    assert (code, json.loads(body)["findings"][0]["category"]) == (200, "mechanism")
    assert TOKEN not in str(headers) + body.decode()
    assert status(address, context=context) == 401, "the token is no password of nginx"
    assert status(address, context=context, Authorization="") == 401
    assert status(address, data=b" " * 12_700_000, context=context, Authorization=ada) == 413
    assert b"caveat_requests_total" in ask(address, "/metrics", None, context=context, Authorization="")[2]


def test_the_unit_of_systemd_is_right_and_locked_up(tmp_path):
    unit = (DEPLOY / "caveat.service").read_text()
    command = re.search(r"^ExecStart=(\S+) (.*)$", unit, re.MULTILINE)
    program_here = Path(sys.executable).parent / "caveat"
    (tmp_path / "caveat.service").write_text(unit.replace(command[1], str(program_here)))
    verified = subprocess.run(
        [installed("systemd-analyze"), "verify", tmp_path / "caveat.service"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    judged = subprocess.run(
        [installed("systemd-analyze"), "security", "--offline=true", tmp_path / "caveat.service"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert float(re.search(r"exposure level for caveat.service: ([\d.]+)", judged.stdout)[1]) <= 1.5
    helped = subprocess.run([program_here, "serve", "--help"], capture_output=True, text=True, check=True).stdout
    assert all(option in helped for option in re.findall(r"--\w+", command[2])), "it starts what there is"


def test_the_container_installs_what_the_extra_names():
    """Every package of the extra is in the lock that the container installs from, with its hash."""
    locked = (DEPLOY / "requirements.lock").read_text()
    for name in ("flask-limiter", "redis", "prometheus-client", "python-json-logger", "gunicorn", "hatchling"):
        assert re.search(rf"^{name}==\S+ .*\\\n    --hash=sha256:", locked, re.MULTILINE) or re.search(
            rf"^{name}==\S+ \\\n    --hash=sha256:", locked, re.MULTILINE
        ), name
    written = (DEPLOY / "Containerfile").read_text()
    assert "--require-hashes -r server/deploy/requirements.lock" in written
    assert re.search(r"^USER caveat$", written, re.MULTILINE)
