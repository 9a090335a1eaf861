"""The pages of the server in real browsers: by mouse, by keyboard alone, on a phone, light and dark."""

import json

import pytest
from axe import violations

CLAIM = "Kava cures anxiety. Take 400 mg of kava a day. Do not take kava with alcohol."


@pytest.fixture
def play(browser, server):
    return browser.open(f"{server}/")


SHOWN = "document.querySelector('.verdict') !== null && document.readyState === 'complete'"
CARDS = "[...document.querySelectorAll('.card')].filter((card) => card.checkVisibility())"


def submit(browser, page, text):
    def shown():
        try:
            return browser.evaluate(page, SHOWN)
        except Exception:  # noqa: BLE001 (each browser has its own for a page that is just going)
            return False

    browser.evaluate(page, f"void (document.getElementById('text').value = {json.dumps(text)})")
    browser.evaluate(page, "void setTimeout(() => document.querySelector('button.main').click())")
    browser.until(shown, "nothing is shown")


def test_a_text_is_checked_and_filtered(browser, play):
    submit(browser, play, CLAIM)
    cards = f"{CARDS}.map((card) => card.dataset.category)"
    assert sorted(browser.evaluate(play, cards)) == ["benefit", "dose", "interaction"]

    browser.evaluate(play, "void document.getElementById('show-dose').click()")
    assert sorted(browser.evaluate(play, cards)) == ["benefit", "interaction"]

    browser.evaluate(play, "void document.getElementById('show-warns').click()")
    assert browser.evaluate(play, cards) == ["benefit"]


def test_marked_words_lead_to_their_card(browser, play):
    submit(browser, play, CLAIM)
    browser.evaluate(play, "void document.querySelector('.text .mark').click()")
    browser.until(lambda: browser.evaluate(play, "document.querySelector('.card:target') !== null"), "no card is meant")
    looks = "getComputedStyle(document.querySelector('.text .mark.check')).textDecorationLine"
    assert browser.evaluate(play, looks) == "underline"


def test_nothing_is_asked_of_anybody_else(browser, play, server):
    submit(browser, play, CLAIM)
    asked = browser.evaluate(play, "performance.getEntriesByType('resource').map(({ name }) => name)")
    assert f"{server}/static/pages.css" in asked
    assert all(address.startswith((f"{server}/", "moz-extension://", "chrome-extension://")) for address in asked)


def test_by_keyboard_alone(chromium, server):
    page = chromium.open(f"{server}/")
    page.wait_for_function("document.activeElement.id === 'text'")
    page.keyboard.type(CLAIM)
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Check"
    page.keyboard.press("Enter")
    page.wait_for_selector(".verdict")
    page.locator(".text .mark").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".card:target")


def test_a_file_is_given(chromium, server, tmp_path):
    (tmp_path / "kava.md").write_text("# Kava\n\nKava **cures** anxiety.", "utf-8")
    page = chromium.open(f"{server}/")
    page.set_input_files("input[type=file]", tmp_path / "kava.md")
    page.click("button.main")
    page.wait_for_selector(".card")
    assert page.inner_text(".card blockquote") == "Kava cures anxiety"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/rules",
        "/rules/benefit.treats-disease",
        "/facts/kava",
        "/rules/try",
        "/docs",
        "/docs/use",
        "/docs/risk",
        "/docs/categories",
    ],
)
def test_nobody_is_shut_out(chromium, server, path, scheme, artifacts):
    page = chromium.open(f"{server}{path}")
    page.emulate_media(color_scheme=scheme)
    if path == "/":
        page.fill("#text", CLAIM)
        page.click("button.main")
        page.wait_for_selector(".verdict")
    assert violations(page) == []

    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.screenshot(path=artifacts / f"server-{path.strip('/').replace('/', '-') or 'result'}-{scheme}.png")
