"""Nothing shuts anybody out: axe-core finds nothing, and everything can be done by keyboard alone."""

import pytest
from axe import violations
from chromium import highlighted, wait_until
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
def test_the_popup(popup, chromium, scheme):
    popup.emulate_media(color_scheme=scheme)
    chromium.store(hidden=[{"category": "dose", "quote": "up to 8 grams before bed"}])
    for summary in ("#site summary", "#formula summary", "#server summary"):
        popup.click(summary)
    popup.get_by_text("The server is ready").wait_for()
    assert violations(popup) == []

    popup.click("#tab-list")
    popup.click("#hidden summary")
    assert violations(popup) == []


@SCHEMES
@pytest.mark.parametrize("view", ["unreachable", "muted", "idle"])
def test_the_popup_without_findings(popup, chromium, pages, view, scheme):
    popup.emulate_media(color_scheme=scheme)
    if view == "unreachable":
        chromium.use_server("http://127.0.0.1:2")
        popup.click("text=Check again")
        popup.wait_for_selector("main[data-view=trouble]")
    if view == "muted":
        chromium.store(muted=[pages])
    if view == "idle":
        popup.click("#site summary")
        popup.click("text=Take the highlights off")
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
    welcome.click("text=Test the connection")
    welcome.get_by_text("The server is ready").wait_for()

    assert violations(welcome) == []


@SCHEMES
def test_the_card(chromium, article, scheme):
    """A closed shadow root keeps everybody out, so here it is opened for axe-core; all else is as it runs."""
    article.emulate_media(color_scheme=scheme)
    chromium.check(article)
    before = set(violations(article))
    chromium.in_content_scripts(article, OPEN_SHADOW_ROOTS)

    chromium.click_toolbar(article).choose(2)
    chromium.close_popup(article)

    assert article.evaluate("document.querySelector('caveat-card').shadowRoot.querySelectorAll('a').length") == 2
    assert set(violations(article)) - before == set()


def test_a_walk_through_the_popup_by_keyboard(article, popup):
    """From the first Tab to a finding on the page, and back out of its card."""
    press = popup.keyboard.press
    press("Tab")
    assert focused(popup) == "Show all"
    while focused(popup) != "Summary":
        press("Tab")
    press("ArrowRight")
    assert focused(popup) == "8 findings"
    while not popup.evaluate("document.activeElement.matches('#findings button')"):
        press("Tab")
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "End", "Home", "ArrowDown"):
        press(key)
    assert "eases pain" in focused(popup)
    press("Tab")
    assert focused(popup) == "Copy as Markdown"
    press("Shift+Tab")
    press("Enter")

    article.wait_for_selector("caveat-card", state="attached")
    article.bring_to_front()
    assert highlighted(article)["found"] == ["eases pain"]
    article.keyboard.press("Escape")
    article.wait_for_selector("caveat-card", state="detached")


def test_switching_a_kind_off_and_on_by_keyboard(article, popup):
    popup.focus("#tab-list")
    popup.keyboard.press("ArrowRight")
    popup.click("#tab-list")
    while popup.evaluate("document.activeElement.id") != "kind-dose":
        popup.keyboard.press("Tab")

    popup.keyboard.press("Space")
    popup.get_by_role("tab", name="6 findings").wait_for()
    assert popup.evaluate("document.activeElement.id") == "kind-dose"
    popup.keyboard.press("Space")
    popup.get_by_role("tab", name="8 findings").wait_for()
    wait_until(article, lambda: "know" in highlighted(article), "not shown again")


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
