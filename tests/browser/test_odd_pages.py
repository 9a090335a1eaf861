"""Pages that are built or behave in odd ways: what is said of them stays true, and the card can be used."""

import json

import pytest
from chromium import card_edges
from servers import Answer

WORDS = "Take 2 grams of kratom for sleep."
CARD = "document.querySelector('caveat-card')"


def becomes(browser, page, html: str) -> None:
    """The page's body is now this."""
    browser.evaluate(page, f"document.body.innerHTML = {json.dumps(html)}, 0")


@pytest.fixture
def page(browser, pages, wire):
    wire.find_where_it_stands("2 grams", "5 grams")
    return browser.open(f"{pages}/markup.html")


def box_of(browser, page, highlight: str) -> dict:
    """Where the one range of a highlight stands in the window."""
    box = f"CSS.highlights.get('caveat-{highlight}').values().next().value.getBoundingClientRect().toJSON()"
    return json.loads(browser.evaluate(page, f"JSON.stringify({box})"))


# ---- what is read again


def test_the_same_words_after_a_while_are_marked_again(browser, page):
    becomes(browser, page, WORDS)
    browser.check(page)

    becomes(browser, page, "Loading ...")
    browser.until(lambda: browser.highlighted(page) == {}, "what is gone is still marked")
    browser.pause(0.5)
    becomes(browser, page, WORDS)

    browser.until(lambda: browser.highlighted(page) == {"know": ["2 grams"]}, "not marked again")


def test_an_address_that_loses_its_tail_loses_no_highlight(site, pages, wire):
    wire.find("2 grams")
    page = site.open(f"{pages}/app.html?utm_source=x")
    site.until(lambda: site.badge() == "1", "nothing was found")

    site.evaluate(page, "history.replaceState(null, '', location.pathname), document.body.className = 'ready'")
    site.pause(0.5)

    site.until(lambda: site.badge() == "1" and site.highlighted(page), "the highlights are gone")


def test_a_server_that_comes_late_is_asked_again_when_the_page_changes(site, pages, wire):
    wire.find("2 grams")
    site.use_server("http://127.0.0.1:2")
    page = site.open(f"{pages}/app.html")
    site.until(lambda: site.badge() == "!", "nothing tells that the server is not there")
    site.use_server(wire.address)

    site.evaluate(page, "document.body.className = 'ready'")

    site.until(lambda: site.badge() == "1", "it is not asked again")


def test_opening_the_popup_does_not_end_automatic_checking(site, pages, wire):
    wire.find_where_it_stands("2 grams")
    page = site.open(f"{pages}/news.html")
    site.check(page)

    becomes(site, page, WORDS)
    site.evaluate(page, "history.pushState({}, '', '/another.html'), 0")

    site.until(lambda: site.highlighted(page) == {"know": ["2 grams"]}, "it is not checked any more")


@pytest.mark.parametrize(("closed", "opening"), [
    ("<style>input:not(:checked) + p { display: none }</style><input type=checkbox>%s", "input"),
    ("<style>p { display: none } .on + p { display: block }</style><button>More</button>%s", "button"),
])  # fmt: skip
def test_words_that_a_click_shows_are_read(chromium, pages, wire, closed, opening):
    wire.find_where_it_stands("2 grams", "5 grams")
    page = chromium.open(f"{pages}/markup.html")
    becomes(chromium, page, f"<p style='display: block'>{WORDS}</p>" + closed % "<p>Or take 5 grams.</p>")
    page.evaluate("document.querySelector('button')?.addEventListener('click', (e) => e.target.classList.add('on'))")
    chromium.check(page)
    assert chromium.highlighted(page) == {"know": ["2 grams"]}

    page.click(opening)

    chromium.until(lambda: chromium.highlighted(page) == {"know": ["2 grams", "5 grams"]}, "they are not read")


def test_a_page_written_anew_still_opens_cards(chromium, pages, wire):
    wire.find("2 grams")
    page = chromium.open(f"{pages}/app.html")
    chromium.check(page)

    page.evaluate("(html) => { document.open(); document.write(html); document.close(); }", f"<p><b>{WORDS}</b>")
    chromium.until(lambda: chromium.highlighted(page), "it is not read")
    page.hover("b", position={"x": 50, "y": 5})

    assert page.wait_for_selector("caveat-card", state="attached")


# ---- what the popup says


def test_an_open_popup_follows_the_page(browser, page):
    becomes(browser, page, f"<div></div><p>{WORDS}")
    popup = browser.click_toolbar(page)
    assert len(popup.sentences) == 1
    assert "2 grams" in popup.sentences[0]

    browser.evaluate(page, "document.querySelector('div').textContent = 'Never take 5 grams.', 0")

    popup.wait("document.querySelectorAll('#findings .quote').length === 2")
    popup.choose("2 grams")
    browser.until(lambda: browser.highlighted(page).get("found") == ["2 grams"], "it leads to something else")


def test_an_open_popup_tells_when_the_trouble_is_over(browser, page, wire):
    becomes(browser, page, WORDS)
    browser.use_server("http://127.0.0.1:2")
    popup = browser.click_toolbar(page)
    assert popup.error == "unreachable"
    browser.use_server(wire.address)

    browser.evaluate(page, "document.body.append('.'), 0")

    popup.wait("document.querySelector('main').dataset.view === 'report'")
    assert len(popup.sentences) == 1
    assert "2 grams" in popup.sentences[0]


def test_a_frame_does_not_speak_for_a_page_that_was_not_read(browser, pages):
    page = browser.open(f"{pages}/german.html")
    browser.evaluate(
        page, "document.body.insertAdjacentHTML('beforeend', '<iframe srcdoc=\"Buy kratom.\"></iframe>'), 0"
    )
    browser.until(lambda: browser.evaluate(page, "!!frames[0].document.body?.textContent"), "no frame")

    assert browser.click_toolbar(page).error == "language"


def test_a_page_that_still_loads_is_read(chromium, pages, wire):
    wire.find("2 grams")
    page = chromium.open(f"{pages}/markup.html")
    page.evaluate("location.assign('slow.html'), 0")
    chromium.pause(1.5)

    popup = chromium.click_toolbar(page)

    assert len(popup.sentences) == 1
    assert "2 grams" in popup.sentences[0]
    assert page.evaluate("document.readyState") == "loading"


def test_an_old_report_is_not_shown_as_what_the_page_says_now(browser, page, wire):
    becomes(browser, page, WORDS)
    browser.check(page)
    wire.answer("/v1/health", lambda _: Answer(b"", 500))
    sent = len(wire.requests)
    becomes(browser, page, "Take 5 grams of kratom.")
    browser.until(lambda: len(wire.requests) > sent, "it is not checked again")
    browser.pause(0.3)

    popup = browser.click_toolbar(page)

    assert popup.error == "wrong-server"


# ---- where the words are, and the card


@pytest.mark.parametrize("html", [
    "<div style='height: 300px; overflow: auto'><p>{words}{much}",
    "<div style='height: 300px; overflow: auto'><p>{much}{words}",
    "<style>html, body, main {{ overflow: auto; height: 100% }}</style><main><p>{much}{words}",
    "<pre>{much}{words}",
    "<pre style='overflow-x: auto'>{much}{words}",
    "<style>body {{ writing-mode: vertical-rl }}</style><p>{much}{words}{much}",
])  # fmt: skip
def test_a_finding_is_brought_into_sight_wherever_it_is(browser, page, html):
    becomes(browser, page, html.format(words=WORDS, much="This sentence is here to take up room. " * 800))
    browser.evaluate(page, "document.querySelector('div, main')?.scrollTo(0, 1e6), 0")
    popup = browser.click_toolbar(page)

    popup.choose()

    browser.until(lambda: "found" in browser.highlighted(page), "it leads nowhere")
    box = box_of(browser, page, "found")
    width, height = browser.evaluate(page, "innerWidth"), browser.evaluate(page, "innerHeight")
    assert 0 <= box["left"] < width
    assert 0 <= box["top"] < height


def test_the_card_in_a_modal_dialog_can_be_used(browser, page):
    becomes(browser, page, f"<dialog><p>{WORDS}</dialog>")
    browser.evaluate(page, "document.querySelector('dialog').showModal(), 0")
    popup = browser.click_toolbar(page)

    popup.choose()
    browser.until(lambda: browser.evaluate(page, f"!!{CARD}"), "no card")
    browser.close_popup(page)

    browser.until(lambda: browser.evaluate(page, f"document.activeElement === {CARD}"), "the card takes no focus")


@pytest.mark.parametrize("zoom", [1, 1.5, 2])
def test_the_card_stands_beside_its_words_on_an_enlarged_page(chromium, pages, wire, zoom):
    wire.find("2 grams")
    page = chromium.open(f"{pages}/app.html")
    page.evaluate("(zoom) => { document.documentElement.style.zoom = zoom }", zoom)
    popup = chromium.click_toolbar(page)

    popup.choose()

    top, bottom = card_edges(page)
    words = box_of(chromium, page, "found")
    assert 0 <= top < bottom <= page.viewport_size["height"]
    assert min(abs(top - words["bottom"]), abs(words["top"] - bottom)) < 30


def test_a_page_that_takes_the_card_away_gets_another(chromium, pages, wire):
    wire.find("2 grams")
    page = chromium.open(f"{pages}/app.html")
    popup = chromium.click_toolbar(page)
    popup.choose()
    page.wait_for_selector("caveat-card", state="attached")
    chromium.close_popup(page)
    page.evaluate("document.querySelector('caveat-card').remove()")
    page.evaluate("addEventListener('keydown', ({ key }) => { window.heard = key })")

    page.keyboard.press("Escape")
    assert page.evaluate("heard") == "Escape"
    box = box_of(chromium, page, "know-light")
    page.mouse.move(box["left"] + 5, box["top"] + 5)

    assert page.wait_for_selector("caveat-card", state="attached")


def test_highlights_in_a_shadow_root_keep_their_look(browser, pages, wire):
    wire.find("Take 2 grams")
    page = browser.open(f"{pages}/shadow.html")
    browser.check(page)
    root = "document.querySelector('health-card').shadowRoot"

    browser.evaluate(page, f"{root}.adoptedStyleSheets = [], {root}.append('.'), 0")

    look = f"getComputedStyle({root}.querySelector('p'), '::highlight(caveat-know-light)').textDecorationStyle"
    browser.until(lambda: browser.evaluate(page, look) == "dashed", "they are not seen any more")


def test_a_document_that_is_no_html(browser, pages, wire):
    wire.find("2 grams")
    page = browser.open(f"{pages}/document.xml")
    popup = browser.click_toolbar(page)
    assert popup.view == "report", popup.text

    popup.choose()

    browser.until(lambda: browser.highlighted(page).get("found") == ["2 grams"], "it leads nowhere")
    assert browser.evaluate(page, f"!!{CARD}")
