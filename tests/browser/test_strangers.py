"""Pages and programs that would turn the extension against its reader."""

import threading
import time

from chromium import click_in_card
from reports import report
from servers import Answer


def test_a_page_of_many_frames_leaves_the_server_to_others(site, pages, wire):
    running, most, lock = 0, 0, threading.Lock()

    def slowly(_):
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.2)
        with lock:
            running -= 1
        return Answer.json(report())

    wire.answer("/v1/analyze", slowly)
    site.open(f"{pages}/many-frames.html")
    site.until(lambda: len(wire.texts) > 2, "nothing was sent")

    asked = site.open(f"{pages}/markup.html")
    wire.find_where_it_stands("2 to 3 grams")
    assert site.click_toolbar(asked).view == "report"
    site.pause(3)

    assert most == 1
    assert len(wire.texts) <= 22  # twenty of the tab with the frames, and those of the other


def test_a_card_that_was_just_moved_under_the_pointer_takes_no_click(chromium, pages, wire):
    wire.find("2 to 3 grams")
    page = chromium.open(f"{pages}/markup.html")
    chromium.check(page)
    page.hover("i")
    chromium.until(lambda: page.locator("caveat-card").count(), "no card")

    click_in_card(page, "Hide", after_ms=0)
    page.wait_for_timeout(600)
    # The card follows its words.
    page.evaluate("document.body.style.paddingTop = '60px', dispatchEvent(new Event('scroll'))")
    click_in_card(page, "Hide", after_ms=0)

    page.wait_for_timeout(300)
    assert chromium.settings.get("hidden", []) == []
    click_in_card(page, "Hide")
    chromium.until(lambda: chromium.settings.get("hidden"), "a click that was meant does nothing")


def test_a_program_that_does_not_know_the_token_gets_neither_it_nor_the_text(browser, pages, wire):
    browser.store(token="secret")  # noqa: S106
    wire.know("another")

    popup = browser.click_toolbar(browser.open(f"{pages}/seed/0.html"))

    assert popup.error == "wrong-token"
    assert [request.path for request in wire.requests] == ["/v1/health"]
    assert "secret" not in repr(wire.requests)


def test_a_page_without_findings_sees_nothing_of_the_extension(site, pages, wire):
    wire.answer("/v1/analyze", lambda _: Answer.json(report()))
    page = site.open(f"{pages}/seed/0.html")
    site.until(lambda: wire.texts, "nothing was sent")
    site.pause(0.5)

    seen = (
        "[getComputedStyle(document.documentElement).getPropertyValue('--caveat-know-light'), CSS.highlights.size,"
        " document.querySelectorAll('caveat-card').length]"
    )
    assert site.evaluate(page, seen) == ["", 0, 0]


def test_words_that_nobody_sees_do_not_make_a_page_another_language(browser, pages, wire):
    wire.find("2 grams")
    page = browser.open(f"{pages}/hidden-german.html")

    assert browser.click_toolbar(page).view == "report"


def test_the_process_of_a_page_cannot_read_the_token(chromium, pages):
    chromium.store(token="secret")  # noqa: S106
    chromium.check(chromium.open(f"{pages}/seed/0.html"))

    read = """async () => {
      const [tab] = await chrome.tabs.query({ url: 'http://localhost/*' });
      const target = { tabId: tab.id };
      const func = async () => {
        try { return await chrome.storage.local.get(); } catch (error) { return String(error); }
      };
      const [{ result }] = await chrome.scripting.executeScript({ target, func });
      return JSON.stringify(result);
    }"""
    told = chromium.in_background(read)
    assert "secret" not in told
    assert "not allowed" in told
