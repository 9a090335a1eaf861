"""`caveat serve --rules DIR`: rules of one's own, which change while the server runs."""

import json
import subprocess
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.conftest import start_server

SHIMMERS = """\
pack: mechanism
rules:
  - id: mechanism.shimmers
    title: Says it makes the aura shimmer
    match: ["(shimmers|sparkles) ~3 aura"]
    message: "Says that {substance.name} shimmers."
    examples: ["[[Kava shimmers in the aura]].", "[[Kava sparkles around the aura]]."]
    clean: ["Kava.", "The aura shimmers."]
"""
TEXT = "Kava shimmers in the aura. Kava binds to GABA receptors."
HOSTILE = SHIMMERS.replace('"(shimmers|sparkles) ~3 aura"', r"'regex:(?:\w|\w\w|\w \w)+!'")


def ask(address, text=None):
    """The health of a server, or its report on a text."""
    body = None if text is None else json.dumps({"text": text}).encode()
    path = "health" if text is None else "analyze"
    request = urllib.request.Request(f"{address}/v1/{path}", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as reply:
        return json.load(reply)


def until(address, said, callers=1):
    """Ask for the health until every answer, to several callers at once, says what is waited for."""
    deadline = time.monotonic() + 60
    with ThreadPoolExecutor(callers) as pool:
        while True:
            answers = list(pool.map(ask, [address] * callers))
            assert all(health["ready"] is True for health in answers)
            if all(map(said, answers)):
                return
            assert time.monotonic() < deadline, answers
            time.sleep(0.1)


def found(address, text=TEXT):
    return {finding["rule"] for finding in ask(address, text)["findings"]}


@pytest.fixture
def serve(tmp_path):
    """Start a server with the rules of the folder `own`; its log is in `log`."""
    processes = []
    (tmp_path / "own/packs").mkdir(parents=True)

    def start(workers):
        with (tmp_path / "log").open("w") as log:
            address, process = start_server("--workers", workers, "--rules", str(tmp_path / "own"), output=log)
        processes.append(process)
        return address

    yield start
    for process in processes:
        process.terminate()
        assert process.wait(20) == 0


def test_a_pack_is_added_broken_mended_and_taken_away_while_the_server_answers(serve, tmp_path):
    address = serve("1")
    pack = tmp_path / "own/packs/mine.yaml"
    shipped = ask(address)["rules"]
    before = found(address)
    assert before
    stop, reports = threading.Event(), []

    def read_on():
        while not stop.is_set():
            reports.append(found(address))

    reader = threading.Thread(target=read_on, daemon=True)
    reader.start()

    pack.write_text(SHIMMERS, encoding="utf-8")
    until(address, lambda health: health["rules"] == shipped + 1)
    assert found(address) == before | {"mechanism.shimmers"}

    pack.write_text(SHIMMERS.replace("title:", "titel:"), encoding="utf-8")
    until(address, lambda health: "rules_error" in health)
    health = ask(address)
    assert health["rules"] == shipped + 1
    assert (
        "packs/mine.yaml:4:5: key-unknown There is no key 'titel' here. Did you mean 'title'?" in health["rules_error"]
    )
    assert found(address) == before | {"mechanism.shimmers"}

    pack.write_text(SHIMMERS, encoding="utf-8")
    until(address, lambda health: "rules_error" not in health)

    pack.unlink()
    until(address, lambda health: health["rules"] == shipped)
    assert found(address) == before
    stop.set()
    reader.join()

    # Every reader had an answer, by the old rules or by the new, and never by half of them.
    assert all(report - {"mechanism.shimmers"} == before for report in reports)
    log = (tmp_path / "log").read_text()
    assert log.count("cannot be used; the last good ones stay in force") == 1
    assert log.count("packs/mine.yaml:4:5: key-unknown") == 1
    assert TEXT[:13] not in log


def test_every_process_reads_a_changed_file_and_the_log_tells_it_once(serve, tmp_path):
    address = serve("2")
    pack = tmp_path / "own/packs/mine.yaml"
    shipped = ask(address)["rules"]
    pack.write_text(SHIMMERS.replace("title:", "titel:"), encoding="utf-8")
    until(address, lambda health: "rules_error" in health, callers=16)
    pack.write_text(SHIMMERS, encoding="utf-8")
    until(address, lambda health: health["rules"] == shipped + 1 and "rules_error" not in health, callers=16)
    assert "mechanism.shimmers" in found(address)
    log = (tmp_path / "log").read_text()
    assert log.count("cannot be used") == 1
    assert log.count("have changed") == 1


def test_a_file_that_is_still_being_written_is_waited_for(serve, tmp_path):
    address = serve("1")
    shipped = ask(address)["rules"]
    with (tmp_path / "own/packs/mine.yaml").open("w") as pack:
        for line in SHIMMERS.splitlines(keepends=True):
            pack.write(line)
            pack.flush()
            time.sleep(0.2)
            assert "rules_error" not in ask(address)
    until(address, lambda health: health["rules"] == shipped + 1 and "rules_error" not in health)
    assert "cannot be used" not in (tmp_path / "log").read_text()


def test_a_pattern_that_never_ends_holds_up_nobody_else(serve, tmp_path):
    (tmp_path / "own/packs/mine.yaml").write_text(HOSTILE, encoding="utf-8")
    address = serve("1")
    slow = f"Kava {'shimmers ' * 40}; so! " * 1000
    reports = []
    readers = [threading.Thread(target=lambda: reports.append(ask(address, slow))) for _ in range(2)]
    for reader in readers:
        reader.start()
    answered = 0
    while any(reader.is_alive() for reader in readers):
        assert found(address, "Kava binds to GABA receptors.")
        answered += 1
    for reader in readers:
        reader.join()
    assert answered > 1
    assert [report["engine"]["slow_rules"] for report in reports] == [["mechanism.shimmers"]] * 2

    def rests(health) -> bool:
        if health.get("resting_rules") == ["mechanism.shimmers"]:
            return True
        ask(address, slow)  # on a busy machine a page's time may be over before it has counted three
        return False

    until(address, rests)
    rested = ask(address, slow)
    assert rested["engine"]["slow_rules"] == ["mechanism.shimmers"]
    assert rested["truncated_at"] is None


@pytest.mark.parametrize("command", [["serve"], ["check", "-"]])
def test_nothing_begins_with_broken_rules(tmp_path, command):
    (tmp_path / "risk.yaml").write_text("points: many\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "caveat", *command, "--rules", str(tmp_path)],
        input="Kava.",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 4
    assert "risk.yaml:1:9: value points" in done.stderr
