"""The options: what the reader has chosen, and how to undo it."""

import pytest
from chromium import highlighted, wait_until
from servers import Answer

TOKEN = "secret"  # noqa: S105


@pytest.fixture
def options(chromium):
    page = chromium.open_own("options/options.html")
    page.locator("#keys li").first.wait_for()  # the last that it fills in
    return page


def focused(page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.textContent")


def test_a_kind_can_be_switched_off(chromium, options, pages, wire):
    wire.find("5 mg")
    page = chromium.open(f"{pages}/markup.html")
    chromium.check(page)
    options.bring_to_front()

    options.click("text=how much to take, and when")
    wait_until(page, lambda: highlighted(page) == {}, "not hidden")

    assert chromium.settings["categories"]["dose"] is False
    assert focused(options) == "kind-dose"
    options.keyboard.press("Space")
    wait_until(page, lambda: highlighted(page) == {"know": ["5 mg"]}, "not shown")


def test_a_mark_can_be_switched_off(chromium, options, pages, wire):
    wire.find("5 mg", mark="warns")
    page = chromium.open(f"{pages}/markup.html")
    chromium.check(page)
    options.bring_to_front()

    options.click("text=the page’s own warnings")
    wait_until(page, lambda: highlighted(page) == {}, "not hidden")

    assert chromium.settings["marks"]["warns"] is False
    options.reload()
    assert not options.is_checked("#mark-warns")


def test_sites_can_be_revoked(chromium, options):
    chromium.store(automatic="sites", sites=["https://one.example/*", "https://two.example/*"])
    options.get_by_text("https://two.example").wait_for()

    options.get_by_role("button", name="Revoke").first.click()
    options.get_by_text("https://one.example").wait_for(state="detached")
    assert chromium.settings["sites"] == ["https://two.example/*"]
    assert focused(options) == "Revoke"

    options.keyboard.press("Enter")
    options.get_by_text("No single site is checked automatically.").wait_for()
    assert chromium.settings["automatic"] == "off"
    assert focused(options) == "every-site"


def test_muted_sites_can_be_unmuted(chromium, options):
    chromium.store(muted=["https://one.example"])

    options.click("text=Unmute")

    options.get_by_text("No site is muted.").wait_for()
    assert chromium.settings["muted"] == []
    assert focused(options) == "every-site"


def test_hidden_findings_can_be_shown_again(chromium, options):
    chromium.store(hidden=[{"category": "dose", "quote": f"{grams} grams"} for grams in (1, 2, 3)])

    options.get_by_role("button", name="Show again").nth(1).click()
    options.get_by_text("2 grams").wait_for(state="detached")
    assert [entry["quote"] for entry in chromium.settings["hidden"]] == ["1 grams", "3 grams"]
    assert focused(options) == "Show again"

    options.click("text=Show all of them again")
    options.get_by_text("You have hidden no finding.").wait_for()
    assert chromium.settings["hidden"] == []
    assert focused(options) == "address"


def save_and_test(options, address: str, words: str, *, token: str = "") -> None:
    options.fill("#address", address)
    options.fill("#token", token)
    options.click("text=Save and test the connection")
    options.get_by_text(words).wait_for()


def test_the_connection_is_tested_when_the_server_is_saved(chromium, options, wire):
    save_and_test(options, "http://127.0.0.1:2", "Caveat’s server is not running")
    assert chromium.settings["server"] == "http://127.0.0.1:2"

    save_and_test(options, f" {wire.address} ", "The server is ready. Its version is 0.2.0.")
    assert chromium.settings["server"] == wire.address
    assert f"Text goes to {wire.address.removeprefix('http://')} on this computer only." in options.inner_text("footer")


@pytest.mark.parametrize(("health", "words"), [
    (Answer.json({"name": "other"}), "Another program answers in Caveat’s place"),
    (Answer.json({"name": "caveat", "version": "0.0.9", "ready": True}), "too old"),
    (Answer.json({"name": "caveat", "version": "0.2.0", "ready": False}, 503), "is starting"),
])  # fmt: skip
def test_what_is_wrong_with_a_server_is_said(options, wire, health, words):
    wire.answer("/v1/health", lambda _: health)

    save_and_test(options, wire.address, words)


def test_a_token_is_asked_for_and_kept(chromium, options, wire):
    def rules(request) -> Answer:
        known = request.headers.get("Authorization") == f"Bearer {TOKEN}"
        return Answer.json(
            {"risk": {}, "rules": []} if known else {"detail": "A token, please."}, 200 if known else 401
        )

    wire.answer("/v1/rules", rules)
    wire.know(TOKEN)

    save_and_test(options, wire.address, "Caveat’s server asks for a token")
    save_and_test(options, wire.address, "The server is ready", token=TOKEN)
    assert chromium.settings["token"] == TOKEN


@pytest.mark.parametrize("written", ["localhost:%s", "http://localhost:%s", "127.0.0.1:%s"])
def test_this_computer_has_several_names(chromium, options, wire, written):
    save_and_test(options, written % wire.address.rpartition(":")[2], "The server is ready")
    assert chromium.settings["server"] == wire.address


@pytest.mark.parametrize(
    "address", ["https://caveat.example", "http://192.0.2.1:5055", "5055", "nonsense", "javascript:alert(1)"]
)
def test_only_this_computer_is_spoken_to_unless_the_reader_says_otherwise(chromium, options, wire, address):
    save_and_test(options, address, "This is no address on this computer")
    assert chromium.settings["server"] == wire.address


def test_another_computer_needs_a_token(options):
    options.click("text=Let page text leave this computer")

    save_and_test(options, "http://127.0.0.2:5055", "The server is not safe to send text to")


def test_whatever_is_stored_the_options_can_be_used(chromium, options):
    chromium.store(
        categories=7, marks=["x"], sites={}, muted=[1, "x"], hidden=[None, {"category": "dose"}], automatic=0, server=1
    )
    options.reload()

    options.get_by_text("You have hidden no finding.").wait_for()
    assert options.locator("#categories input:checked").count() == 6
    assert options.input_value("#address") == "http://127.0.0.1:5055"
