"""What leaves the page, and to whom."""

import json

import pytest
import servers
from servers import Answer


def test_nothing_but_the_text_is_sent(chromium, pages, wire):
    page = chromium.open(f"{pages}/seed/0.html?secret-query")
    page.locator("input").fill("TYPED-NOW")

    chromium.check(page)

    assert [(request.method, request.path) for request in wire.requests] == [
        ("GET", "/v1/health"),
        ("POST", "/v1/analyze"),
    ]
    assert json.loads(wire.requests[1].body).keys() == {"blocks"}
    sent = b"\n".join(request.body + repr(request.headers).encode() for request in wire.requests)
    for secret in (b"SECRET-TITLE", b"secret-query", b"seed/0", b"TYPED-", b"NAV-WORDS"):
        assert secret not in sent


def test_the_server_can_tell_the_extension_from_a_web_page(chromium, pages, wire):
    chromium.check(chromium.open(f"{pages}/seed/0.html"))

    assert wire.requests[1].headers["Origin"] == f"chrome-extension://{chromium.extension_id}"
    assert wire.requests[1].headers["Content-Type"] == "application/json"


def test_another_program_on_the_port_gets_no_text(chromium, pages, wire):
    wire.answer("/v1/health", lambda _: Answer.json({"name": "something else", "ready": True}))

    popup = chromium.click_toolbar(chromium.open(f"{pages}/seed/0.html"))

    assert popup.error == "wrong-server"
    assert wire.texts == []


@pytest.mark.parametrize("address", ["http://localhost:{port}", "http://192.0.2.1:{port}", "https://127.0.0.1:{port}",
                                     "http://127.0.0.1.example:{port}", "nonsense"])  # fmt: skip
def test_an_address_that_is_not_this_computer_gets_no_request(chromium, pages, wire, address):
    chromium.use_server(address.format(port=wire.address.rpartition(":")[2]))

    popup = chromium.click_toolbar(chromium.open(f"{pages}/seed/0.html"))

    assert popup.error == "not-local"
    assert wire.requests == []


def test_the_text_does_not_follow_a_redirect(chromium, pages, wire):
    with servers.serve(wire) as elsewhere:
        location = {"Location": f"http://127.0.0.1:{elsewhere}/stolen"}
        wire.answer("/v1/analyze", lambda _: Answer(b"", 307, headers=location))

        popup = chromium.click_toolbar(chromium.open(f"{pages}/seed/0.html"))

    assert popup.view == "trouble"
    assert "/stolen" not in [request.path for request in wire.requests]
