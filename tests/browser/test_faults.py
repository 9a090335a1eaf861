"""Whatever answers, the popup says what to do and the page shows no wrong highlight."""

import copy

import pytest
from reports import finding, report
from servers import Answer


@pytest.fixture
def page(browser, pages):
    return browser.open(f"{pages}/markup.html")


def test_no_server(browser, page):
    browser.use_server("http://127.0.0.1:2")  # nobody listens there

    popup = browser.click_toolbar(page)

    assert popup.error == "unreachable"
    assert "Caveat’s server is not running\n" in popup.text
    assert "Start it with “make run”" in popup.text
    assert "http://127.0.0.1:2\n" in popup.text
    assert browser.badge() == "!"


def test_trying_again_once_the_server_is_there(browser, page, wire):
    browser.use_server("http://127.0.0.1:2")
    popup = browser.click_toolbar(page)

    browser.use_server(wire.address)
    wire.find("5 mg")
    popup.evaluate("document.getElementById('retry').click()")
    popup.wait("document.querySelector('main').dataset.view === 'report'")

    assert browser.highlighted(page) == {"know": ["5 mg"]}
    assert browser.badge() == "1"


def test_a_server_that_is_still_starting(browser, page, wire):
    health = {"name": "caveat", "version": "0.2.0", "rules": 0, "ready": False}
    wire.answer("/v1/health", lambda _: Answer.json(health, 503))

    assert "is starting" in browser.click_toolbar(page).text


@pytest.mark.parametrize("body", [b'{"message": "hello"}', b"[]", b"null", b"<h1>It works!</h1>"])
def test_another_program_on_the_port(browser, page, wire, body):
    wire.answer("/v1/health", lambda _: Answer(body))

    assert "Another program answers in Caveat’s place" in browser.click_toolbar(page).text


def test_the_server_says_why_it_refuses(browser, page, wire):
    problem = {"type": "about:blank", "title": "Too long", "status": 413, "detail": "Send <b>less</b> text."}
    wire.answer("/v1/analyze", lambda _: Answer.json(problem, 413, "application/problem+json"))

    popup = browser.click_toolbar(page)

    assert popup.error == "rejected"
    assert "Send <b>less</b> text." in popup.text


def broken(*path: str | int, value: object) -> dict:
    """A report that is right but for one field."""
    reply = copy.deepcopy(report(finding("How   much", "much")))
    *way, last = path
    place = reply
    for step in way:
        place = place[step]
    place[last] = value
    return reply


@pytest.mark.parametrize("body", [b"", b"not json", b"null", b"[]", b"{}", b'{"findings": [], "summary": {}}'])
def test_an_answer_that_is_no_report(browser, page, wire, body):
    wire.answer("/v1/analyze", lambda _: Answer(body))

    assert browser.click_toolbar(page).error == "bad-reply"


@pytest.mark.parametrize("reply", [
    broken("findings", value={}),
    broken("findings", 0, value=None),
    broken("findings", 0, "start", value=-1),
    broken("findings", 0, "start", value="6"),
    broken("findings", 0, "start", value=6.5),
    broken("findings", 0, "end", value=6),
    broken("findings", 0, "end", value=1_000_000),
    broken("findings", 0, "id", value=7),
    broken("findings", 0, "category", value="__proto__"),
    broken("findings", 0, "certainty", value="sure"),
    broken("findings", 0, "severity", value=None),
    broken("findings", 0, "message", value={"html": "<b>"}),
    broken("findings", 0, "cue", value="may"),
    broken("summary", "level", value="extreme"),
    broken("summary", "score", value=101),
    broken("summary", "score", value=None),
    broken("summary", "headline", value=None),
    broken("truncated_at", value="soon"),
])  # fmt: skip
def test_a_report_with_one_wrong_field(browser, page, wire, reply):
    wire.answer("/v1/analyze", lambda _: Answer.json(reply))

    popup = browser.click_toolbar(page)

    assert popup.error == "bad-reply"
    assert browser.highlighted(page) == {}


def test_a_finding_whose_quote_stands_elsewhere_is_left_out(browser, page, wire):
    wire.answer("/v1/analyze", lambda request: Answer.json(report(
        finding(request.text, "5 mg"),
        finding(request.text, "Not more") | {"start": 0, "end": 8},
    )))  # fmt: skip

    browser.check(page)
    panel = browser.beside(page)

    assert panel.quotes == ["5 mg"]
    assert browser.highlighted(page) == {"know": ["5 mg"]}
    assert "1 more could not be matched" in panel.text


def test_markup_from_the_server_stays_text(browser, page, wire):
    evil = "<img src=x onerror=\"document.title='owned'\"><b>bold</b>"
    wire.find("5 mg", title=evil, message=evil, cue={"start": 0, "end": 1, "text": evil})

    popup = browser.click_toolbar(page)
    popup.choose()

    assert browser.card_text(page).count(evil) == 3
    assert popup.evaluate("document.querySelectorAll('#findings b, #findings img').length") == 0
    assert browser.evaluate(page, "document.title") != "owned"


def test_ten_thousand_findings(browser, page, wire):
    wire.answer("/v1/analyze", lambda request: Answer.json(report(*[finding(request.text, "5 mg")] * 10_000)))

    popup = browser.click_toolbar(page)

    assert "Show all 10000 findings" in popup.text
    assert browser.badge() == "999+"


def test_a_page_without_words(browser, page, wire):
    browser.evaluate(page, "document.body.textContent = ' '")

    assert browser.click_toolbar(page).error == "empty"
    assert wire.requests == []


def test_a_page_the_browser_keeps_extensions_out_of(browser):
    popup = browser.click_toolbar(browser.open(browser.off_limits))

    assert popup.error == "restricted"
    assert "Caveat can’t run on this page" in popup.text
    assert "Try again" not in popup.text
