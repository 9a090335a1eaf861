"""Pages that do not stand still: highlights stay on their own words, and the server is asked seldom."""

import pytest

DOSES = ("2 grams", "5 grams", "9 grams", "7 grams", "11 grams")


@pytest.fixture
def page(browser, pages, wire):
    """A page with findings on all doses of DOSES that it shows, checked once."""
    wire.find_where_it_stands(*DOSES)
    page = browser.open(f"{pages}/app.html")
    browser.check(page)
    assert browser.highlighted(page) == {"know": ["2 grams", "5 grams"]}
    wire.reset()
    wire.find_where_it_stands(*DOSES)
    return page


def shows(browser, page, *words: str) -> None:
    """Waits until just these words are highlighted."""
    browser.until(lambda: sorted(browser.highlighted(page).get("know", [])) == sorted(words), f"never: {words}")


def test_words_that_are_added_are_checked_too(browser, page, wire):
    browser.evaluate(page, "document.getElementById('more').innerHTML = '<p>Never take 7 grams of kratom.</p>'")

    shows(browser, page, "2 grams", "5 grams", "7 grams")
    assert len(wire.texts) == 1


def test_infinite_scroll_asks_at_most_once_in_three_seconds(browser, page, wire):
    browser.evaluate(
        page,
        "new Promise((done) => { let n = 0; const timer = setInterval(() => {"
        " document.getElementById('more').insertAdjacentHTML('beforeend', `<p>Part ${n} on 7 grams of kratom.</p>`);"
        " if (++n === 40) { clearInterval(timer); done(); } }, 100); })",
    )

    assert 1 <= len(wire.texts) <= 2
    browser.until(lambda: "Part 39" in wire.texts[-1], "the last part was never checked")
    assert len(wire.texts) <= 3


def test_the_same_words_written_anew_keep_their_highlight(browser, page, wire):
    text = "document.getElementById('first').firstChild"
    browser.evaluate(page, f"{text}.data = {text}.data")
    assert browser.highlighted(page) == {"know": ["2 grams", "5 grams"]}  # at once, without a flicker

    browser.evaluate(page, "document.body.innerHTML = document.body.innerHTML")  # as frameworks do it: all new elements
    shows(browser, page, "2 grams", "5 grams")
    assert wire.requests == []


def test_words_that_change_lose_their_highlight_at_once(browser, page):
    browser.evaluate(page, "document.getElementById('first').firstChild.insertData(16, '1')")  # "take 12 grams"

    assert "12 grams" in browser.evaluate(page, "document.getElementById('first').textContent")
    assert browser.highlighted(page) == {"know": ["5 grams"]}


def test_a_finding_across_elements_is_watched_as_a_whole(browser, pages, wire):
    wire.find("2 to 3 grams")
    page = browser.open(f"{pages}/markup.html")
    browser.check(page)
    assert browser.highlighted(page)

    browser.evaluate(page, "document.querySelector('i').prepend('mg or ')")

    assert browser.highlighted(page) == {}


def test_findings_move_with_their_words(browser, page):
    browser.evaluate(page, "document.body.prepend('Ten words in front of all that was there. ')")
    browser.evaluate(page, "document.querySelector('h1').after(document.getElementById('second'))")

    shows(browser, page, "2 grams", "5 grams")
    ranges = "[...CSS.highlights.get('caveat-know-light')]"
    places = f"{ranges}.map((range) => [range.startContainer.parentElement.id, `${{range}}`])"
    assert sorted(browser.evaluate(page, places)) == [["first", "2 grams"], ["second", "5 grams"]]


def test_a_part_of_another_dose_is_not_taken_for_the_old_one(browser, page, wire):
    wire.find_where_it_stands()  # so that nothing but the old findings can be highlighted
    browser.evaluate(page, "document.getElementById('first').textContent = 'For sleep, take 12 grams of kratom.'")
    browser.evaluate(page, "document.getElementById('second').textContent = 'Kratom and wine: take no 55 grams of it.'")
    browser.pause(0.5)

    assert browser.highlighted(page) == {}


def test_details_are_read_when_they_are_opened(browser, page):
    browser.evaluate(page, "document.getElementById('closed').open = true")

    shows(browser, page, "2 grams", "5 grams", "9 grams")


def test_a_shadow_root_that_comes_later_is_read(browser, page):
    browser.evaluate(page, "document.getElementById('more').innerHTML = '<late-card></late-card>'")
    browser.pause(0.6)

    browser.evaluate(
        page,
        "void (document.querySelector('late-card').attachShadow({ mode: 'open' }).innerHTML = "
        "'<p>In the shadow, 7 grams of kratom.</p>')",
    )
    shows(browser, page, "2 grams", "5 grams", "7 grams")

    browser.evaluate(
        page, "void (document.querySelector('late-card').shadowRoot.innerHTML = '<p>Now 11 grams of it.</p>')"
    )
    shows(browser, page, "2 grams", "5 grams", "11 grams")


def test_another_page_of_an_app_is_not_checked_unasked(browser, page, wire):
    browser.evaluate(page, "history.pushState({}, '', '/another.html')")
    browser.evaluate(page, "document.body.innerHTML = '<p>Another page: 7 grams of kratom.</p>'")
    browser.until(lambda: browser.highlighted(page) == {}, "the highlights stayed")
    browser.until(lambda: browser.badge() == "", "the badge stayed")
    browser.pause(0.5)

    assert wire.requests == []
    assert browser.tell({"kind": "state"})["view"] == "idle"


def test_another_page_of_an_app_is_checked_where_that_is_wanted(home, pages, wire):
    wire.find_where_it_stands(*DOSES)
    home.allow("http://localhost")
    page = home.open(f"{pages}/app.html")
    shows(home, page, "2 grams", "5 grams")

    home.evaluate(page, "history.pushState({}, '', '/another.html')")
    home.evaluate(page, "document.body.innerHTML = '<p>For sleep, take 7 grams of kratom.</p>'")
    shows(home, page, "7 grams")
    home.until(lambda: home.badge() == "1", "the badge counts another page")

    home.evaluate(page, "history.pushState({}, '', '/third.html')")
    home.evaluate(page, "document.body.innerHTML = '<p>The bridge opens on Monday.</p>'")
    shows(home, page)
    home.until(lambda: home.badge() == "", "the badge counts another page")


def test_the_server_goes_away_and_what_it_found_stays(browser, page):
    browser.use_server("http://127.0.0.1:2")

    browser.evaluate(page, "document.getElementById('more').textContent = 'Some more on kratom.'")
    browser.pause(3.5)

    assert browser.highlighted(page) == {"know": ["2 grams", "5 grams"]}
