"""`caveat check` over many files, and its reports in every form."""

import csv
import html.parser
import io
import json
import re
import subprocess
import sys

import pytest
from markdown_it import MarkdownIt

from caveat.reading import read
from caveat.reports.checked import Checked
from caveat.reports.formats import FORMATS

MARKDOWN = """---
title: x
---

# Kava 🌿 for *sleep*

Kava **binds** to [GABA receptors](https://site.example/gaba). Take `2 g` of kava a day – no more.

| herb | what it does |
| --- | --- |
| Valerian | Valerian may enhance GABA activity 😴 and eases *chronic pain*. |

- Never combine valerian
  with **alcohol**.
"""
HTML = """<!doctype html>
<html><head><title>Kava binds to GABA receptors.</title>
<script>var a = "Kava binds to GABA receptors.";</script></head>
<body><p>😴 Kava&nbsp;<b>binds</b> to
  GABA&#32;receptors. <em>Take 2&nbsp;g of kava</em> a day.</p>
<!-- Kava binds to GABA receptors. -->
<p>Caf&eacute; notes: kava binds
to <i>GABA</i> receptors.</p></body></html>
"""
PLAIN = "Ünïcode first.\r\nKratom cures cancer.\r\nNever combine valerian with alcohol.\r\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "articles").mkdir()
    for name, text in {"kava.md": MARKDOWN, "kava.html": HTML, "plain.txt": PLAIN}.items():
        (tmp_path / "articles" / name).write_bytes(text.encode())
    (tmp_path / "articles" / "calm.txt").write_text("The museum is open on Sundays.")
    return tmp_path / "articles"


def check(*arguments, code=None, cwd=None):
    command = [sys.executable, "-m", "caveat", "check", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False, cwd=cwd)
    assert b"Traceback" not in done.stderr
    assert code is None or done.returncode == code, done.stderr
    return done.stdout.decode()


def test_many_files_are_checked_with_the_verdict_first_and_one_summary(folder):
    printed = check(folder, code=1)
    assert printed.index("Risk:") < printed.index("[")
    short = printed.partition("In short:")[2]
    assert re.search(r"NONE +0 findings +\S+calm\.txt", short)
    assert len(re.findall(r" findings  ", short)) == 4
    assert printed.count("Sources:") == 1


def test_what_cannot_be_read_is_named_and_the_rest_is_done(folder):
    (folder / "picture.txt").write_bytes(b"\x89PNG\0\0")
    (folder / "paper.txt").write_bytes(b"%PDF-1.7 ...")
    command = [sys.executable, "-m", "caveat", "check", "--quiet", str(folder), str(folder / "gone.txt")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 3
    assert done.stdout.count("findings") == 4
    for name, said in {"picture.txt": "not text", "paper.txt": "is a PDF", "gone.txt": "No such file"}.items():
        assert any(name in told and said in told for told in done.stderr.splitlines())


@pytest.mark.parametrize(
    ("options", "code"),
    [([], 1), (["--fail-on", "warning"], 1), (["--fail-on", "nothing"], 0), (["--min-severity", "warning"], 1)],
)
def test_the_exit_code_says_what_was_asked(folder, options, code):
    check(folder / "plain.txt", "--quiet", *options, code=code)
    check(folder / "calm.txt", "--quiet", *options, code=0)


def test_what_is_less_severe_can_be_left_out(folder):
    shown = json.loads(check(folder / "kava.md", "--format", "json"))["findings"]
    grave = json.loads(check(folder / "kava.md", "--format", "json", "--min-severity", "warning"))["findings"]
    assert {finding["severity"] for finding in grave} == {"warning"}
    assert len(grave) < len(shown)


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html", "csv", "sarif"])
def test_every_form_tells_what_a_regulator_would_say(folder, form):
    (folder / "claim.txt").write_text("Kava cures anxiety.\n")
    told = check(folder / "claim.txt", "--for", "us", "--format", form, code=1)
    assert ("disease" if form in ("csv", "sarif", "json") else "A disease claim") in told
    assert ("101.93" in told) is (form not in ("csv", "sarif"))


@pytest.mark.parametrize("name", ["kava.md", "kava.html", "plain.txt"])
def test_sarif_points_at_the_very_words_in_the_source(folder, name):
    log = json.loads(check(name, "--format", "sarif", code=1, cwd=folder))
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    lines = re.split(r"\r\n|\n", (folder / name).read_bytes().decode())
    quotes = [finding["quote"] for finding in json.loads(check(folder / name, "--format", "json"))["findings"]]
    assert len(run["results"]) == len(quotes) >= 2
    for result, quote in zip(run["results"], quotes, strict=True):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == name
        region = place["region"]
        inside = lines[region["startLine"] - 1 : region["endLine"]]
        inside[-1] = inside[-1][: region["endColumn"] - 1]
        inside[0] = inside[0][region["startColumn"] - 1 :]
        words = re.sub(r"<[^>]*>|\]\([^)]*\)", "", "\n".join(inside)).replace("&nbsp;", " ").replace("&#32;", " ")
        assert re.findall(r"\w+", words) == re.findall(r"\w+", quote)


def test_of_words_that_stand_twice_each_finding_has_its_own(folder):
    log = json.loads(check(folder / "kava.html", "--format", "sarif"))
    found = [
        result["locations"][0]["physicalLocation"]["region"]["startLine"]
        for result in log["runs"][0]["results"]
        if result["ruleId"].startswith("mechanism.")
    ]
    assert found == [4, 7]


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_the_html_report_reads_by_itself_and_keeps_words_words(tmp_path):
    (tmp_path / "evil.txt").write_text("Kava <script>alert(1)</script> binds to GABA receptors. <img src=x onerror=y>")
    report = check(tmp_path / "evil.txt", "--format", "html")
    reader = Reader()
    reader.feed(report)
    names = {tag for tag, _ in reader.tags}
    assert not names & {"script", "img", "link", "iframe"}
    assert "mark" in names
    assert all(attrs["href"].startswith("https://") for tag, attrs in reader.tags if tag == "a")
    assert "default-src 'none'" in report
    assert "alert(1)" in report


def test_the_markdown_report_keeps_words_words(tmp_path):
    (tmp_path / "evil.txt").write_text(
        "Kava *binds* to <b>GABA</b> receptors [here](javascript:x) | and. Kratom cures cancer."
    )
    rendered = MarkdownIt("commonmark", {"html": True}).render(check(tmp_path / "evil.txt", "--format", "markdown"))
    assert "<b>" not in rendered
    assert 'javascript:x"' not in rendered
    assert "Kratom cures cancer" in rendered


def test_a_table_program_runs_nothing_of_a_page(checker, tmp_path):
    path = tmp_path / "=cmd.txt"
    path.write_text("Kratom cures cancer.")
    source = read(str(path))
    page = Checked(
        "=cmd|' /C calc'!A0", source.written, source.marked_up, source.document, checker.check(source.document)
    )
    rows = list(csv.DictReader(io.StringIO(FORMATS["csv"]([page], "note", checker.ruleset))))
    assert rows[0]["source"].startswith("'=")
    assert rows[0]["quote"] == "Kratom cures cancer"
    assert (rows[0]["line"], rows[0]["column"]) == ("1", "1")
