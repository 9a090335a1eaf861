"""Sentences: where one ends, and where a full stop is only part of a word."""

import json

import pytest

from caveat.document.plain import plain
from caveat.document.sentences import LONGEST


@pytest.fixture(scope="module")
def sentences(checker):
    return lambda text: checker.sentences(plain(text))


@pytest.fixture(scope="module")
def cut(sentences):
    return lambda text: [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Take approx. 2.5 mg a day.",
        "St. John's wort raises serotonin.",
        "Ask Dr. Smith, e.g. by phone.",
        "It dissolves (cf. No. 3) in 5 ml.",
        "Kratom vs. coffee is a question of taste!",
        "Start at 2 caps. daily.",
    ],
)
def test_an_abbreviation_or_a_number_ends_no_sentence(cut, sentence):
    assert cut(sentence) == [sentence]


def test_a_stop_before_a_capital_ends_one(cut):
    assert cut("It helps. Does it? Yes! “Really.” So it goes…") == [
        "It helps.",
        "Does it?",
        "Yes!",
        "“Really.”",
        "So it goes…",
    ]


def test_a_line_break_always_ends_one(cut):
    assert cut("Dosage\n- 2 grams\r\n- with food") == ["Dosage", "- 2 grams", "- with food"]


def test_a_sentence_without_end_is_cut_at_a_space(sentences, cut):
    text = "word " * 1000
    assert all(end - start <= LONGEST for start, end in sentences(text))
    assert " ".join(cut(text)) == text.strip()


def test_dot_leaders_cost_no_more_than_their_length(cut):
    assert cut("Kava " + "." * 200_000 + "x")  # took minutes when each dot began a search of its own


def test_the_seeds_are_cut_as_their_annotators_cut_them(sentences, seeds, gold):
    for document in gold:
        spans = [(sentence["start"], sentence["end"]) for sentence in document["sentences"]]
        assert sentences(seeds[document["id"]]) == spans


@pytest.fixture(scope="module")
def gold(pytestconfig):
    lines = (pytestconfig.rootpath / "seeds" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Can I drive? No. Kava makes one drowsy.", 3),
        ("Room No. 4 is closed.", 1),
        ("Take 2 caps. Kava is a root.", 2),
        ("Avoid vitamin C. Kava is a root.", 2),
        ("Ask J. Smith about it.", 1),
        ("Kava is no cure!Valerian is.", 2),
        ("Never with alcohol.(Seriously.)Take it slowly.", 3),
        ("St.John's wort is a herb.", 1),
    ],
)
def test_what_ends_a_sentence(sentences, text, count):
    assert len(sentences(text)) == count
