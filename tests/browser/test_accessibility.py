"""Nothing shuts anybody out: axe-core finds nothing, and everything can be done by keyboard alone."""

import pytest
from axe import violations
from chromium import highlighted
from reports import guide
from servers import Answer

OPEN_SHADOW_ROOTS = """
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachOpen(options) {
    return attach.call(this, { ...options, mode: 'open' });
  };
"""
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture
def article(chromium, pages, wire):
    wire.answer("/v1/analyze", lambda request: Answer.json(guide(request.text)))
    return chromium.open(f"{pages}/article.html")


@pytest.fixture
def popup(chromium, article):
    """The popup in a tab, to type into."""
    assert chromium.click_toolbar(article).view == "report"
    return chromium.popup_in_tab()


@SCHEMES
def test_the_popup(popup, scheme):
    popup.emulate_media(color_scheme=scheme)
    popup.click("#server summary")
    popup.get_by_text("The server is ready").wait_for()
    assert violations(popup) == []


@SCHEMES
@pytest.mark.parametrize("view", ["unreachable", "muted", "idle"])
def test_the_popup_without_findings(popup, article, chromium, pages, view, scheme):
    popup.emulate_media(color_scheme=scheme)
    if view == "unreachable":
        chromium.use_server("http://127.0.0.1:2")
        popup.click("text=Check again")
        popup.wait_for_selector("main[data-view=trouble]")
    if view == "muted":
        chromium.store(muted=[pages])
    if view == "idle":
        article.bring_to_front()
        chromium.panel().click("text=Take the highlights off")
    popup.wait_for_selector("main:not([data-view=report])")

    assert violations(popup) == []


@SCHEMES
def test_the_options(chromium, scheme):
    chromium.store(
        sites=["https://example.org/*"], automatic="sites", muted=["https://muted.example"],
        hidden=[{"category": "dose", "quote": "2 to 3 grams"}, {"category": "benefit", "quote": "eases pain"}],
    )  # fmt: skip
    options = chromium.open_own("options/options.html")
    options.emulate_media(color_scheme=scheme)
    options.click("text=Save and test")
    options.get_by_text("The server is ready").wait_for()

    assert violations(options) == []


@SCHEMES
def test_the_first_page(chromium, scheme):
    welcome = chromium.open_own("welcome/welcome.html")
    welcome.emulate_media(color_scheme=scheme)
    assert violations(welcome) == []

    welcome.click("text=Open the demo page")
    welcome.get_by_text("Caveat has marked this page").wait_for()
    assert violations(welcome) == []


@SCHEMES
def test_the_card(chromium, article, scheme):
    """A closed shadow root keeps everybody out, so here it is opened for axe-core; all else is as it runs."""
    article.emulate_media(color_scheme=scheme)
    chromium.check(article)
    before = set(violations(article))
    chromium.in_content_scripts(article, OPEN_SHADOW_ROOTS)

    chromium.click_toolbar(article).choose("2 to 4 grams")
    chromium.close_popup(article)

    assert article.evaluate("document.querySelector('caveat-card').shadowRoot.querySelectorAll('a').length") == 2
    assert set(violations(article)) - before == set()


def test_a_walk_through_the_popup_by_keyboard(article, popup):
    """From the first Tab to a finding on the page, and back out of its card."""
    press = popup.keyboard.press
    press("Tab")
    assert focused(popup) == "Check again"
    while not popup.evaluate("document.activeElement.matches('#findings button')"):
        press("Tab")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "End", "Home"):
        press(key)
    assert "eases pain" in focused(popup)
    press("Tab")
    assert focused(popup) == "Show all 8 findings"
    press("Shift+Tab")
    press("Enter")

    article.wait_for_selector("caveat-card", state="attached")
    article.bring_to_front()
    assert highlighted(article)["found"] == ["eases pain"]
    article.keyboard.press("Escape")
    article.wait_for_selector("caveat-card", state="detached")


def test_the_retry_button_keeps_the_focus_in_the_popup(chromium, popup):
    chromium.use_server("http://127.0.0.1:2")
    popup.click("text=Check again")
    popup.wait_for_selector("main[data-view=trouble]")
    popup.focus("#retry")

    popup.keyboard.press("Enter")
    popup.wait_for_selector("main[data-view=trouble]")

    assert focused(popup) == "Check again"


def focused(page) -> str:
    return page.evaluate("document.activeElement.innerText")
