"""The popup: what it shows of a report, and what a reader can do there."""

import pytest
from chromium import highlighted
from reports import guide
from servers import Answer

RISK = {
    "points": {"dose": {"note": 5, "caution": 9, "warning": 12}, "caution": {"note": -1, "caution": -1, "warning": -2}},
    "certainty": {"asserted": 1.0, "hedged": 0.7}, "repeats": 0.75, "relief": {"share": 0.35, "most": 15},
    "missing": {"points": {"major": 9, "moderate": 4}}, "levels": {"none": 0, "low": 1, "moderate": 20, "high": 50},
}  # fmt: skip


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


def test_how_the_score_is_made_is_asked_when_the_reader_wants_to_know(tab, wire):
    wire.answer("/v1/rules", lambda _: Answer.json({"risk": RISK, "rules": []}))
    assert "/v1/rules" not in [request.path for request in wire.requests]

    tab.click("text=How the score is made")

    formula = tab.locator("#formula-text")
    formula.get_by_text("Dose").wait_for()
    assert formula.locator("tbody tr").all_inner_texts() == ["Dose\t+5\t+9\t+12", "Caution\t−1\t−1\t−2"]
    assert "Stated as fact ×1, Hedged ×0.7" in formula.inner_text()
    assert "counts ×0.75 of the one before" in formula.inner_text()
    assert "Major 9, Moderate 4" in formula.inner_text()
    assert "15 points at most, and never more than 35 %" in formula.inner_text()
    assert "A little to check 1, Some things to check 20, Much to check 50" in formula.inner_text()


@pytest.mark.parametrize(
    "risk", [None, [], {}, {"points": {}}, {"points": {"dose": 7}}, {"points": {"dose": {"note": "5"}}}]
)
def test_a_formula_that_makes_no_sense_is_not_shown(tab, wire, risk):
    wire.answer("/v1/rules", lambda _: Answer.json({"risk": risk, "rules": []}))

    tab.click("text=How the score is made")

    tab.get_by_text("This could not be asked").wait_for()


def test_a_switch_hides_a_kind_and_shows_it_again(chromium, article, tab):
    tab.click("#tab-list")
    tab.click("label:has-text('Dose')")
    tab.get_by_role("tab", name="6 findings").wait_for()

    assert chromium.settings["categories"]["dose"] is False
    assert tab.locator("#findings .about", has_text="Dose").count() == 0
    assert tab.evaluate("document.activeElement.id") == "kind-dose"
    drawn = "String([...CSS.highlights].flatMap(([, ranges]) => [...ranges].map(String)))"
    article.wait_for_function(f"() => !{drawn}.includes('grams')")

    tab.click("text=2 findings hidden")
    assert tab.locator("#hidden-list").inner_text().count("you have hidden this kind") == 1
    tab.locator("#hidden-list button").first.click()
    tab.get_by_role("tab", name="8 findings").wait_for()
    article.wait_for_function(f"() => {drawn}.includes('2 to 4 grams')")
    assert "know" in highlighted(article)


def test_one_hidden_finding_is_counted_and_can_be_shown_again(chromium, tab):
    tab.click("#tab-list")
    chromium.store(hidden=[{"category": "dose", "quote": "up to 8 grams before bed"}])
    tab.get_by_role("tab", name="7 findings").wait_for()

    tab.click("text=1 finding hidden")
    assert "you have hidden it" in tab.locator("#hidden-list").inner_text()
    tab.click("text=Show again")

    tab.get_by_role("tab", name="8 findings").wait_for()
    assert chromium.settings["hidden"] == []
    assert tab.evaluate("document.activeElement.closest('#findings') !== null")


def test_what_is_marked_so_is_hidden_and_shown_again(chromium, tab):
    tab.click("#tab-list")
    chromium.store(marks={"know": False, "warns": False})
    tab.get_by_role("tab", name="1 finding").wait_for()

    tab.click("text=7 findings hidden")
    assert tab.locator("#hidden-list").inner_text().count("you have hidden what is marked so") == 2
    tab.locator("text=Show these").first.click()
    tab.locator("text=Show these").first.click()

    tab.get_by_role("tab", name="8 findings").wait_for()


def test_muting_the_site_from_the_popup(chromium, pages, wire, article, tab):
    wire.requests.clear()
    tab.click("#site summary")
    tab.click("text=Show nothing on localhost")

    tab.get_by_role("heading", name="Caveat is muted on this site").wait_for()
    assert chromium.settings["muted"] == [pages]
    article.wait_for_function("() => [...CSS.highlights.keys()].every((name) => CSS.highlights.get(name).size === 0)")
    tab.click("text=Show findings here again")
    tab.get_by_role("tab", name="8 findings").wait_for()
    assert chromium.settings["muted"] == []


def test_checking_again(article, tab, wire):
    article.evaluate("document.querySelector('h1').textContent = 'Another heading'")
    wire.requests.clear()

    tab.click("text=Check again")
    tab.wait_for_selector("main[data-view=report]")

    [text] = wire.texts
    assert text.startswith("Another heading")


def test_taking_the_highlights_off(article, tab):
    tab.click("#site summary")
    tab.click("text=Take the highlights off this page")

    tab.get_by_role("heading", name="The highlights are off this page").wait_for()
    assert highlighted(article) == {}
    assert tab.evaluate("document.activeElement.id") == "check"
    tab.keyboard.press("Enter")
    tab.get_by_role("tab", name="8 findings").wait_for()
    assert highlighted(article)


def test_next_and_previous_go_through_the_page(article, tab):
    tab.click("#tab-list")

    tab.click("text=Next")
    article.wait_for_selector("caveat-card", state="attached")
    assert highlighted(article)["found"] == ["binds to the opioid receptors of the brain"]
    tab.click("text=Next")
    article.wait_for_function("() => String([...CSS.highlights.get('caveat-found')][0]) === 'eases pain'")
    tab.click("text=Previous")
    article.wait_for_function("() => String([...CSS.highlights.get('caveat-found')][0]).startsWith('binds to')")


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
def test_automatic_checking_of_this_site_and_of_every_site(home, pages, wire):
    wire.find("5 mg")
    assert home.click_toolbar(home.open(f"{pages}/markup.html")).view == "report"
    tab = home.popup_in_tab()
    tab.click("#site summary")

    tab.click("text=On this site")
    tab.get_by_text("This site is checked automatically").wait_for()
    assert home.settings["automatic"] == "sites"
    assert home.settings["sites"] == ["http://localhost/*"]
    tab.click("text=On every site")
    tab.get_by_text("Every site is checked automatically").wait_for()
    assert home.settings["automatic"] == "all"
    tab.click("text=Off")
    tab.get_by_text("Automatic checking is off here").wait_for()
    assert home.settings["automatic"] == "off"
