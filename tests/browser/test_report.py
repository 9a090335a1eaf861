"""What a reader sees of a report in both browsers: in the popup, and on the card."""

import pytest
from reports import fact, finding, guide, missing, reason, report
from servers import Answer

GUIDE_QUOTE = "binds to the opioid receptors of the brain"


@pytest.fixture
def article(browser, pages, wire):
    """A page with every kind of claim, and its report."""
    wire.answer("/v1/analyze", lambda request: Answer.json(guide(request.text)))
    return browser.open(f"{pages}/article.html")


@pytest.fixture
def popup(browser, article):
    return browser.click_toolbar(article)


def rows(popup, selector: str) -> list[list[str]]:
    return popup.evaluate(
        f"[...document.querySelectorAll('{selector} tr')].map((row) => [...row.cells].map((cell) => cell.textContent))"
    )


def test_it_says_how_risky_the_page_is_and_why(browser, article, popup):
    assert popup.level == "high"
    assert "Much to check" in popup.text
    assert popup.sentences[0].startswith("Check this")
    assert "eases pain" in popup.sentences[0]
    assert len(popup.sentences) == 3
    assert "Caveat found no warning here about" in popup.text
    browser.close_popup(article)
    panel = browser.beside(article)
    panel.evaluate("document.querySelector('#why details').open = true")
    assert "this page tells how much kratom to take" in panel.text
    assert "Score 71 of 100" in panel.text
    reasons = rows(panel, "#reasons")
    assert reasons[0] == ["2 pieces of dose advice", "+27"]
    assert reasons[-1] == ["The page itself gives 1 caution and 1 warning of an interaction", "−5"]
    assert sum(int(points.replace("−", "-")) for _, points in reasons) == 71
    assert panel.evaluate("document.getElementById('total').textContent") == "71"


def test_it_says_what_the_page_leaves_out_and_who_says_so(browser, article, popup):
    browser.close_popup(article)
    popup = browser.beside(article)
    assert "Caveat found no warning here about" in popup.text
    assert "Kratom must not be combined with opioids: deaths have followed." in popup.text
    assert "Major · Case report · Journal of Examples 12:34" in popup.text
    assert "National Institute of Examples, as reproduced at mirror.example" in popup.text
    links = popup.evaluate("[...document.querySelectorAll('#missing a')].map((a) => [a.href, a.rel, a.target])")
    assert links[1] == ["https://mirror.example/kratom", "noopener noreferrer", "_blank"]


def test_a_page_that_leaves_nothing_out_is_not_told_so(browser, pages, wire):
    wire.find("5 mg")

    page = browser.open(f"{pages}/markup.html")
    popup = browser.click_toolbar(page)

    assert "found no warning" not in popup.text
    browser.close_popup(page)
    panel = browser.beside(page)
    assert "found no warning" not in panel.text
    assert "Why this score" not in panel.text


def test_a_muted_site_is_not_read(browser, pages, wire):
    browser.store(muted=[pages])

    popup = browser.open_popup(browser.open(f"{pages}/article.html"))
    popup.wait("document.querySelector('main')?.dataset.view === 'muted'")

    assert "Nothing is read here" in popup.text
    assert wire.requests == []


def test_a_page_that_is_checked_already_is_shown_without_a_new_request(browser, article, popup, wire):
    browser.close_popup(article)
    wire.requests.clear()

    popup = browser.click_toolbar(article)

    assert "Show all 8 findings" in popup.text
    assert wire.requests == []


def test_the_frames_of_a_page_are_one_list(browser, pages, wire):
    def answer(request) -> Answer:
        inner = "inner" in request.text
        return Answer.json(report(
            finding(request.text, "7 mg" if inner else "5 mg", id="f1"),
            facts={"k": fact()},
            summary={"level": "high" if inner else "low", "score": 60 if inner else 12, "missing": [missing("k")],
                     "reasons": [reason(60 if inner else 12, "inner" if inner else "outer")]},
        ))  # fmt: skip

    wire.answer("/v1/analyze", answer)
    page = browser.open(f"{pages}/markup.html")
    browser.evaluate(page, "document.body.insertAdjacentHTML('beforeend', '<iframe srcdoc=\"inner 7 mg\"></iframe>')")
    browser.until(lambda: browser.evaluate(page, "!!frames[0].document.body?.textContent.includes('7 mg')"), "no frame")

    popup = browser.click_toolbar(page)

    assert popup.level == "high"
    browser.close_popup(page)
    panel = browser.beside(page)
    assert panel.quotes == ["5 mg", "7 mg"]
    assert "2 frames of this page have findings; the score is that of the riskiest." in panel.text
    assert rows(panel, "#reasons") == [["inner", "+60"]]
    assert panel.evaluate("document.querySelectorAll('#missing-list li').length") == 1
    panel.choose("7 mg")
    inside = "!!frames[0].document.querySelector('caveat-card')"
    browser.until(lambda: browser.evaluate(page, inside), "no card opened")
    assert not browser.evaluate(page, "!!document.querySelector('caveat-card')")


def test_what_a_kind_hides_a_button_shows_again(browser, article):
    browser.check(article)
    panel = browser.beside(article)
    browser.store(categories={"dose": False})
    browser.until(lambda: "2 to 4 grams" not in str(browser.highlighted(article)), "not hidden")
    panel.wait("document.getElementById('counted').textContent === '6 findings'")
    assert panel.evaluate("document.getElementById('hidden-count').textContent") == "2 findings hidden"

    panel.evaluate("document.querySelector('#hidden-list button').click()")
    browser.until(lambda: "2 to 4 grams" in str(browser.highlighted(article)), "not shown")
    panel.wait("document.getElementById('counted').textContent === '8 findings'")


def test_the_card_tells_what_sources_say(browser, article, popup):
    popup.choose("2 to 4 grams")

    text = browser.card_text(article)
    assert "What sources say" in text
    assert "Major · Review of studies · Annals of Examples 3:7" in text
    assert "Caveat informs; it does not give medical advice." in text


def test_a_finding_is_hidden_from_its_card_by_keyboard(browser, article):
    browser.check(article)
    browser.beside(article).choose("binds to")
    in_card = "document.activeElement.localName === 'caveat-card'"
    browser.until(lambda: browser.evaluate(article, in_card), "the card has no focus")

    for key in ("Tab", "Tab", "Tab", "Tab", "Enter"):  # the source, "Useful", "Wrong", "Hide"
        browser.press(article, key)
        assert browser.evaluate(article, in_card)

    browser.until(lambda: "binds to" not in str(browser.highlighted(article)), "not hidden")
    assert browser.settings["hidden"] == [{"category": "mechanism", "quote": GUIDE_QUOTE}]
    assert "Hidden, here and wherever a page says the same." in browser.card_text(article)
    assert browser.evaluate(article, in_card)
    browser.press(article, "Escape")
    browser.until(lambda: not browser.evaluate(article, "!!document.querySelector('caveat-card')"), "not closed")


def test_the_options_show_and_undo_what_was_chosen(browser):
    browser.store(hidden=[{"category": "dose", "quote": "2 grams"}], muted=["https://muted.example"])
    options = browser.open_own("options/options.html")
    text = "document.body.innerText"
    browser.until(lambda: "https://muted.example" in browser.evaluate(options, text), "not shown")

    browser.evaluate(options, "document.querySelector('#hidden button').click()")
    browser.evaluate(options, "document.querySelector('#muted button').click()")

    browser.until(lambda: "No site is muted." in browser.evaluate(options, text), "not undone")
    browser.until(lambda: browser.settings["hidden"] == [], "not undone")
    browser.evaluate(options, "document.querySelector('#server button').click()")
    browser.until(lambda: "The server is ready." in browser.evaluate(options, text), "no answer")


def test_the_first_page_opens_when_the_extension_is_installed(browser):
    assert browser.opened_on_install == "welcome/welcome.html"


def test_the_first_page_says_what_is_sent_where(browser):
    welcome = browser.open_own("welcome/welcome.html")
    text = browser.evaluate(welcome, "document.body.innerText")

    assert "go to that program on your own computer, and nowhere else" in text
    assert "make run" in text
    assert len(text.split()) <= 60


def test_the_demo_page_works_at_once(browser):
    demo = browser.open_own("demo/demo.html")
    text = "document.body.innerText"
    browser.until(lambda: "Caveat has marked this page" in browser.evaluate(demo, text), "it is not read")

    marked = browser.highlighted(demo)

    assert set(marked) == {"check", "know", "warns"}
    assert any("cures depression" in words for words in marked["check"])
    assert any("SSRIs" in words for words in marked["warns"])


def test_without_a_server_the_demo_page_says_how_to_start_it(browser, wire):
    browser.use_server("http://127.0.0.1:2")
    demo = browser.open_own("demo/demo.html")
    text = "document.body.innerText"
    browser.until(lambda: "Start it with “make run”" in browser.evaluate(demo, text), "it is not told")
    browser.use_server(wire.address)

    browser.evaluate(demo, "document.getElementById('again').click()")

    browser.until(lambda: "Caveat has marked this page" in browser.evaluate(demo, text), "it is not read")
