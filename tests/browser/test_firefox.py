"""The same folder in Firefox: a real toolbar click, the real popup, the page it leaves."""

import json

import pytest
from articles import SEEDS
from firefox import poll

HIGHLIGHTED = """Object.fromEntries([...CSS.highlights].filter(([name]) => name.startsWith('caveat-'))
    .map(([name, ranges]) => [name.split('-')[1], [...ranges].map(String)]).filter(([, words]) => words.length))"""
VIEW = "document.querySelector('main')?.dataset.view"


def click(firefox) -> None:
    """Clicks the toolbar button and waits until the popup shows a result."""
    firefox.click_toolbar()
    poll(lambda: firefox.in_popup(VIEW) in ("report", "trouble"), "the popup shows no result")


@pytest.mark.parametrize("number", range(len(SEEDS)))
def test_seed_articles(firefox, pages, wire, artifacts, number):
    firefox.store(ticks=False)
    page = firefox.open(f"{pages}/seed/{number}.html")
    before = firefox.evaluate(page, "document.documentElement.outerHTML")

    click(firefox)

    findings = [finding for finding in wire.report["findings"] if finding["mark"] != "none"]
    found = [words for ranges in firefox.evaluate(page, HIGHLIGHTED).values() for words in ranges]
    assert sorted("".join(words.split()) for words in found) == sorted("".join(f["quote"].split()) for f in findings)
    assert firefox.in_popup("document.getElementById('report').dataset.level") == wire.report["summary"]["level"]
    assert firefox.in_popup("document.querySelectorAll('#findings button').length") == min(3, len(findings))
    assert firefox.evaluate(page, "document.documentElement.outerHTML") == before
    firefox.screenshot(page, artifacts / f"firefox-{number}.png")


def test_only_the_text_is_sent_and_the_server_can_tell_by_whom(firefox, pages, wire):
    firefox.open(f"{pages}/hidden.html?secret-query")

    click(firefox)

    assert not any("UNSEEN" in text for text in wire.texts)
    for request in wire.requests:
        if request.path == "/v1/analyze":
            assert json.loads(request.body).keys() == {"blocks"}
            assert request.headers["Origin"].startswith("moz-extension://")
    assert all(b"secret" not in request.body for request in wire.requests)


def test_shadow_roots_and_a_jump_from_the_popup(firefox, pages, wire, artifacts):
    wire.find("Take 1 gram", "Take 2 grams")
    page = firefox.open(f"{pages}/shadow.html")

    click(firefox)
    assert firefox.evaluate(page, HIGHLIGHTED) == {"know": ["Take 1 gram", "Take 2 grams"]}
    in_shadow = "document.querySelector('health-card').shadowRoot.querySelector('p')"
    style = firefox.evaluate(
        page, f"getComputedStyle({in_shadow}, '::highlight(caveat-know-light)').textDecorationStyle"
    )
    assert style == "dashed"

    firefox.in_popup("document.querySelectorAll('#findings button')[0].click()")
    poll(lambda: firefox.evaluate(page, "!!document.querySelector('caveat-card')"), "no card opened")
    firefox.screenshot(page, artifacts / "firefox-card.png")


def test_hovering_a_finding_opens_its_card(firefox, pages, wire):
    wire.find("2 to 3 grams")
    page = firefox.open(f"{pages}/markup.html")
    click(firefox)
    box = firefox.evaluate(page, "document.querySelector('u').getBoundingClientRect()")

    firefox.move_pointer(page, box["x"] + 3, box["y"] + 3)

    poll(lambda: firefox.evaluate(page, "!!document.querySelector('caveat-card')"), "no card opened")


def test_no_server(firefox, pages):
    firefox.use_server("http://127.0.0.1:2")
    firefox.open(f"{pages}/markup.html")

    click(firefox)

    assert "Caveat’s server is not running" in firefox.in_popup("document.body.innerText")


def test_a_page_the_browser_keeps_extensions_out_of(firefox):
    firefox.open("about:license")

    click(firefox)

    assert "Caveat can’t run on this page" in firefox.in_popup("document.body.innerText")
