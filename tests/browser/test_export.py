"""What the reader takes along: the report as Markdown in the clipboard, and as JSON in a file."""

import json
import re
from html import escape
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from reports import fact, finding, guide, missing, reason, report
from servers import Answer

EXPECTED = """# Caveat on “Kratom: an \\*honest\\* beginner’s guide”

<{address}>

**Much to check** · Score 71 of 100

Read with great care: this page tells how much kratom to take and plays its risks down.

## Why this score

- +27: 2 pieces of dose advice
"""


def copied(chromium, button: str = "Copy as Markdown") -> str:
    """Clicks on the button for the page in front, and pastes elsewhere what was copied."""
    tab = chromium.panel()
    tab.click(f"text={button}")
    tab.get_by_text("Copied.").wait_for()
    paper = chromium.context.new_page()
    paper.set_content("<textarea></textarea>")
    paper.focus("textarea")
    paper.keyboard.press("Control+V")
    return paper.input_value("textarea")


def saved(chromium) -> dict:
    tab = chromium.panel()
    with tab.expect_download() as download:
        tab.click("text=Save as JSON")
    assert download.value.suggested_filename == "caveat.json"
    return json.loads(Path(download.value.path()).read_text("utf-8"))


@pytest.fixture
def article(chromium, pages, wire):
    wire.answer("/v1/analyze", lambda request: Answer.json(guide(request.text)))
    page = chromium.open(f"{pages}/article.html?a=1#part")
    chromium.check(page)
    return page


def test_copied_as_markdown(chromium, article):
    text = copied(chromium)

    assert text.startswith(EXPECTED.format(address=article.url))
    assert "- −5: The page itself gives 1 caution and 1 warning of an interaction" in text
    assert (
        "- **Kratom: benzodiazepines.** Kratom must not be combined with benzodiazepines. "
        "(Major · Observed in people · [National Institute of Examples, as reproduced at mirror.example](<https://mirror.example/kratom>))"
    ) in text
    assert (
        """
> it may lower blood sugar

Worth knowing · Mechanism · Credited to others: the page says “According to”

**Says how it works in the body.** Says that kratom changes blood sugar.
"""
        in text
    )
    assert "- Liver injury, seizures and dependence have been reported. (Major · Review of studies · [Annals" in text
    assert text.endswith("Caveat informs; it does not give medical advice.\n")


def test_copied_as_markdown_in_firefox(firefox, pages, wire):
    wire.answer("/v1/analyze", lambda request: Answer.json(guide(request.text)))
    page = firefox.open(f"{pages}/article.html?firefox")
    firefox.check(page)
    panel = firefox.beside(page)

    firefox.click(panel, "copy")
    panel.wait("document.getElementById('status').textContent === 'Copied.'")

    clipboard = firefox.evaluate(firefox.window, "navigator.clipboard.readText()")
    assert clipboard.startswith(EXPECTED.format(address=f"{pages}/article.html?firefox"))


def test_copied_as_text(chromium, article):
    text = copied(chromium, "Copy as text")

    assert text.startswith(
        f"Caveat on “Kratom: an *honest* beginner’s guide”\n\n{article.url}\n\nMuch to check · Score 71 of 100"
    )
    assert "“it may lower blood sugar”" in text
    assert "reproduced at mirror.example: https://mirror.example/kratom)" in text
    assert "](" not in text


def test_saved_as_a_page_that_loads_nothing_and_runs_nothing(chromium, pages, wire, tmp_path):
    evil = "<script>document.title = 'owned'</script><img src=x>"
    wire.answer("/v1/analyze", lambda request: Answer.json(report(
        finding(request.text, "5 mg", title=evil, message=evil, facts=["k"]), facts={"k": fact(statement=evil)},
        summary={"headline": evil, "reasons": [reason(12, evil)], "missing": [missing("k", statement=evil)]},
    )))  # fmt: skip
    page = chromium.open(f"{pages}/markup.html")
    page.evaluate("(evil) => { document.title = evil }", evil)
    chromium.check(page)
    panel = chromium.panel()
    with panel.expect_download() as download:
        panel.click("text=Save as a page")
    asked = []
    shown = chromium.context.new_page()
    shown.on("request", lambda request: asked.append(request.url))
    download.value.save_as(tmp_path / "caveat.html")
    shown.goto((tmp_path / "caveat.html").as_uri())

    assert download.value.suggested_filename == "caveat.html"
    assert shown.inner_text("h1") == f"Caveat on “{evil}”"
    assert shown.inner_text("body").count(evil) == 7
    assert shown.locator("script, img").count() == 0
    assert len(asked) == 1


def test_what_is_hidden_is_not_copied(chromium, article):
    chromium.store(categories={"dose": False})
    article.bring_to_front()

    assert "2 to 4 grams" not in copied(chromium)


def test_saved_as_json(chromium, article):
    kept = saved(chromium)

    assert kept["page"] == {"title": "Kratom: an *honest* beginner’s guide", "address": article.url}
    assert (kept["summary"]["score"], kept["summary"]["level"]) == (71, "high")
    assert sum(entry["points"] for entry in kept["summary"]["reasons"]) == 71
    assert kept["findings"][2]["quote"] == "2 to 4 grams on an empty stomach"
    assert kept["findings"][2]["facts"][1]["url"] == "https://agency.example/kratom"
    assert kept["notice"] == "Caveat informs; it does not give medical advice."


def test_firefox_copies_and_saves_the_same(firefox, pages, wire):
    wire.answer("/v1/analyze", lambda request: Answer.json(guide(request.text)))
    page = firefox.open(f"{pages}/article.html")
    firefox.check(page)
    panel = firefox.beside(page)

    firefox.click(panel, "copy")
    panel.wait("document.getElementById('status').textContent === 'Copied.'")
    text = firefox.evaluate(firefox.window, "navigator.clipboard.readText()")
    assert text.startswith(EXPECTED.format(address=f"{pages}/article.html"))

    firefox.click(panel, "save")
    file = firefox.downloads / "caveat.json"
    firefox.until(lambda: file.exists() and file.stat().st_size, "nothing was saved")
    kept = json.loads(file.read_text("utf-8"))
    assert kept["page"]["address"] == f"{pages}/article.html"
    assert kept["findings"][2]["quote"] == "2 to 4 grams on an empty stomach"


def test_neither_title_nor_address_of_the_page_leaves_the_browser(chromium, article, wire):
    copied(chromium)
    article.bring_to_front()
    saved(chromium)

    sent = b"\n".join(request.body + repr(request.headers).encode() for request in wire.requests)
    for secret in (b"article.html", b"#part", b"honest* beginner"):
        assert secret not in sent


NASTY = [
    "# no heading", "- no item", "1. no number", "+ no item", "> no quote", "*no* _emphasis_ `code` ~~strike~~",
    "[no link](javascript:alert)", "![no image](x)", "<script>alert(1)</script>", "a | table", "&lt; stays",
    "back\\slash", "two\n\n# lines", "=== no heading", "--- no rule",
]  # fmt: skip


@pytest.mark.parametrize("words", NASTY)
def test_markdown_means_what_was_written(chromium, pages, wire, words):
    """Whatever a page or a server says, it stays words: read back, they are the same."""
    known = fact(statement=words, source=words, url="https://x.example/a(b)>c")
    wire.answer("/v1/analyze", lambda request: Answer.json(report(
        finding(request.text, "5 mg", title=words, message=words, facts=["k"]), facts={"k": known}, notice=words,
        summary={"headline": words, "reasons": [reason(12, words)], "missing": [missing("k", statement=words)]},
    )))  # fmt: skip
    page = chromium.open(f"{pages}/markup.html")
    page.evaluate("(words) => { document.title = words }", words)
    chromium.check(page)

    html = rendered(copied(chromium))

    assert html.count(escape(" ".join(words.split()), quote=False)) == 10
    assert html.count("<h1>") == 1
    assert html.count("<h2>") == 3
    assert not any(f"<{tag}" in html for tag in ("script", "img", "em>", "code", "s>", "table", "ol", "h3"))
    assert set(re.findall('href="([^"]*)"', html)) == {"https://x.example/a(b)%3Ec", page.url}


def rendered(markdown: str) -> str:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
