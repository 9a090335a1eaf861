"""POST /v1/analyze and GET /v1/health, asked of a real server."""

import json
import secrets
import urllib.error
import urllib.request

import pytest

EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"


def ask(server, body, **headers):
    """Post a body (JSON unless it is bytes); gives status, content type and the parsed reply."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"} | {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"{server}/v1/analyze", data, headers)
    try:
        with urllib.request.urlopen(request, timeout=120) as reply:
            return reply.status, reply.headers["Content-Type"], json.load(reply)
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], json.load(error)


def test_a_page_that_is_asked_for_twice_is_not_read_twice(server):
    text = f"Take 2 g of kratom {secrets.randbelow(10**9)} times."
    first = ask(server, {"text": text})
    # Each of the two processes reads it once.
    assert (
        len(
            {ask(server, {"text": text})[2]["engine"]["elapsed_ms"] for _ in range(12)}
            | {first[2]["engine"]["elapsed_ms"]}
        )
        <= 2
    )


def test_a_text_is_answered_with_its_findings(server):
    text = "💊 Kratom may bind to opioid receptors. Avoid combining it with benzodiazepines."
    status, kind, report = ask(server, {"text": text}, Origin=EXTENSION)

    assert (status, kind) == (200, "application/json")
    mechanism, interaction = report["findings"]
    assert mechanism["category"] == "mechanism"
    assert mechanism["certainty"] == "hedged"
    assert mechanism["quote"] == text[mechanism["start"] : mechanism["end"]] == "Kratom may bind to opioid receptors"
    assert mechanism["cue"] == {"start": 9, "end": 12, "text": "may"}
    assert mechanism["slots"]["substance"]["name"] == "kratom"
    assert interaction["slots"]["medicine"]["name"] == "benzodiazepines"
    assert report["summary"]["counts"] == {"mechanism": 1, "interaction": 1}
    assert report["summary"]["substances"] == [{"name": "kratom", "label": "Kratom", "mentions": 1}]
    assert report["engine"]["name"] == "caveat"


def test_a_dose_is_answered_as_written_and_in_numbers(server):
    _, _, report = ask(server, {"text": "Take 1-3 grams of kratom twice daily."})
    (dose,) = report["findings"]
    assert dose["slots"]["amount"]["text"] == "1-3 grams"
    assert dose["slots"]["amount"]["value"] == {"low": 1, "high": 3, "unit": "g", "low_mg": 1000, "high_mg": 3000}
    assert dose["slots"]["unit"]["name"] == "g"
    assert dose["slots"]["frequency"]["value"] == {"times": 2, "per": "day"}


def test_html_is_answered_with_the_text_that_was_read(server):
    page = "<nav>Kava</nav><h1>Kava</h1><p>Kava <b>binds</b> to\n GABA receptors.</p>"
    status, _, report = ask(server, {"html": page})
    assert status == 200
    assert report["text"] == "Kava\nKava binds to GABA receptors."
    (finding,) = report["findings"]
    assert report["text"][finding["start"] : finding["end"]] == finding["quote"] == "Kava binds to GABA receptors"


BLOCKS = [
    {"role": "heading", "level": 1, "text": "Herbs"},
    {"role": "cell", "text": "Kava"},
    {"role": "cell", "text": "Side effects"},
    {"role": "cell", "text": "Headache", "headers": [1, 2]},
]


def test_blocks_are_answered_with_their_joined_text(server):
    status, _, report = ask(server, {"blocks": BLOCKS})
    assert status == 200
    assert report["text"] == "Herbs\nKava\nSide effects\nHeadache"
    (finding,) = report["findings"]
    assert (finding["category"], finding["quote"]) == ("caution", "Headache")
    assert finding["slots"]["substance"]["name"] == "kava"


@pytest.mark.parametrize(
    "odd",
    [
        {"role": "hologram"},
        {"headers": [99]},
        {"headers": [3]},
        {"headers": [-1]},
        {"lead": 3},
        {"lead": 99},
        {"level": 1000},
        {"from_a_newer_extension": True},
    ],
)
def test_unusual_blocks_are_read_as_paragraphs(server, odd):
    kava = {"text": "Kava may cause headache."}
    status, _, report = ask(server, {"blocks": [*BLOCKS[:3], kava | odd]})
    assert status == 200
    assert [finding["quote"] for finding in report["findings"]] == ["Kava may cause headache"]


@pytest.mark.parametrize(
    ("blocks", "status", "words"),
    [
        ([], 422, "no text"),
        ("Kava", 422, "Blocks: a block is an object"),
        ([{"role": "cell"}], 422, "Block number 0"),
        ([{"text": "Kava"}, {"text": 3}], 422, "Block number 1"),
        ([{"text": "Kava", "headers": ["a"]}], 422, "Block number 0"),
        ([{"text": ""}] * 100_001, 413, "more than 100,000 blocks"),
    ],
)
def test_bad_blocks_are_told_what_to_do(server, blocks, status, words):
    got, kind, problem = ask(server, {"blocks": blocks})
    assert (got, kind) == (status, "application/problem+json")
    assert words in problem["detail"]


def test_headers_in_circles_are_read(server):
    circle = [{"role": "cell", "text": "Kava", "headers": [1]}, {"role": "cell", "text": "Dose", "headers": [0]}]
    assert ask(server, {"blocks": circle * 500})[0] == 200


def test_a_text_without_claims_has_none(server):
    _, _, report = ask(server, {"text": "The museum is open on Sundays."})
    assert report["findings"] == []
    assert report["summary"]["level"] == "none"
    assert report["summary"]["score"] == 0


@pytest.mark.parametrize("digits", [20, 400])
def test_absurd_numbers_are_read_without_harm(server, digits):
    text = f"Take {'9' * digits} mg of kava 1/{'9' * digits} times a day for {'8' * digits} weeks."
    assert ask(server, {"text": text})[0] == 200


def test_a_denied_claim_is_not_called_no_claim(server):
    _, _, report = ask(server, {"text": "Valerian does not interfere with any medication."})
    assert report["findings"]
    assert report["summary"]["level"] == "low"


def test_the_longest_text_is_read(server):
    status, _, report = ask(server, {"text": "Kava binds to GABA receptors. " * 33_333})
    assert status == 200
    # A slow machine stops on the way, and says so.
    read = report["truncated_at"] or 33_333 * 30
    assert read > 0
    assert len(report["findings"]) == read // 30


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"", 400, "not valid JSON"),
        (b'{"text": "kava"', 400, "not valid JSON"),
        (b"\xff\xfe", 400, "not valid JSON"),
        (b'{"text": "half a pair: \\ud83d"}', 422, "surrogate"),
        (b'{"text": "half a pair: \\ude00 here"}', 422, "surrogate"),
        (b"[" * 100_000, 400, "not valid JSON"),
        (["kava"], 422, "JSON object"),
        ({"text": 7}, 422, "'text' must be a string"),
        ({"text": None}, 422, "Send 'text', 'html' or 'blocks'"),
        ({}, 422, "Send 'text', 'html' or 'blocks'"),
        ({"text": "kava", "html": "<p>kava"}, 422, "only one of them"),
        ({"text": "kava", "colour": "red"}, 422, "does not know"),
        ({"text": ""}, 422, "no text"),
        ({"text": " \n "}, 422, "no text"),
        ({"html": "<nav>only navigation</nav>"}, 422, "no text"),
        ({"text": "a" * 1_000_001}, 413, "longer than 1,000,000"),
        ({"html": "a" * 2_000_001}, 413, "longer than 2,000,000"),
        (b" " * 13_000_000, 413, "larger than Caveat takes"),
        ({"html": "<div>" * 10_000 + "kava"}, 422, "nests deeper"),
        ({"html": "<p>a" * 200_000}, 422, "has more than"),
    ],
)
def test_bad_input_is_told_what_to_do_and_the_next_request_answered(server, body, status, said):
    answered, kind, problem = ask(server, body)
    assert (answered, kind) == (status, "application/problem+json")
    assert problem["status"] == status
    assert said in problem["detail"]
    assert ask(server, {"text": "Kava binds to GABA receptors."})[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example:5055"}, 403),
        ({"Host": "[::1"}, 403),
        ({"Host": "evil.example@127.0.0.1"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:5055"}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_strangers_are_turned_away(server, headers, status):
    answered, kind, problem = ask(server, {"text": "Kava binds to GABA receptors."}, **headers)
    assert (answered, kind) == (status, "application/problem+json")
    assert problem["detail"].endswith((".", "'."))


@pytest.mark.parametrize("origin", [EXTENSION, "moz-extension://11111111-2222-4333-8444-555555555555"])
def test_extensions_are_answered_without_cors(server, origin):
    request = urllib.request.Request(
        f"{server}/v1/analyze", b'{"text": "kava"}', {"Content-Type": "application/json", "Origin": origin}
    )
    with urllib.request.urlopen(request) as reply:
        assert "Access-Control-Allow-Origin" not in reply.headers
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
        assert reply.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/v1/analyze", 405), ("GET", "/nothing", 404), ("OPTIONS", "/v1/analyze", 405)],
)
def test_other_addresses_and_methods_are_problems_too(server, method, path, status):
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(urllib.request.Request(server + path, method=method))
    assert error.value.code == status
    assert error.value.headers["Content-Type"] == "application/problem+json"


def test_health_names_the_server(server):
    with urllib.request.urlopen(f"{server}/v1/health") as reply:
        health = json.load(reply)
    assert health["name"] == "caveat"
    assert health["ready"] is True
    assert health["rules"] > 0
