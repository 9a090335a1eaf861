"""How the server is, and to which servers the extension speaks at all."""

import pytest
from servers import Answer, serve

HEALTH = {"name": "caveat", "version": "0.2.0", "rules": 1, "ready": True}


@pytest.fixture
def page(browser, pages, wire):
    browser.forget()
    browser.use_server(wire.address)
    yield browser.open(f"{pages}/app.html")
    browser.forget()


def health(browser) -> dict:
    """What the popup and the options are told of the server."""
    return browser.in_own_page("chrome.runtime.sendMessage({ kind: 'health' })")


@pytest.mark.usefixtures("page")
def test_ready(browser, wire):
    status = health(browser)

    assert (status["status"], status["where"]) == ("ready", wire.address)
    assert status["version"]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (Answer.json(HEALTH | {"ready": False}, 503), "starting"),
        (Answer.json(HEALTH | {"version": "0.0.9"}), "old-version"),
        (Answer.json(HEALTH | {"version": "0.10.0"}), "ready"),
        (Answer.json(HEALTH | {"name": "something else"}), "wrong-server"),
        (Answer.json(HEALTH | {"version": 3}), "wrong-server"),
        (Answer(b"<h1>It works!</h1>"), "wrong-server"),
    ],
)
def test_what_the_server_says_of_itself(browser, page, wire, answer, status):
    wire.answer("/v1/health", lambda _: answer)
    wire.answer("/v1/analyze", lambda _: Answer(b"", 500))

    assert health(browser)["status"] == status
    popup = browser.click_toolbar(page)

    if status != "ready":
        assert popup.error == status
        assert wire.texts == []
        assert browser.badge() == "!"


def test_a_server_that_hangs(browser, page, wire):
    wire.hang("/v1/health")

    popup = browser.click_toolbar(page)

    assert popup.error == "timeout"
    assert wire.texts == []
    assert browser.highlighted(page) == {}


def test_a_token(browser, page, wire):
    def guarded(request):
        right = request.headers.get("Authorization") == "Bearer päss".encode().decode("latin-1")
        return wire.forward(request) if right else Answer.json({"detail": "a token, please"}, 401)

    wire.answer("/v1/analyze", guarded)
    wire.answer("/v1/rules", guarded)
    wire.know("päss")
    assert health(browser)["status"] == "token-wanted"
    popup = browser.click_toolbar(page)
    assert popup.error == "token-wanted"
    browser.close_popup(page)

    browser.store(token="päss")  # noqa: S106

    assert health(browser)["status"] == "ready"
    assert browser.click_toolbar(page).view == "report"


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({"server": "https://caveat.example"}, "not-local"),
        ({"server": "https://caveat.example", "token": "secret"}, "not-local"),
        ({"server": "https://caveat.example", "remote": True}, "not-safe"),
        ({"server": "http://caveat.example", "remote": True, "token": "secret"}, "not-safe"),
        ({"server": "http://127.0.0.1.example", "remote": True, "token": "secret"}, "not-safe"),
        ({"server": "https://caveat.example", "remote": True, "token": "secret"}, "not-permitted"),
        ({"server": "https://caveat.example", "remote": "yes", "token": "secret"}, "not-local"),
    ],
)
def test_another_computer_is_spoken_to_only_as_the_reader_has_said(browser, page, settings, status):
    browser.store(**settings)

    popup = browser.click_toolbar(page)

    assert popup.error == status
    assert settings["server"] in popup.text


@pytest.mark.usefixtures("page")
def test_the_formula_is_checked(browser, wire):
    risk = {"points": {"dose": {"note": 10, "caution": 16}}, "repeats": 0.75, "labels": {"dose": "<b>"}, "x": [1]}
    wire.answer("/v1/rules", lambda _: Answer.json({"risk": risk, "rules": []}))
    ask = "chrome.runtime.sendMessage({ kind: 'formula' })"
    kept = {"points": {"dose": {"note": 10, "caution": 16}}, "repeats": 0.75, "labels": {}}
    assert browser.in_own_page(ask) == {"ok": True, "risk": kept}

    for wrong in ({}, {"risk": None}, {"risk": {"points": {}}}, {"risk": {"points": {"dose": 3}}}):
        wire.answer("/v1/rules", lambda _, wrong=wrong: Answer.json(wrong))
        assert browser.in_own_page(ask)["error"] == "bad-reply"


def test_another_server_on_this_computer(browser, page, wire):
    with serve(wire) as port:
        browser.use_server(f"http://127.0.0.1:{port}/")

        assert health(browser)["where"] == f"http://127.0.0.1:{port}"
        assert browser.click_toolbar(page).view == "report"
