"""A reader opens an article and clicks the toolbar button: what she sees is what the server found."""

from collections import Counter

import pytest
from articles import SEEDS
from chromium import highlighted


def words(text: str) -> str:
    """Line breaks between blocks are in the text that is sent, but not in a range's words."""
    return "".join(text.split())


@pytest.mark.parametrize("number", range(len(SEEDS)))
def test_every_finding_is_highlighted_on_its_own_words(chromium, pages, wire, artifacts, number):
    page = chromium.open(f"{pages}/seed/{number}.html")

    popup = chromium.click_toolbar(page)

    findings = [f for f in wire.report["findings"] if f["mark"] != "none"]
    assert findings, "a seed article without a finding proves nothing"
    expected = {
        mark: Counter(words(f["quote"]) for f in findings if f["mark"] == mark)
        for mark in {f["mark"] for f in findings}
    }
    assert {name: Counter(map(words, ranges)) for name, ranges in highlighted(page).items()} == expected

    assert popup.level == wire.report["summary"]["level"]
    assert f"Show all {len(findings)} findings" in popup.text
    assert chromium.badge() == str(len(findings))
    panel = chromium.beside(page)
    assert panel.quotes == [f["quote"] for f in findings]
    assert wire.report["summary"]["headline"] in panel.text

    page.screenshot(path=artifacts / f"article-{number}.png", full_page=True)
    chromium.picture_popup(artifacts / f"popup-{number}.png")
