"""The pages of the server: what a form gives is answered and forgotten, and only the server's own pages may ask."""

import io
import time

import pytest
from bs4 import BeautifulSoup

from caveat.web import create_app

CLAIM = "Kava cures anxiety and may help you sleep."
OWN = {"Origin": "http://localhost"}
RULE = """\
pack: benefit
rules:
  - id: benefit.tunes
    title: Promises to tune something
    match: ["{substance} tunes ~2 {condition}"]
    message: "Says that {substance.name} tunes it."
    examples: ["[[Kava tunes sleep]].", "[[Valerian tunes deep sleep]]."]
    clean: ["Kava is a root.", "Kava tunes radios."]
"""


@pytest.fixture(scope="module")
def visitor():
    return create_app().test_client()


def told(answer):
    return answer.get_data(as_text=True)


def test_a_text_is_shown_with_its_findings(visitor):
    page = told(visitor.post("/", data={"text": CLAIM}, headers=OWN))
    assert "Kava cures anxiety</a>" in page
    assert page.count('<li id="f') == 2
    assert "Kava and medicines" not in page
    assert "does not give medical advice" in page


def test_the_same_as_json(visitor):
    answer = visitor.post("/", data={"text": CLAIM, "as": "json"}, headers=OWN)
    assert [finding["quote"] for finding in answer.json["findings"]] == ["Kava cures anxiety", "may help you sleep"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<p>Kava <b>cures</b> anxiety.<script>Valerian cures anxiety</script>"),
        ("a.md", b"# Kava\n\n*Kava* cures anxiety."),
        ("a.txt", "Kava cures anxiety – at once.".encode("utf-16")),
    ],
)
def test_a_file_is_read_as_what_it_is(visitor, name, content):
    page = told(visitor.post("/", data={"file": (io.BytesIO(content), name)}, headers=OWN))
    assert page.count('<li id="f') == 1


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ({"text": "  "}, "holds no text"),
        ({"file": (io.BytesIO(b"%PDF-1.7"), "a.pdf")}, "is a PDF"),
        ({"file": (io.BytesIO(b"\0\1\2\3" * 9), "a.bin")}, "is not text"),
    ],
)
def test_what_cannot_be_read_is_told_on_the_page(visitor, data, what):
    answer = visitor.post("/", data=data, headers=OWN)
    assert answer.status_code == 422
    assert what in told(answer)


def test_what_a_reader_writes_stays_words(visitor):
    page = told(visitor.post("/", data={"text": "<<script>alert(1)</script> kava cures anxiety & more"}, headers=OWN))
    assert "<script" not in page


def test_a_large_file_stays_in_memory(visitor, monkeypatch):
    monkeypatch.setattr("tempfile.TemporaryFile", lambda *_: pytest.fail("a file was written"))
    monkeypatch.setattr("tempfile.SpooledTemporaryFile", lambda *_: pytest.fail("a file was written"))
    content = b"Kava is a root. " * 50_000
    assert visitor.post("/", data={"file": (io.BytesIO(content), "a.txt")}, headers=OWN).status_code == 200


@pytest.mark.parametrize("origin", ["http://localhost:8080", "https://localhost", "http://evil.example", "null"])
def test_forms_of_other_pages_are_refused(visitor, origin):
    assert visitor.post("/", data={"text": CLAIM}, headers={"Origin": origin}).status_code == 403


def test_pages_run_nothing_and_load_only_their_own(visitor):
    for path in ("/", "/rules", "/facts", "/rules/try", "/docs"):
        answer = visitor.get(path)
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
        assert "<script" not in told(answer)


def test_a_token_stands_before_the_pages_too():
    app = create_app(token="a word of some length")  # noqa: S106
    assert app.test_client().get("/").status_code == 401


def test_rules_are_found_by_their_words(visitor):
    page = told(visitor.get("/rules?q=opioid"))
    assert "/rules/interaction." in page or "/rules/mechanism." in page
    assert "0 rules with “zzz”" in told(visitor.get("/rules?q=zzz"))


def test_a_rule_tells_why_it_matters_and_what_it_finds(visitor):
    page = told(visitor.get("/rules/benefit.treats-disease"))
    assert "Promises that a substance treats, prevents or eases a condition." in page
    assert "<mark class='know'>" in page
    assert "/rules/try?rule=benefit.treats-disease" in page


def test_a_retired_rule_names_the_one_in_its_place(visitor):
    assert "took its place" in told(visitor.get("/rules/mechanism.changes-listed"))


def test_facts_name_their_source(visitor):
    page = told(visitor.get("/facts/kava"))
    assert page.count("https://") > 5
    assert visitor.get("/facts/nothing").status_code == 404


def test_what_is_not_there_is_told_to_people_as_a_page(visitor):
    answer = visitor.get("/nothing", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "<h1>Not Found</h1>" in told(answer)


def test_a_rule_is_tried(visitor):
    page = told(visitor.post("/rules/try", data={"rules": RULE, "text": "Kava tunes sleep."}, headers=OWN))
    assert "No problems." in page
    assert "<b>New:</b> “Kava tunes sleep”" in page


def test_what_a_changed_rule_no_longer_finds_is_told(visitor):
    written = told(visitor.get("/rules/try?rule=benefit.felt"))
    assert "id: benefit.felt" in written
    data = {"rules": RULE.replace("benefit.tunes", "benefit.felt"), "text": "Most kava customers reported relief."}
    assert "<b>No longer:</b>" in told(visitor.post("/rules/try", data=data, headers=OWN))


def test_what_is_wrong_with_a_rule_is_told_at_its_line(visitor):
    broken = RULE.replace("{condition}", "{conditoin}")
    page = told(visitor.post("/rules/try", data={"rules": broken, "text": ""}, headers=OWN))
    assert "Line 5, column" in page
    assert "Did you mean" in page


@pytest.mark.parametrize(
    "rules",
    [
        "",
        "a: [",
        "pack: benefit\nrules: " + "[" * 5000,
        "x" * 200_000,
        RULE.replace('"{substance} tunes', '"regex:(a|aa)+$'),
    ],
)
def test_hostile_rules_are_told_off_soon(visitor, rules):
    begun = time.monotonic()
    answer = visitor.post("/rules/try", data={"rules": rules, "text": "a" * 5000 + " kava b"}, headers=OWN)
    assert answer.status_code == 200
    assert "What came of it" in told(answer)
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("name", ["use", "write-rules", "security", "privacy", "categories", "risk"])
def test_each_guide_is_a_page_whose_links_lead_somewhere(visitor, name):
    answer = visitor.get(f"/docs/{name}")
    assert answer.status_code == 200
    page = BeautifulSoup(told(answer), "lxml")
    assert len(page.find_all("h1")) == 1
    assert not page.find_all(["script", "img"])
    for link in page.main.find_all("a", href=True):
        address, _, place = link["href"].partition("#")
        if not address.startswith("https://"):
            there = visitor.get(address or f"/docs/{name}")
            assert there.status_code == 200, link
            assert not place or BeautifulSoup(told(there), "lxml").find(id=place), link


def test_the_risk_is_told_by_the_very_numbers_that_count(visitor, checker):
    page = BeautifulSoup(told(visitor.get("/docs/risk")), "lxml")
    rows = {row.th.text: [cell.text for cell in row.find_all("td")] for row in page.find_all("tr") if row.td}
    for category, points in checker.ruleset.weights.model_dump(mode="json")["points"].items():
        assert rows[category] == [str(points[severity]) for severity in ("note", "caution", "warning")]
    for level, score in checker.ruleset.weights.levels.items():
        assert f"{level} from {score}" in page.text


def test_a_guide_that_is_none_is_told(visitor):
    assert visitor.get("/docs/odd").status_code == 404
