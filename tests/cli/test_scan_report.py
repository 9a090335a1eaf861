"""`caveat report`: what a scan shows, on one page that reads by itself."""

import json
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

PAGES = [
    {"url": "https://one.example/a", "text": "Kratom cures cancer. Take 5 g of kratom a day."},
    {"url": "https://one.example/b", "text": "Kava helps with anxiety. Never combine kava with alcohol."},
    {"url": "https://one.example/b2", "text": "Kava helps with anxiety."},
    {"url": "https://two.example/c", "text": "Take 5,000 mg of vitamin B6 a day. It helps with sleep."},
    {"url": "javascript:alert(1)", "text": "Kava helps with <img src=x onerror=alert(1)> anxiety."},
    {"url": "https://two.example/d", "text": "The museum opens at ten and it is open to all of you."},
    {"url": "https://three.example/e", "text": "Der Tee wird am Abend getrunken, weil er allen gut schmeckt."},
    {"url": "https://two.example/f", "text": None},
]


def run(*arguments, code=0):
    command = [sys.executable, "-m", "caveat", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module", params=["jsonl", "parquet"])
def scanned(request, tmp_path_factory):
    """A folder that a scan wrote, with its report."""
    folder = tmp_path_factory.mktemp("scan")
    (folder / "pages.jsonl").write_text("".join(json.dumps(page) + "\n" for page in PAGES))
    out = folder / "out"
    said = run("scan", folder / "pages.jsonl", "-o", out, "--format", request.param, "--lang", "en", "--workers", 1)
    assert "1  foreign" in said
    assert run("report", out) == f"{out / 'report.html'}\n"
    return out


def sections(out):
    html = BeautifulSoup((out / "report.html").read_text(encoding="utf-8"), "lxml")
    return {section.h2.text: section for section in html.find_all("section")}


def rows(section):
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in section.find_all("tr")]


def test_each_section_adds_up_what_the_rows_say(scanned):
    shown = sections(scanned)
    pairs = rows(shown["What substances are promised to help with"])
    assert pairs[:2] == [
        ["Substance", "All", "anxiety", "cancer", *pairs[0][4:]],
        ["kava", "3", "3", "", *pairs[1][4:]],
    ]
    claims = {row[0]: row[1] for row in rows(shown["Claims by category and mark"])}
    assert (claims["dose"], claims["interaction"]) == ("2", "1")
    assert rows(shown["Doses over a limit of an authority"])[1][:2] == ["vitamin b6", "1"]
    sites = {row[0]: row[1] for row in rows(shown["Risk by site"])}
    assert (sites["one.example"], sites["two.example"]) == ("3", "2")
    assert rows(shown["What could not be read"]) == [["Reason", "Records"], ["null", "1"]]
    assert rows(shown["Warnings that pages leave out, by substance"])[1][0] in {"kratom", "kava"}


def test_a_number_leads_to_examples_each_of_its_own_page(scanned):
    shown = sections(scanned)
    target = shown["What substances are promised to help with"].find("a", string="3")["href"]
    heading = shown["Examples of promises"].find(id=target.removeprefix("#"))
    assert heading.text == "kava and anxiety"
    links = [link["href"] for link in heading.find_next_siblings("p", limit=2) for link in link.find_all("a")]
    assert links == ["https://one.example/b", "https://one.example/b2"]


def test_what_pages_hold_is_never_taken_for_markup_or_for_a_link(scanned):
    html = BeautifulSoup((scanned / "report.html").read_text(encoding="utf-8"), "lxml")
    assert not html.find_all(["img", "script"])
    assert all(link["href"].startswith(("https://", "#pair-")) for link in html.find_all("a"))
    assert "javascript:alert(1)" in html.text
    assert html.find("meta", attrs={"http-equiv": True})["content"].startswith("default-src 'none'")


def test_both_forms_of_rows_make_the_same_page(tmp_path):
    (tmp_path / "pages.jsonl").write_text("".join(json.dumps(page) + "\n" for page in PAGES))
    for form in ("jsonl", "parquet"):
        run("scan", tmp_path / "pages.jsonl", "-o", tmp_path / form, "--format", form)
        run("report", tmp_path / form, "--to", tmp_path / f"{form}.html")
    assert (tmp_path / "jsonl.html").read_bytes() == (tmp_path / "parquet.html").read_bytes()


def test_a_scan_that_has_not_come_to_its_end_says_so(scanned, tmp_path):
    told = json.loads((scanned / "scan.json").read_text())
    del told["done"]
    (tmp_path / "scan.json").write_text(json.dumps(told))
    (tmp_path / "pages").mkdir()
    run("report", tmp_path)
    assert "has not come to its end" in (tmp_path / "report.html").read_text()


def test_a_folder_without_a_scan_or_of_another_version_is_told(tmp_path):
    assert "holds no scan" in run("report", tmp_path, code=3)
    (tmp_path / "scan.json").write_text('{"schema": 99}')
    assert "another version of Caveat (rows of schema 99)" in run("report", tmp_path, code=3)
