"""`caveat scan`: many pages of every kind of file, to rows; nothing lost, nothing doubled, nothing half-written."""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from caveat.reading import document_of
from caveat.scan import sink
from caveat.scan.sources import LARGEST, files_of, records
from caveat.scan.work import Rows, Scanner

CLAIMS = [
    "Kava binds to GABA receptors.",
    "Take {n} g of kava a day.",
    "Never combine valerian with alcohol.",
    "Kratom cures cancer.",
    "Ginger may ease nausea.",
    "Ashwagandha is completely safe.",
]
PLAIN = ["The museum opens at ten.", "Rain is expected on Sunday.", "She sang {n} songs.", "Trains run every hour."]


def page(number):
    """A page made of claims and plain sentences; every fifth says nothing of health."""
    chance = random.Random(number)  # noqa: S311 (no secret)
    said = PLAIN if number % 5 == 0 else CLAIMS + PLAIN
    sentences = [chance.choice(said).format(n=number % 7 + 1) for _ in range(chance.randrange(3, 12))]
    body = f"<h1>Page {number} – ½</h1><p>{' '.join(sentences)}</p>"
    return f"<html><head><meta charset=utf-8></head><body>{body}</body></html>"


def warc(pages):
    """An archive as crawlers write it: each record gzipped by itself."""
    archive = b""
    for number, html in enumerate(pages):
        body = html.encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Target-URI: https://site.example/{number}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        archive += gzip.compress(head.encode() + http + b"\r\n\r\n")
    return archive


def scan(*arguments, check=0):
    command = [sys.executable, "-m", "caveat", "scan", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == check, done.stderr
    assert "Traceback" not in done.stderr
    return done


def rows(out, kind):
    """All rows of a scan in the order of their records."""
    found = []
    for part in sorted((out / kind).iterdir()):
        assert part.name.startswith("part-")
        if part.suffix == ".parquet":
            found += parquet.read_table(part).to_pylist()
        else:
            found += [json.loads(line) for line in part.read_text(encoding="utf-8").splitlines()]
    return sorted(found, key=lambda row: (row["record"], int(row.get("finding", "f0")[1:])))


def told(row):
    return row["rule"], row["start"], row["end"], row["certainty"], row["stance"], row["quote"]


@pytest.fixture(scope="module")
def pages():
    return [page(number) for number in range(60)]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory, pages):
    """The same pages as files, as lines, as a table and as an archive."""
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "files").mkdir()
    for number, html in enumerate(pages):
        (folder / "files" / f"{number:02}.html").write_text(html, encoding="utf-8")
    table = [{"url": f"https://site.example/{number}", "html": html} for number, html in enumerate(pages)]
    (folder / "lines.jsonl").write_text("".join(json.dumps(row) + "\n" for row in table), encoding="utf-8")
    (folder / "lines.jsonl.gz").write_bytes(gzip.compress((folder / "lines.jsonl").read_bytes()))
    parquet.write_table(pa.Table.from_pylist(table), folder / "table.parquet")
    (folder / "archive.warc.gz").write_bytes(warc(pages))
    return folder


@pytest.mark.parametrize("name", ["files", "lines.jsonl", "lines.jsonl.gz", "table.parquet", "archive.warc.gz"])
def test_every_kind_of_file_gives_what_the_checker_finds(checker, inputs, pages, tmp_path, name):
    form = "parquet" if name == "table.parquet" else "jsonl"
    scan(inputs / name, "-o", tmp_path / "out", "--format", form, "--workers", 2)
    expected = [
        (finding.rule, finding.start, finding.end, str(finding.certainty), str(finding.stance), finding.quote)
        for html in pages
        for finding in checker.check(document_of(html, html=True)).findings
    ]
    assert [told(row) for row in rows(tmp_path / "out", "findings")] == expected
    assert len(rows(tmp_path / "out", "pages")) == len(pages)
    assert rows(tmp_path / "out", "rejects") == []


def test_what_cannot_be_read_is_counted_with_its_reason_and_stops_nothing(tmp_path, pages):
    good = json.dumps({"url": "https://site.example/", "html": pages[1]})
    bad = [
        "{bad",
        "null",
        "[1]",
        '{"url": "x"}',
        '{"text": null}',
        '{"text": 5}',
        '{"text": ""}',
        '{"html": "\\u0000\\u0001"}',
    ]
    (tmp_path / "lines.jsonl").write_text("\n".join([good, *bad, good]) + "\n", encoding="utf-8")
    (tmp_path / "large.txt").write_bytes(b"a" * (LARGEST + 1))
    (tmp_path / "picture.html").write_bytes(b"\x89PNG\0\0\0")
    (tmp_path / "latin.html").write_bytes("<p>Kava binds to GABA receptors. Café.".encode("latin-1"))
    (tmp_path / "deep.html").write_text("<div>" * 5_000 + "x")
    (tmp_path / "cut.warc.gz").write_bytes(warc(pages[:3])[:-40])
    (tmp_path / "no.parquet").write_bytes(b"PAR1 not")
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress((good + "\n").encode() * 50)[:-20])

    done = scan(tmp_path, "-o", tmp_path / "out")

    reasons = {(Path(row["source"]).name, row["reason"]) for row in rows(tmp_path / "out", "rejects")}
    assert {("lines.jsonl", reason) for reason in ("bad-json", "no-object", "no-text", "null", "empty")} <= reasons
    assert {("large.txt", "too-large"), ("picture.html", "not-text"), ("deep.html", "too-complex")} <= reasons
    assert ("cut.warc.gz", "broken-file: cut off") in reasons
    assert ("cut.jsonl.gz", "broken-file: cut off") in reasons
    assert any(name == "no.parquet" and reason.startswith("broken-file") for name, reason in reasons)
    assert {Path(row["source"]).name for row in rows(tmp_path / "out", "pages")} >= {"latin.html", "lines.jsonl"}
    assert "rejected: bad-json" in done.stdout


def test_killed_again_and_again_a_scan_ends_with_the_rows_of_one_that_was_not(tmp_path):
    table = "".join(json.dumps({"id": str(number), "html": page(number)}) + "\n" for number in range(2000))
    (tmp_path / "lines.jsonl").write_text(table, encoding="utf-8")
    scan(tmp_path / "lines.jsonl", "-o", tmp_path / "calm", "--workers", 2)
    command = [sys.executable, "-m", "caveat", "scan", str(tmp_path / "lines.jsonl"), "-o", str(tmp_path / "killed")]
    chance = random.Random(7)  # noqa: S311 (no secret)
    for parts in (1, 2, 4):
        process = subprocess.Popen(
            [*command, "--workers", "2", "--resume"],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while len(list(tmp_path.glob("killed/pages/part-*"))) < parts:
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.3))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    done = scan(tmp_path / "lines.jsonl", "-o", tmp_path / "killed", "--workers", 2, "--resume")
    assert "resumed" in done.stdout
    for kind in ("pages", "findings", "rejects"):
        assert rows(tmp_path / "killed", kind) == rows(tmp_path / "calm", kind)


def test_shards_share_the_records_and_a_sample_is_the_same_again(inputs, tmp_path):
    whole = set()
    for own in (1, 2, 3):
        scan(inputs / "lines.jsonl", "-o", tmp_path / str(own), "--shard", f"{own}/3")
        own_records = {row["record"] for row in rows(tmp_path / str(own), "pages")}
        assert not own_records & whole
        whole |= own_records
    assert whole == set(range(60))
    for again in "ab":
        scan(inputs / "lines.jsonl", "-o", tmp_path / again, "--sample", 0.5)
    first, second = ({row["id"] for row in rows(tmp_path / again, "pages")} for again in "ab")
    assert first == second
    assert 15 < len(first) < 45


def test_pages_that_do_not_speak_of_health_can_be_skipped(inputs, tmp_path):
    done = scan(inputs / "lines.jsonl", "-o", tmp_path / "out", "--only-health")
    left = {row["record"] for row in rows(tmp_path / "out", "pages")}
    assert not {number for number in range(60) if number % 5 == 0} & left
    assert len(left) > 30
    assert f"{60 - len(left):,}  skipped" in done.stdout


def test_another_scan_s_folder_is_left_alone(inputs, tmp_path):
    scan(inputs / "files", "-o", tmp_path / "out")
    assert "--resume" in scan(inputs / "files", "-o", tmp_path / "out", check=3).stderr
    said = scan(inputs / "files", "-o", tmp_path / "out", "--resume", "--sample", 0.5, check=3).stderr
    assert "other inputs, options or rules" in said
    assert "no file or folder" in scan(tmp_path / "nothing", "-o", tmp_path / "new", check=3).stderr
    scan(inputs / "files", "-o", tmp_path / "new", "--shard", "4/3", check=2)


def test_a_disk_that_is_full_leaves_nothing_half_written(tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sink.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        sink.write_part(tmp_path, 0, "jsonl", Rows(pages=[{"record": 1}]))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_page_that_is_too_slow_is_told(tmp_path, monkeypatch):
    path = tmp_path / "page.txt"
    path.write_text("Kava binds to GABA receptors.")
    scanner = Scanner(None, only_health=False)
    monkeypatch.setattr("caveat.scan.work.LONGEST", 0.05)
    monkeypatch.setattr(scanner._checker, "check", lambda *_: time.sleep(5))
    found = scanner.read(list(records(files_of([str(path)]))))
    assert [row["reason"] for row in found.rejects] == ["too-slow"]
