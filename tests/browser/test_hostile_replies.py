"""Replies of a hostile or broken server: nothing of them runs, and nothing wrong is shown."""

import pytest
from reports import fact, finding, missing, reason, report
from servers import Answer


@pytest.fixture
def page(browser, pages):
    return browser.open(f"{pages}/markup.html")


EVIL = "<img src=x onerror=\"document.title='owned'\"><b>bold</b>"


def full(request, *path: str | int, value: object) -> Answer:
    """A report with facts, reasons and missing warnings that is right but for one field."""
    quote = request.text[:8]
    reply = report(
        finding(request.text, quote, facts=["k"]),
        facts={"k": fact()},
        summary={"reasons": [reason(12, "a reason")], "missing": [missing("k")]},
    )
    *way, last = path
    place = reply
    for step in way:
        place = place[step]
    place[last] = value
    return Answer.json(reply)


# The same code reads a reply in both browsers, so one of them tells of each field.
in_chromium = pytest.mark.parametrize("browser", ["chromium"], indirect=True)


@in_chromium
@pytest.mark.parametrize(("path", "value"), [
    (["facts"], []),
    (["facts"], "k"),
    (["facts", "k"], None),
    (["facts", "k", "kind"], "gossip"),
    (["facts", "k", "statement"], 7),
    (["facts", "k", "object"], {}),
    (["facts", "k", "severity"], "deadly"),
    (["facts", "k", "evidence"], "__proto__"),
    (["facts", "k", "source"], None),
    (["facts", "k", "tier"], "secondary"),
    (["facts", "k", "reproduced_at"], 1),
    (["facts", "k", "url"], None),
    (["findings", 0, "facts"], "k"),
    (["summary", "reasons"], {}),
    (["summary", "reasons", 0], "a reason"),
    (["summary", "reasons", 0, "points"], "12"),
    (["summary", "reasons", 0, "points"], 1e9),
    (["summary", "reasons", 0, "text"], None),
    (["summary", "missing"], "much"),
    (["summary", "missing", 0, "severity"], 3),
    (["summary", "missing", 0, "statement"], None),
    (["summary", "missing", 0, "label"], []),
    (["summary", "missing", 0, "object"], 1),
    (["notice"], 7),
])  # fmt: skip
def test_a_full_report_with_one_wrong_field(browser, page, wire, path, value):
    wire.answer("/v1/analyze", lambda request: full(request, *path, value=value))

    popup = browser.click_toolbar(page)

    assert popup.error == "bad-reply"
    assert browser.highlighted(page) == {}


@in_chromium
@pytest.mark.parametrize("url", [
    "javascript:alert(1)", "http://journal.example/", "data:text/html,x", "//x.example", "", "https://x/" + "x" * 9_000,
])  # fmt: skip
def test_a_source_that_cannot_be_opened_safely_is_not_shown(browser, page, wire, url):
    wire.answer("/v1/analyze", lambda request: full(request, "facts", "k", "url", value=url))

    popup = browser.click_toolbar(page)
    popup.choose()

    assert "What sources say" not in browser.card_text(page)
    assert "found no warning" not in popup.text
    assert popup.evaluate("[...document.links].length") == 0


def test_ids_that_nobody_knows_and_more_facts_than_three(browser, page, wire):
    facts = {f"k{number}": fact(statement=f"Fact {number}.") for number in range(9)}
    wire.answer("/v1/analyze", lambda request: Answer.json(report(
        finding(request.text, "5 mg", facts=["k0", "__proto__", "k2", "k3", "k4"]), facts=facts,
        summary={"missing": [missing("k8", statement="Known."), missing("constructor", statement="Unknown.")]},
    )))  # fmt: skip

    popup = browser.click_toolbar(page)
    popup.choose()

    text = browser.card_text(page)
    assert [number for number in range(9) if f"Fact {number}." in text] == [0, 2]
    browser.close_popup(page)
    panel = browser.beside(page)
    assert "Known." in panel.text
    assert "Unknown." not in panel.text


def test_a_reply_of_an_older_server_is_read(browser, page, wire):
    def answer(request) -> Answer:
        reply = report(finding(request.text, "5 mg"))
        del reply["facts"], reply["notice"], reply["summary"]["reasons"], reply["summary"]["missing"]
        del reply["findings"][0]["facts"]
        return Answer.json(reply)

    wire.answer("/v1/analyze", answer)

    browser.check(page)
    assert browser.beside(page).quotes == ["5 mg"]


def test_markup_in_every_text_of_a_report_stays_text(browser, page, wire):
    def answer(request) -> Answer:
        known = fact(statement=EVIL, source=EVIL, reproduced_at=EVIL, substance=EVIL, object=EVIL)
        cue = {"start": 0, "end": 1, "text": EVIL}
        return Answer.json(report(
            finding(request.text, "5 mg", title=EVIL, message=EVIL, cue=cue, facts=["k"]),
            facts={"k": known}, notice=EVIL, summary={
                "headline": EVIL, "reasons": [reason(12, EVIL)],
                "missing": [missing("k", label=EVIL, object=EVIL, statement=EVIL)],
            },
        ))  # fmt: skip

    wire.answer("/v1/analyze", answer)

    popup = browser.click_toolbar(page)
    popup.choose()

    assert browser.card_text(page).count(EVIL) == 6
    assert popup.text.count(EVIL) == 3
    browser.close_popup(page)
    panel = browser.beside(page)
    panel.evaluate("document.querySelector('#why details').open = true")
    assert panel.text.count(EVIL) == 8
    assert panel.evaluate("document.querySelectorAll('main img, main b, footer img').length") == 0
    assert panel.evaluate("document.title") == "Caveat"
    assert browser.evaluate(page, "document.title") != "owned"


def test_texts_without_end_are_cut(browser, page, wire):
    long = "x" * 100_000
    wire.answer("/v1/analyze", lambda request: Answer.json(report(
        finding(request.text, "5 mg", title=long, message=long),
        summary={"headline": long, "reasons": [reason(1, long)] * 5_000},
    )))  # fmt: skip

    browser.check(page)
    panel = browser.beside(page)

    assert len(panel.text) < 102 * 1_100
    assert panel.evaluate("document.getElementById('reasons').rows.length") == 100


def test_ten_thousand_findings_can_be_used(browser, page, wire):
    many = [{"id": f"f{number}"} for number in range(10_001)]
    wire.answer(
        "/v1/analyze", lambda request: Answer.json(report(*(finding(request.text, "5 mg") | one for one in many)))
    )

    browser.check(page)
    panel = browser.beside(page)

    assert len(panel.quotes) == 10_000
    assert "10000 findings" in panel.text
    assert "1 more could not be matched" in panel.text
    panel.evaluate("document.querySelectorAll('#findings button')[9_999].click()")
    assert "Says how much to take" in browser.card_text(page)
