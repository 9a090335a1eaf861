"""Next and previous, by the keys of the manifest's commands; and what the reader hides."""

import pytest

FOUND = "[...CSS.highlights.get('caveat-found') ?? []].map(String)"


@pytest.fixture
def page(browser, pages, wire):
    browser.forget()
    browser.use_server(wire.address)
    wire.find_where_it_stands("2 grams", "5 grams")
    page = browser.open(f"{pages}/app.html")
    browser.check(page)
    yield page
    browser.forget()


def test_the_keys_lead_from_finding_to_finding(browser, page):
    for name, words in (
        ("next-finding", "2 grams"),
        ("next-finding", "5 grams"),
        ("next-finding", "2 grams"),  # around
        ("previous-finding", "5 grams"),
    ):
        browser.press_command(name)
        browser.until(lambda: browser.evaluate(page, FOUND) == [words], f"{name} did not lead to {words}")  # noqa: B023
        assert "Says how much to take" in browser.card_text(page)
        assert browser.evaluate(page, "document.activeElement.localName") == "caveat-card"

    browser.press(page, "Escape")

    browser.until(lambda: browser.evaluate(page, "!document.querySelector('caveat-card')"), "Escape does not close it")
    assert browser.evaluate(page, "document.activeElement.localName") == "body"


def test_the_keys_lead_from_frame_to_frame(browser, pages, wire):
    wire.find_where_it_stands("2 grams", "5 grams", "2 to 4 grams")
    page = browser.open(f"{pages}/frames.html")
    browser.until(
        lambda: browser.evaluate(page, "frames.length === 2 && !!frames[1].document.querySelector('p')"), "no frames"
    )
    popup = browser.click_toolbar(page)
    assert len(popup.sentences) == 3
    at = (
        "[globalThis, ...[...document.querySelectorAll('iframe')].map(({ contentWindow }) => contentWindow)]"
        ".map((frame) => frame.document.querySelector('caveat-card')"
        " ? [...frame.CSS.highlights.get('caveat-found')].join() : '')"
    )

    def led_to(name: str, *words: str) -> None:
        browser.press_command(name)
        browser.until(lambda: browser.evaluate(page, at) == list(words), f"{name} did not lead to {words}")

    led_to("next-finding", "2 grams", "", "")
    led_to("next-finding", "", "5 grams", "")
    led_to("next-finding", "", "", "2 to 4 grams")
    led_to("next-finding", "2 grams", "", "")  # around
    led_to("previous-finding", "", "", "2 to 4 grams")
    led_to("previous-finding", "", "5 grams", "")
    popup.choose("2 grams")
    led_to("next-finding", "", "5 grams", "")  # from where the reader went by the list


def test_a_key_where_nothing_was_checked_does_nothing(browser, pages, wire):
    page = browser.open(f"{pages}/app.html")

    browser.press_command("next-finding")
    browser.pause(0.3)

    assert browser.evaluate(page, "!document.querySelector('caveat-card')")
    assert wire.requests == []


def test_hiding_one_finding(browser, page, wire):
    sent = len(wire.requests)

    browser.store(hidden=[{"category": "dose", "quote": "2 grams"}])

    browser.until(lambda: browser.highlighted(page) == {"know": ["5 grams"]}, "it is still shown")
    browser.until(lambda: browser.badge() == "1", "the badge still counts it")
    state = browser.tell({"kind": "state"})
    assert [f["quote"] for f in state["report"]["findings"] if f["id"] in state["shown"]] == ["5 grams"]
    assert state["hiddenCount"] == 1
    browser.store(hidden=[])
    browser.until(lambda: browser.highlighted(page) == {"know": ["5 grams", "2 grams"]}, "it does not come back")
    assert len(wire.requests) == sent


@pytest.mark.parametrize("settings", [{"categories": {"dose": False}}, {"marks": {"know": False}}])
def test_hiding_a_kind_or_a_mark(browser, page, wire, settings):
    sent = len(wire.requests)

    browser.store(**settings)

    browser.until(lambda: browser.highlighted(page) == {}, "they are still shown")
    assert len(wire.requests) == sent


@pytest.mark.parametrize(
    "settings", [{"hidden": "all"}, {"hidden": [7, {"category": "dose"}]}, {"marks": 3}, {"categories": None}]
)
def test_settings_that_make_no_sense_fall_back_to_their_defaults(browser, page, settings):
    browser.store(**settings)
    browser.pause(0.3)

    assert browser.highlighted(page) == {"know": ["2 grams", "5 grams"]}


def test_stopping_takes_everything_away_until_the_next_check(browser, page, wire):
    wire.reset()

    assert browser.tell({"kind": "stop"})["view"] == "idle"
    assert browser.highlighted(page) == {}
    browser.until(lambda: browser.badge() == "", "the badge stayed")
    browser.evaluate(page, "document.getElementById('more').textContent = '2 grams of kratom'")
    browser.pause(0.5)
    assert wire.requests == []

    wire.find("5 grams")
    browser.check(page)
    assert browser.highlighted(page) == {"know": ["5 grams"]}


def test_words_that_are_out_of_sight_cannot_be_gone_to(browser, page):
    browser.evaluate(page, "document.getElementById('first').style.display = 'none'")
    [first, _] = browser.tell({"kind": "state"})["report"]["findings"]

    assert browser.tell({"kind": "reveal", "id": first["id"]}) == {"ok": False}
    assert browser.tell({"kind": "reveal", "id": "no such finding"}) == {"ok": False}


def test_checking_by_key(home, pages, wire):
    home.allow("http://localhost")
    home.store(automatic="off")
    wire.find("2 grams")
    page = home.open(f"{pages}/app.html")

    home.press_command("check-page")

    home.until(lambda: home.highlighted(page) == {"know": ["2 grams"]}, "the page was not checked")


def test_switching_a_site_on_and_off_by_key(firefox, pages, wire):
    """Only where a key can really be pressed: to ask for a permission takes a deed of the reader."""
    firefox.forget()
    firefox.use_server(wire.address)
    firefox.allow("http://localhost")
    firefox.store(automatic="off", sites=[])
    wire.find_where_it_stands("2 grams")
    page = firefox.open(f"{pages}/app.html")

    firefox.press_command("toggle-site")
    firefox.until(lambda: firefox.highlighted(page) == {"know": ["2 grams"]}, "the page was not checked")
    assert firefox.settings["sites"] == ["http://localhost/*"]

    firefox.store(automatic="all")  # where every site is checked, the key mutes
    firefox.press_command("toggle-site")
    firefox.until(lambda: firefox.settings.get("muted") == [pages], "the site was not muted")
    firefox.until(lambda: firefox.highlighted(page) == {}, "the highlights stayed")
    firefox.forget()
