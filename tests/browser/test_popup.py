"""The popup: what it shows of a report, and what a reader can do there."""

import pytest
from chromium import wait_until
from reports import fact, finding, guide, missing, report
from servers import Answer

# At 100 % a popup is at most 600 pixels high; what is enlarged has less room.
ZOOMS = [(80, 420), (100, 420), (125, 420), (150, 400), (175, 342), (200, 300)]
LONG = "Read with great care: " + "this page tells how much of it to take, " * 8


@pytest.fixture
def article(chromium, pages, wire):
    """A page with every kind of claim, and its report."""
    wire.answer("/v1/analyze", lambda request: Answer.json(guide(request.text)))
    return chromium.open(f"{pages}/article.html")


@pytest.fixture
def popup(chromium, article):
    return chromium.click_toolbar(article)


@pytest.fixture
def tab(chromium, popup):
    """The popup in a tab, to type into."""
    assert popup.view == "report", popup.text
    return chromium.popup_in_tab()


@pytest.mark.parametrize(("zoom", "height"), ZOOMS)
def test_it_has_no_scrollbar_however_much_it_is_enlarged(chromium, pages, wire, artifacts, zoom, height):
    def answer(request) -> Answer:
        quotes = sorted(request.text.splitlines(), key=len)[-3:]
        return Answer.json(report(
            *(finding(request.text, quote, mark="check", id=quote[:9]) for quote in quotes), facts={"k": fact()},
            summary={"headline": LONG, "level": "high",
                     "missing": [missing("k", object=f"medicine {number}") for number in range(30)]},
        ))  # fmt: skip

    wire.answer("/v1/analyze", answer)
    article = chromium.open(f"{pages}/article.html")
    article.evaluate(
        "document.body.append(Object.assign(document.createElement('canvas'), { width: 400, height: 400 }))"
    )
    chromium.check(article)
    tab = chromium.popup_in_tab()
    tab.set_viewport_size({"width": 360, "height": height})
    tab.reload()
    tab.wait_for_selector("main[data-view=report]")

    fits = "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"
    wait_until(tab, lambda: tab.evaluate(fits), "it has a scrollbar")
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        tab.screenshot(path=artifacts / f"popup-{zoom}-{scheme}.png")
    for needed in ("#level", "#findings li:nth-child(3)", "#missing", "#all", "#site", "#destination"):
        box = tab.locator(needed).bounding_box()
        assert box["y"] + box["height"] <= height, needed


def test_it_is_small_in_firefox(firefox, pages, wire):
    wire.answer("/v1/analyze", lambda request: Answer.json(guide(request.text)))

    popup = firefox.click_toolbar(firefox.open(f"{pages}/article.html"))

    firefox.until(
        lambda: popup.evaluate("document.documentElement.scrollHeight <= document.documentElement.clientHeight"),
        "it has a scrollbar",
    )
    width, height = popup.size()
    assert width == 360
    assert height <= 420


def test_a_sentence_leads_to_its_words(article, tab):
    tab.click("#findings button >> nth=0")

    article.wait_for_function("() => String([...CSS.highlights.get('caveat-found') ?? []][0]) === 'eases pain'")


def test_no_two_sentences_are_about_the_same_words(chromium, pages, wire):
    def answer(request) -> Answer:
        return Answer.json(report(
            finding(request.text, "2 to 3 grams", id="a"), finding(request.text, "to 3", id="b"),
            finding(request.text, "5 mg", id="c"),
        ))  # fmt: skip

    wire.answer("/v1/analyze", answer)

    popup = chromium.click_toolbar(chromium.open(f"{pages}/markup.html"))

    assert len(popup.sentences) == 2
    assert "Show all 3 findings" in popup.text


def test_what_is_hidden_is_not_shown(chromium, tab):
    chromium.store(hidden=[{"category": "benefit", "quote": "eases pain"}])

    tab.get_by_role("button", name="Show all 7 findings").wait_for()
    assert "Check this" not in tab.inner_text("#findings")


def test_a_muted_site_can_be_shown_again(chromium, pages, article, tab):
    chromium.store(muted=[pages])

    tab.get_by_role("heading", name="Caveat is muted on this site").wait_for()
    article.wait_for_function("() => [...CSS.highlights.keys()].every((name) => CSS.highlights.get(name).size === 0)")
    tab.click("text=Show findings here again")
    tab.get_by_role("button", name="Show all 8 findings").wait_for()
    assert chromium.settings["muted"] == []


def test_checking_again(article, tab, wire):
    article.evaluate("document.querySelector('h1').textContent = 'Another heading'")
    wire.requests.clear()

    tab.click("text=Check again")
    tab.wait_for_selector("main[data-view=report]")

    assert wire.texts  # a page that has changed may have been read again before
    assert all(text.startswith("Another heading") for text in wire.texts)


def test_how_the_server_is_is_told_on_demand(chromium, tab, wire):
    assert f"Text goes to {wire.address.removeprefix('http://')} on this computer only." in tab.inner_text("footer")

    tab.click("#server summary")
    tab.get_by_text("The server is ready. Its version is").wait_for()

    tab.click("#server summary")
    chromium.use_server("http://127.0.0.1:2")
    tab.click("#server summary")
    tab.get_by_text("Caveat’s server is not running. Start it with “make run”").wait_for()


def test_the_options_are_one_click_away(tab):
    with tab.context.expect_page() as options:
        tab.click("text=Options")

    assert options.value.url.endswith("/options/options.html")


@pytest.mark.parametrize("home", ["chromium"], indirect=True)  # where the permission has been granted before
def test_one_switch_has_this_site_checked_unasked(home, pages, wire):
    wire.find("5 mg")
    assert home.click_toolbar(home.open(f"{pages}/markup.html")).view == "report"
    tab = home.popup_in_tab()

    tab.click("#site")
    home.until(lambda: home.settings.get("automatic") == "sites", "it is not switched on")
    assert home.settings["sites"] == ["http://localhost/*"]
    assert tab.is_checked("#site")

    tab.click("#site")
    home.until(lambda: home.settings.get("automatic") == "off", "it is not switched off")
    assert home.settings["sites"] == []
    assert not tab.is_checked("#site")


def test_where_there_is_no_site_the_switch_says_so(chromium):
    chromium.open("about:blank")

    tab = chromium.popup_in_tab()

    assert tab.is_disabled("#site")
    tab.get_by_text("There is no site to check here").wait_for()
