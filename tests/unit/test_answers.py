"""Answers that are kept for a moment: of the same request under the same rules, in little room, for a short time."""

import pytest

from caveat.web import answers
from caveat.web.answers import Answers


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(answers.time, "monotonic", lambda: now[0])
    return now


def test_an_answer_is_found_for_the_same_body_and_rules_only():
    kept = Answers()
    kept.keep(kept.name("sha256:1", b"kava"), b"an answer")
    assert kept.find(kept.name("sha256:1", b"kava")) == b"an answer"
    assert kept.find(kept.name("sha256:2", b"kava")) is None
    assert kept.find(kept.name("sha256:1", b"kawa")) is None


def test_no_other_process_can_tell_what_a_name_stands_for():
    assert Answers().name("sha256:1", b"kava") != Answers().name("sha256:1", b"kava")


def test_an_answer_is_forgotten_in_time(clock):
    kept = Answers()
    kept.keep(b"name", b"an answer")
    clock[0] += answers.WHILE - 1
    assert kept.find(b"name")
    clock[0] += 2
    assert kept.find(b"name") is None


def test_the_one_unasked_for_longest_makes_room(monkeypatch):
    monkeypatch.setattr(answers, "ROOM", 10)
    kept = Answers()
    for name in (b"1", b"2"):
        kept.keep(name, b"12345")
    kept.find(b"1")
    kept.keep(b"3", b"12345")
    assert [name for name in (b"1", b"2", b"3") if kept.find(name)] == [b"1", b"3"]
    kept.keep(b"4", b"more than there is room for")
    assert kept.find(b"4") is None
