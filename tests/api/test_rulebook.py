"""GET /v1/rules: the rules and the formula of the risk, open to every reader."""

import json
import urllib.error
import urllib.request

import pytest

from caveat.model import Category


def get(server, path):
    with urllib.request.urlopen(f"{server}{path}", timeout=120) as reply:
        assert reply.headers["Content-Type"] == "application/json"
        return json.load(reply)


def test_all_rules_and_each_categorys_weight(server):
    book = get(server, "/v1/rules")
    assert set(book["risk"]["points"]) == set(Category)
    assert book["risk"]["points"]["dose"]["warning"] > 0 > book["risk"]["points"]["caution"]["note"]
    assert book["digest"].startswith("sha256:")
    assert {rule["category"] for rule in book["rules"]} == set(Category)
    for rule in book["rules"]:
        assert rule["match"]
        assert len(rule["examples"]) >= 2
        assert set(rule["severity"]) == {"negated", "attributed", "hedged", "asserted"}


def test_one_rule(server):
    rule = get(server, "/v1/rules/mechanism.changes")
    assert rule["title"] == "Says it changes a part of the body's chemistry"
    assert rule in get(server, "/v1/rules")["rules"]


def test_a_rule_that_is_not_there(server):
    with pytest.raises(urllib.error.HTTPError) as error:
        get(server, "/v1/rules/mechanism.change")
    problem = json.load(error.value)
    assert (error.value.code, problem["status"]) == (404, 404)
    assert problem["detail"].endswith("Did you mean 'mechanism.changes'?")


def test_a_report_says_what_it_rests_on(server):
    body = json.dumps({"text": "Take 2 grams of kratom before bed."}).encode()
    request = urllib.request.Request(f"{server}/v1/analyze", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as reply:
        report = json.load(reply)
    [finding] = report["findings"]
    summary = report["summary"]
    assert set(finding["facts"]) | {each["fact"] for each in summary["missing"]} == report["facts"].keys()
    assert set(summary["missing"][0]) == {"substance", "label", "object", "severity", "statement", "fact"}
    assert all(fact["url"].startswith("https://") and fact["source"] for fact in report["facts"].values())
    assert sum(reason["points"] for reason in summary["reasons"]) == summary["score"]
    assert report["notice"] == "Caveat informs; it does not give medical advice."
