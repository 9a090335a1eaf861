"""The panel beside the page: everything that was found, and ways through it."""

import time

import pytest
from axe import violations
from chromium import highlighted, wait_until
from reports import fact, finding, guide, report
from servers import Answer

RISK = {
    "points": {"dose": {"note": 5, "caution": 9, "warning": 12}, "caution": {"note": -1, "caution": -1, "warning": -2}},
    "certainty": {"asserted": 1.0, "hedged": 0.7}, "repeats": 0.75, "relief": {"share": 0.35, "most": 15},
    "missing": {"points": {"major": 9, "moderate": 4}}, "levels": {"none": 0, "low": 1, "moderate": 20, "high": 50},
}  # fmt: skip


@pytest.fixture
def article(chromium, pages, wire):
    wire.answer("/v1/analyze", lambda request: Answer.json(guide(request.text)))
    page = chromium.open(f"{pages}/article.html")
    chromium.check(page)
    return page


def quotes(panel) -> list[str]:
    return panel.locator("#findings .quote").all_text_contents()


@pytest.mark.usefixtures("article")
def test_the_worst_comes_first_and_all_can_be_searched_and_narrowed(chromium, artifacts):
    panel = chromium.panel()
    panel.get_by_text("8 findings").wait_for()
    assert quotes(panel)[0] == "eases pain"
    for scheme in ("light", "dark"):
        panel.emulate_media(color_scheme=scheme)
        panel.screenshot(path=artifacts / f"panel-{scheme}.png", full_page=True)
        assert violations(panel) == []

    panel.fill("#search", "blood sugar")
    panel.get_by_text("1 of 8 findings").wait_for()
    assert quotes(panel) == ["it may lower blood sugar"]
    panel.fill("#search", "no such words")
    panel.get_by_text("Nothing to list.").wait_for()
    panel.fill("#search", "")
    panel.click("#mark-know")
    panel.get_by_text("3 of 8 findings").wait_for()
    panel.click("#mark-know")
    panel.select_option("#category", "dose")
    panel.get_by_text("2 of 8 findings").wait_for()
    panel.select_option("#category", "")
    panel.select_option("#order", "place")
    assert quotes(panel)[0] == "binds to the opioid receptors of the brain"


def test_findings_stand_under_what_they_are_about_and_the_unknown_is_called_unknown(chromium, pages, wire):
    def answer(request) -> Answer:
        named = {"slots": {"substance": {"name": "kratom", "text": "it", "start": 0, "end": 1}}}
        known = finding(request.text, "2 to 3 grams", **named)
        return Answer.json(report(
            known, finding(request.text, "5 mg"),
            summary={"substances": [{"name": "kratom", "label": "Kratom <b>", "mentions": 3}]},
        ))  # fmt: skip

    wire.answer("/v1/analyze", answer)
    chromium.check(chromium.open(f"{pages}/markup.html"))

    panel = chromium.panel()

    panel.get_by_text("2 findings").wait_for()
    assert panel.locator("#findings h3").all_inner_texts() == [
        "Kratom <b>",
        "About something that Caveat does not know",
    ]


def test_a_walk_by_keyboard_leads_to_the_words(chromium, article):
    panel = chromium.panel()
    panel.get_by_text("8 findings").wait_for()
    panel.focus("#next")
    panel.keyboard.press("Tab")
    panel.keyboard.press("ArrowDown")
    panel.keyboard.press("ArrowUp")
    panel.keyboard.press("Enter")

    article.wait_for_selector("caveat-card", state="attached")
    assert highlighted(article)["found"] == ["eases pain"]


def test_it_follows_the_page(chromium, pages, wire):
    wire.find_where_it_stands("2 grams", "5 grams")
    page = chromium.open(f"{pages}/app.html")
    chromium.check(page)
    panel = chromium.panel()
    panel.get_by_text("2 findings").wait_for()
    chromium.store(hidden=[{"category": "dose", "quote": "2 grams"}])

    panel.get_by_role("heading", name="1 finding").wait_for()
    assert quotes(panel) == ["5 grams"]
    page.goto(f"{pages}/markup.html")
    panel.get_by_text("This page has not been checked").wait_for()


@pytest.mark.usefixtures("article")
def test_the_popup_opens_it_beside_the_page(chromium):
    popup = chromium.popup_in_tab()

    popup.click("text=Show all")

    chromium.await_panel(popup)


@pytest.mark.parametrize(("count", "most"), [(200, 600), (2_000, 1_500)])
def test_a_long_list_is_there_at_once(chromium, pages, wire, count, most):
    """The goals are 200 and 500 ms on a reader's machine; here two browsers share two cores."""
    text = " ".join(f"People take {number:04} mg of this herb each day." for number in range(count))
    wire.answer("/v1/analyze", lambda request: Answer.json(
        report(*(finding(request.text, f"{number:04} mg", id=f"n{number}") for number in range(count)))
    ))  # fmt: skip
    page = chromium.open(f"{pages}/markup.html")
    page.evaluate("(text) => { document.body.innerHTML = `<p>${text}</p>` }", text)
    chromium.check(page)
    panel = chromium.panel()
    panel.locator("#findings li").nth(count - 1).wait_for(state="attached")

    began = time.monotonic()
    panel.reload(wait_until="commit")
    panel.locator("#findings li").nth(count - 1).wait_for(state="attached")

    assert 1000 * (time.monotonic() - began) < most


@pytest.fixture
def panel(chromium, article):
    assert highlighted(article)
    panel = chromium.panel()
    panel.get_by_text("8 findings").wait_for()
    return panel


def test_how_the_score_is_made_is_asked_when_the_reader_wants_to_know(panel, wire):
    wire.answer("/v1/rules", lambda _: Answer.json({"risk": RISK, "rules": []}))
    assert "/v1/rules" not in [request.path for request in wire.requests]

    panel.click("text=Why this score")
    panel.click("text=How the score is made")

    formula = panel.locator("#formula-text")
    formula.get_by_text("Dose").wait_for()
    assert formula.locator("tbody tr").all_inner_texts() == ["Dose\t+5\t+9\t+12", "Caution\t−1\t−1\t−2"]
    assert "Stated as fact ×1, Hedged ×0.7" in formula.inner_text()
    assert "counts ×0.75 of the one before" in formula.inner_text()
    assert "Major 9, Moderate 4" in formula.inner_text()
    assert "15 points at most, and never more than 35 %" in formula.inner_text()
    assert "A little to check 1, Some things to check 20, Much to check 50" in formula.inner_text()
    assert violations(panel) == []


@pytest.mark.parametrize(
    "risk", [None, [], {}, {"points": {}}, {"points": {"dose": 7}}, {"points": {"dose": {"note": "5"}}}]
)
def test_a_formula_that_makes_no_sense_is_not_shown(panel, wire, risk):
    wire.answer("/v1/rules", lambda _: Answer.json({"risk": risk, "rules": []}))

    panel.click("text=Why this score")
    panel.click("text=How the score is made")

    panel.get_by_text("This could not be asked").wait_for()


def test_a_reason_leads_to_its_words_one_after_the_other(article, panel):
    found = "() => String([...CSS.highlights.get('caveat-found') ?? []][0])"
    panel.click("text=Why this score")
    panel.click("text=2 pieces of dose advice")
    article.wait_for_function(f"{found.removeprefix('() => ')} === '2 to 4 grams on an empty stomach'")
    panel.click("text=2 pieces of dose advice")
    article.wait_for_function(f"{found.removeprefix('() => ')} === 'up to 8 grams before bed'")
    assert panel.locator("#reasons button", has_text="Not mentioned").count() == 0  # it has no words


def test_what_is_hidden_is_told_and_can_be_shown_again(chromium, panel):
    chromium.store(hidden=[{"category": "dose", "quote": "up to 8 grams before bed"}], marks={"warns": False})
    panel.get_by_role("heading", name="5 findings").wait_for()

    panel.click("text=3 findings hidden")
    assert "you have hidden it" in panel.inner_text("#hidden-list")
    assert "you have hidden what is marked so" in panel.inner_text("#hidden-list")
    assert violations(panel) == []
    panel.get_by_role("button", name="Show again").click()
    panel.get_by_role("heading", name="6 findings").wait_for()
    panel.get_by_role("button", name="Show these").click()

    panel.get_by_role("heading", name="8 findings").wait_for()
    assert chromium.settings["hidden"] == []


def test_next_and_previous_go_through_the_page(article, panel):
    panel.click("text=Next")
    article.wait_for_selector("caveat-card", state="attached")
    assert highlighted(article)["found"] == ["binds to the opioid receptors of the brain"]
    panel.click("text=Next")
    article.wait_for_function("() => String([...CSS.highlights.get('caveat-found')][0]) === 'eases pain'")
    panel.click("text=Previous")
    article.wait_for_function("() => String([...CSS.highlights.get('caveat-found')][0]).startsWith('binds to')")


def test_the_highlights_are_taken_off_the_page(article, panel):
    panel.click("text=Take the highlights off this page")

    panel.get_by_text("This page has not been checked").wait_for()
    assert highlighted(article) == {}
    assert article.locator("caveat-ticks").count() == 0


def test_a_site_is_muted_and_shown_again(chromium, pages, article, panel):
    panel.click("text=Show nothing on localhost")
    wait_until(article, lambda: highlighted(article) == {}, "it is still marked")
    assert chromium.settings["muted"] == [pages]

    panel.click("text=Show findings here again")
    wait_until(article, lambda: highlighted(article) != {}, "it is not marked again")


@pytest.mark.parametrize("home", ["firefox"], indirect=True)  # where a prompt can be answered
def test_a_frame_of_another_site_is_read_once_the_reader_lets_it(home, pages, wire):
    wire.find_where_it_stands("2 grams", "5 mg")
    page = home.open(f"{pages}/markup.html")
    other = pages.replace("localhost", "other.localhost")
    home.evaluate(
        page,
        f"void document.body.insertAdjacentHTML('beforeend', '<iframe width=400 height=300 src={other}/app.html>')",
    )
    home.until(lambda: home.evaluate(page, "frames.length === 1"), "no frame")
    home.pause(1)
    home.check(page)
    panel = home.beside(page)
    assert "What Caveat could not read here: frames (1)." in panel.text
    asked = "[...document.querySelectorAll('#frames button')].map((e) => e.textContent)"
    assert panel.evaluate(asked) == [f"Let Caveat read the frames of {other.removeprefix('http://')}"]

    assert home.allow(other) == "true"
    home.bring_to_front(page)  # what nobody sees is not read
    panel.evaluate("document.getElementById('again').click()")

    panel.wait("document.getElementById('counted').textContent === '2 findings'")
    assert panel.evaluate(asked) == []


def test_words_of_closed_parts_leave_nothing_out_and_are_not_marked(chromium, pages, wire):
    def answer(request) -> Answer:
        quotes = [quote for quote in ("5 mg", "with alcohol") if quote in request.text]
        return Answer.json(report(*(finding(request.text, quote) for quote in quotes), facts={"k": fact()}))

    wire.answer("/v1/analyze", answer)
    page = chromium.open(f"{pages}/markup.html")
    page.evaluate("""() => document.body.insertAdjacentHTML('beforeend', `
        <details><summary>Safety</summary><p>Never with alcohol.</p><form>typed</form></details>
        <button aria-expanded=false aria-controls=more>More</button><div id=more hidden><p>In it.</p></div>
        <nav><button aria-expanded=false aria-controls=menu>Menu</button><div id=menu hidden>Shop</div></nav>
        <div style="display: none">Never shown</div>`)""")
    chromium.check(page)

    folded = [block["text"] for block in wire.requests[-1].blocks if block.get("folded")]
    assert folded == ["Never with alcohol.", "In it."]
    assert "alcohol" not in wire.texts[-1]
    panel = chromium.panel()
    panel.get_by_text("1 finding").wait_for()
    panel.get_by_text("1 more stand in closed parts of the page.").wait_for()
    assert highlighted(page) == {"know": ["5 mg"]}


def test_a_dose_over_a_limit_is_told_with_its_source_on_card_and_panel(browser, pages, wire):
    """With the real rules: the limit is the server's own."""
    page = browser.open(f"{pages}/app.html")
    words = "Take 10 g of paracetamol a day for your headache."
    browser.evaluate(page, f"void (document.body.innerHTML = '<p>{words}')")
    popup = browser.click_toolbar(page)
    popup.choose("10 g")

    assert "2.5 times the Canadian limit for adults" in browser.card_text(page)
    browser.close_popup(page)
    panel = browser.beside(page)
    assert "More than an authority calls safe" in panel.text
    [link] = panel.evaluate("[...document.querySelectorAll('#limits-list a')].map((a) => a.href)")
    assert link.startswith("https://")
    assert wire.texts == [words]


def test_of_closed_parts_no_more_is_sent_than_is_said(chromium, pages, wire):
    wire.find("5 mg")
    page = chromium.open(f"{pages}/markup.html")
    page.evaluate(
        "() => document.body.insertAdjacentHTML('beforeend', `<details><p>${'word '.repeat(30_000)}</details>`)"
    )

    chromium.check(page)

    folded = [block["text"] for block in wire.requests[-1].blocks if block.get("folded")]
    assert len("\n".join(folded)) == 50_000
