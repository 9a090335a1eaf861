"""What of a page is read, and that findings come back to their own words."""

import threading

import pytest
from reports import finding, report
from servers import Answer, Request


def test_only_what_a_reader_sees_is_sent(browser, pages, wire):
    browser.check(browser.open(f"{pages}/hidden.html"))

    [text] = wire.texts
    assert "UNSEEN" not in text
    assert [line.strip() for line in text.split("\n")] == [
        "SEEN paragraph",
        "SEEN in an element without a box",
        "SEEN aside",
        "SEEN summary",
        "SEEN open details",
        "SEEN, for it cannot be edited",
        "SEEN summary of closed details",
    ]


def test_lines_are_blocks_and_white_space_keeps_its_length(browser, pages, wire):
    browser.check(browser.open(f"{pages}/markup.html"))

    assert wire.texts == [
        "How   much\nTake 2 to 3 grams of kra\u00adtom.\nNot more.\nOne\nTwo\nDose\n5 mg\nBefore \ninside\n after"
    ]


def test_words_stand_to_each_other_as_on_the_screen(browser, pages, wire):
    browser.check(browser.open(f"{pages}/structure.html"))

    assert [" ".join(line.split()) for line in wire.texts[0].split("\n") if line.strip()] == [
        "Take 2 grams of kratom.",
        "With B12 and 10^9 CFU, the 10th day.",
        "Do not drive",
        "Take 4 grams",
        "A typeset text breaks its lines where these are full, so that this is one sentence.",
        "- One",
        "- Two",
        "Lowers cortisol levels, kava too Sleep Stress",
        "Valerian calms.",
        "SEEN child",
        "Take 2 grams of kava",
        "SEEN in its root",
    ]
    assert len(wire.texts) == 1  # nothing of the frames that are not seen


def test_a_finding_may_span_elements_and_line_breaks(browser, pages, wire):
    wire.find("2 to 3 grams of kra\u00adtom.\nNot", "5 mg")
    page = browser.open(f"{pages}/markup.html")

    browser.check(page)

    assert browser.highlighted(page) == {"know": ["2\u00a0to 3 grams\nof kra\u00adtom.Not", "5 mg"]}


def test_emoji_and_combining_characters_do_not_shift_findings(browser, pages, wire, artifacts):
    page = browser.open(f"{pages}/emoji.html")

    browser.check(page)

    found = sorted(quote for quotes in browser.highlighted(page).values() for quote in quotes)
    assert found == sorted(f["quote"] for f in wire.report["findings"])
    assert any("receptors" in quote for quote in found)
    assert any("grams" in quote for quote in found)
    browser.screenshot(page, artifacts / "emoji.png")


def test_right_to_left_text(browser, pages, wire, artifacts):
    wire.find("take 2 grams (שני גרם)", "5 mg (מ״ג)")
    page = browser.open(f"{pages}/rtl.html")

    browser.check(page)

    assert browser.highlighted(page) == {"know": ["take 2 grams (שני גרם)", "5 mg (מ״ג)"]}
    browser.screenshot(page, artifacts / "rtl.png")


def test_open_shadow_roots_are_read_as_they_are_rendered(browser, pages, wire, artifacts):
    wire.find("Take 1 gram", "Take 2 grams")
    page = browser.open(f"{pages}/shadow.html")

    browser.check(page)

    [text] = wire.texts
    assert "UNSEEN" not in text
    assert {"SEEN title", "SEEN fallback"} <= {line.strip() for line in text.split("\n")}
    assert browser.highlighted(page) == {"know": ["Take 1 gram", "Take 2 grams"]}
    browser.screenshot(page, artifacts / "shadow.png")


def test_a_strict_page_policy_does_not_keep_highlights_away(browser, pages, wire):
    wire.find("Take 2 to 4 grams")
    page = browser.open(f"{pages}/strict-csp.html")

    browser.check(page)

    assert browser.highlighted(page) == {"know": ["Take 2 to 4 grams"]}
    assert "dashed" in browser.decoration(page, "#dose")


@pytest.mark.parametrize("character", ["a", "💊"])
def test_a_long_page_is_cut_between_characters_and_the_reader_is_told(browser, pages, wire, character):
    wire.find()
    page = browser.open(f"{pages}/markup.html")
    browser.evaluate(
        page,
        f"(() => {{ const words = 'Take two grams of kratom every day. '.repeat(400);"
        f" document.body.textContent = `x${{words}}${{'{character}'.repeat(250_000)}}` }})()",
    )

    popup = browser.click_toolbar(page)

    [text] = wire.texts
    units = len(text.encode("utf-16-le")) // 2
    assert units == 200_000 if character == "a" else 199_999
    assert text.encode()  # fails on half a character
    assert f"only its first {units:,} characters were checked" in popup.text


def test_half_characters_in_a_page_are_replaced_one_for_one(browser, pages, wire):
    wire.find("Take 2 grams")
    page = browser.open(f"{pages}/markup.html")
    browser.evaluate(page, "document.body.textContent = '\\ud83d broken \\udc8a Take 2 grams'")

    browser.check(page)

    assert wire.texts == ["\ufffd broken \ufffd Take 2 grams"]
    assert browser.highlighted(page) == {"know": ["Take 2 grams"]}


def test_a_second_check_reads_the_page_again_and_doubles_nothing(browser, pages, wire):
    wire.find("5 mg")
    page = browser.open(f"{pages}/markup.html")
    browser.check(page)

    browser.evaluate(page, "document.querySelector('h2').textContent = 'A new heading'")
    browser.tell({"kind": "check"})

    assert [text.split("\n")[0] for text in wire.texts] == ["How   much", "A new heading"]
    assert browser.highlighted(page) == {"know": ["5 mg"]}


def test_words_that_changed_while_the_server_read_are_not_highlighted(browser, pages, wire):
    changed = threading.Event()

    def answer_late(request: Request) -> Answer:
        changed.wait(10)
        return Answer.json(report(finding(request.text, "Not more"), finding(request.text, "5 mg")))

    wire.answer("/v1/analyze", answer_late)
    page = browser.open(f"{pages}/markup.html")

    popup = browser.open_popup(page)
    browser.until(lambda: wire.texts, "nothing was sent")
    browser.evaluate(page, "document.querySelector('td + td').textContent = '7 mg'")
    changed.set()
    popup.settled()

    assert browser.highlighted(page) == {"know": ["Not more"]}
    popup.choose("5 mg")
    popup.wait("document.getElementById('status').textContent.includes('no longer on the page')")
