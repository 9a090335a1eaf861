"""How well the rules read the seed articles: the figures that Caveat promises for them."""

import json

import pytest

CORE = {"mechanism", "dose", "interaction"}


@pytest.fixture(scope="module")
def tally(checker, seeds, pytestconfig):
    """Sentence by sentence, what the annotators saw and what the rules found."""
    rows = []
    for line in (pytestconfig.rootpath / "seeds" / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        findings = checker.check(seeds[document["id"]]).findings
        for sentence in document["sentences"]:
            own = [f for f in findings if sentence["start"] <= f.start < sentence["end"]]
            for category in CORE:
                labels = [label for label in sentence["labels"] if label["category"] == category]
                rows.append((labels, [f for f in own if f.category == category]))
    return rows


def test_core_claims_are_found_and_little_else(tally):
    wanted = [
        (any(not label.get("optional") for label in labels), bool(labels), bool(found)) for labels, found in tally
    ]
    right = sum(required and found for required, _, found in wanted)
    missed = sum(required and not found for required, _, found in wanted)
    spurious = sum(found and not labelled for _, labelled, found in wanted)
    assert 2 * right / (2 * right + missed + spurious) >= 0.95


def test_their_certainty_is_read(tally):
    matched = [(labels, found) for labels, found in tally if found and any(not x.get("optional") for x in labels)]
    right = sum(any(f.certainty == label["certainty"] for f in found for label in labels) for labels, found in matched)
    assert right / len(matched) >= 0.9


def test_their_clauses_are_cut(tally):
    overlaps = []
    for labels, found in tally:
        required = [label for label in labels if not label.get("optional")]
        if required and found:
            overlaps.append(
                max(overlap(label["start"], label["end"], f.start, f.end) for label in required for f in found)
            )
    assert sum(overlaps) / len(overlaps) >= 0.6


def overlap(start, end, other_start, other_end):
    """Shared characters as a part of all covered."""
    shared = max(0, min(end, other_end) - max(start, other_start))
    return shared / (max(end, other_end) - min(start, other_start))
