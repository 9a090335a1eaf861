"""Pages that are checked unasked: only where the reader wants it, only those on health, only while they are seen."""

import json

import pytest
from automatic import registered
from reports import report
from servers import Answer


def test_off_until_it_is_switched_on(home, pages, wire):
    assert registered(home) == []

    home.open(f"{pages}/seed/0.html")
    home.pause(0.5)

    assert wire.requests == []
    assert home.badge() == ""


def test_a_page_on_health_is_highlighted_by_itself(site, pages, wire):
    page = site.open(f"{pages}/seed/0.html?secret-query")

    site.until(lambda: site.highlighted(page), "nothing was highlighted")
    site.until(site.badge, "no badge appeared")
    assert site.badge() == str(len(wire.report["findings"]))
    assert [request.path for request in wire.requests] == ["/v1/health", "/v1/analyze"]
    assert json.loads(wire.requests[1].body).keys() == {"blocks"}
    sent = b"\n".join(request.body + repr(request.headers).encode() for request in wire.requests)
    for secret in (b"SECRET-TITLE", b"secret-query", b"seed/0", b"TYPED-", b"NAV-WORDS"):
        assert secret not in sent


@pytest.mark.parametrize("number", range(5))
def test_no_article_on_health_is_passed_over(site, pages, wire, number):
    site.open(f"{pages}/seed/{number}.html")

    site.until(lambda: wire.texts, "nothing was sent")


def test_a_page_on_something_else_never_leaves_the_browser(site, pages, wire):
    page = site.open(f"{pages}/news.html")
    site.pause(0.5)
    site.evaluate(page, "document.querySelector('p').append(' It was painted white.')")
    site.pause(0.5)

    assert wire.requests == []
    assert site.badge() == ""


def test_the_button_checks_any_page(site, pages, wire):
    page = site.open(f"{pages}/news.html")

    popup = site.click_toolbar(page)

    assert popup.view == "report"
    assert "bridge" in wire.texts[0]
    assert "TYPED" not in wire.texts[0]


def test_a_page_turns_to_health(site, pages, wire):
    wire.find("400 mg")
    page = site.open(f"{pages}/news.html")
    site.pause(0.3)

    site.evaluate(page, "document.querySelector('p').textContent = 'For anxiety, take 400 mg of kratom.'")

    site.until(lambda: site.highlighted(page) == {"know": ["400 mg"]}, "the new words were not checked")


def test_nothing_is_sent_while_the_tab_is_hidden(site, pages, wire):
    page = site.open(f"{pages}/seed/0.html")
    site.until(lambda: site.highlighted(page), "nothing was highlighted")
    wire.reset()
    site.open(f"{pages}/news.html")
    assert site.evaluate(page, "document.visibilityState") == "hidden"

    site.evaluate(page, "document.querySelector('p').append(' Take 400 mg of kratom.')")
    site.pause(3.5)  # longer than the extension ever waits to ask again
    assert wire.requests == []

    site.bring_to_front(page)
    site.until(lambda: wire.texts, "nothing was sent when the tab was seen again")
    assert "Take 400 mg of kratom." in wire.texts[0]


def test_a_muted_site_is_left_alone(site, pages, wire):
    site.store(muted=[pages])

    page = site.open(f"{pages}/seed/0.html")
    site.pause(0.7)
    assert wire.requests == []

    site.store(muted=[])
    site.until(lambda: site.highlighted(page), "nothing was highlighted when the site was unmuted")


def test_muting_takes_highlights_away(site, pages, wire):
    wire.find("2 grams")
    page = site.open(f"{pages}/app.html")
    site.until(lambda: site.highlighted(page), "nothing was highlighted")
    sent = len(wire.requests)

    site.store(muted=[pages])

    site.until(lambda: site.highlighted(page) == {}, "the highlights stayed")
    site.until(lambda: site.badge() == "", "the badge still counts them")
    assert site.title() == "Check this page with Caveat"
    assert len(wire.requests) == sent


def test_every_frame_of_the_site_is_checked_and_counted(site, pages, wire):
    wire.find_where_it_stands("2 grams", "5 grams", "2 to 4 grams")
    page = site.open(f"{pages}/frames.html")

    site.until(lambda: site.badge() == "3", "the badge does not count all frames")

    inner = "document.querySelectorAll('iframe')[%d].contentWindow.CSS.highlights.get('caveat-know-light').size"
    assert site.highlighted(page) == {"know": ["2 grams"]}
    assert site.evaluate(page, inner % 0) == 1
    assert site.evaluate(page, inner % 1) == 1
    site.evaluate(page, "document.querySelector('iframe').remove()")
    site.until(lambda: site.badge() == "2", "the badge counts a frame that is gone")
    site.go(page, f"{pages}/news.html")
    site.until(lambda: site.badge() == "", "the badge outlived its page")


def test_back_to_a_page_that_rested_meanwhile(site, pages, wire):
    wire.find("2 grams", "5 grams")
    page = site.open(f"{pages}/app.html")
    site.until(lambda: site.badge() == "2", "nothing was found")
    site.evaluate(page, "window.rested = true")
    site.go(page, f"{pages}/news.html")
    site.until(lambda: site.badge() == "", "the badge outlived its page")
    site.store(hidden=[{"category": "dose", "quote": "5 grams"}])

    site.evaluate(page, "history.back()")

    site.until(lambda: site.badge() == "1", "the badge does not count what is shown now")
    assert site.highlighted(page) == {"know": ["2 grams"]}
    # A browser that is short of time may load the page anew, and then it is asked for anew.
    rested = site.evaluate(page, "window.rested === true")
    assert len(wire.texts) == (1 if rested else 2)


def test_no_server_is_told_by_the_badge_alone(site, pages):
    site.use_server("http://127.0.0.1:2")

    page = site.open(f"{pages}/seed/0.html")

    site.until(lambda: site.badge() == "!", "nothing tells that the server is not there")
    assert "server is not running" in site.title()
    assert site.highlighted(page) == {}


def test_a_page_in_another_language_is_not_sent(site, pages, wire):
    page = site.open(f"{pages}/german.html")
    site.pause(0.5)

    popup = site.click_toolbar(page)

    assert popup.error == "language"
    assert "German" in popup.text
    assert wire.requests == []


def test_a_report_without_findings_counts_nothing(site, pages, wire):
    wire.answer("/v1/analyze", lambda _: Answer.json(report()))

    site.open(f"{pages}/seed/0.html")

    site.until(lambda: site.badge() == "0", "the badge does not say that the page was checked")
    assert "0 findings" in site.title()


def test_declining_leaves_everything_as_it_was(firefox):
    firefox.forget()
    firefox.in_background("() => browser.permissions.remove({ origins: ['http://localhost/*'] })")

    assert firefox.allow("http://localhost", grant=False) == "false"

    assert (firefox.settings["automatic"], firefox.settings["sites"]) == ("off", [])
    assert registered(firefox) == []


def test_every_site_is_given_back_only_with_the_last_of_the_sites(site):
    """Chromium would take the single sites away with it, and 127.0.0.1 with anything wider than https."""
    assert site.allow("https://*/*") == "true"
    site.until(lambda: registered(site) == ["http://localhost/*", "https://*/*"], "not registered")

    site.in_own_page("import('/lib/sites.js').then(({ revoke }) => revoke('https://*/*'))")

    site.until(lambda: registered(site) == ["http://localhost/*"], "still registered everywhere")
    assert site.settings["automatic"] == "sites"
    assert sorted(site.granted) == ["http://127.0.0.1/*", "http://localhost/*"]


def test_a_permission_taken_back_in_the_browser_ends_it(site, pages, wire):
    # As the browser's own page for extensions does it. Last here, as Chromium cannot be asked for it again.
    site.in_background("() => (globalThis.browser ?? chrome).permissions.remove({ origins: ['http://localhost/*'] })")

    site.until(lambda: registered(site) == [], "the content scripts are still registered")
    site.until(lambda: site.settings["automatic"] == "off", "the settings still say it is on")
    assert site.settings["sites"] == []
    assert "http://127.0.0.1/*" in site.granted
    site.open(f"{pages}/seed/0.html")
    site.pause(0.5)
    assert wire.requests == []
