"""What a reading comes to: category, stance, certainty and subject of each claim; and that each part of it is needed.

The table is read by the whole engine. Then each part is put out of action in turn: the table must show it.
"""

from dataclasses import replace
from importlib import import_module

import pytest

from caveat.document.blocks import Role
from caveat.document.html import html_to_document
from caveat.engine import engine, resolve
from caveat.engine.reach import SentenceReach
from caveat.engine.sections import SectionReader
from caveat.engine.subject import SubjectReader

LISTED = "<h1>Kava</h1><h2>Side effects</h2><ul><li>Headache</li></ul>"
TABLE = (
    "<table><tr><th>Herb</th><th>Side effects</th></tr>"
    "<tr><th>Kava</th><td>Headache</td></tr><tr><th>Valerian</th><td>Drowsiness</td></tr></table>"
)
READINGS = [
    # A prohibition warns; leave to combine advises.
    (
        "Ginkgo should not be taken with warfarin.",
        [("caution", "warns", "asserted", "ginkgo"), ("interaction", "warns", "asserted", "ginkgo")],
    ),
    ("Kava relieves anxiety.", [("benefit", "states", "asserted", "kava")]),
    ("Kava does not relieve anxiety.", [("benefit", "denies", "negated", "kava")]),
    # A cue ends with its clause.
    ("Unlike pills, which may not help, kava relieves anxiety.", [("benefit", "states", "asserted", "kava")]),
    # "It" is what the sentence before begins with, and a name that nobody has listed is nobody else's.
    (
        "Kava relieves anxiety better than valerian. It lowers blood pressure.",
        [("benefit", "states", "asserted", "kava"), ("benefit", "states", "asserted", "kava")],
    ),
    (
        "Kava is a root. The new Relaxium relieves anxiety.",
        [("benefit", "states", "asserted", None)],
    ),
    # A section ends with the next heading; a cell is about the head of its row.
    (LISTED, [("caution", "warns", "asserted", "kava")]),
    (f"{LISTED}<h2>Our garden</h2><ul><li>Headache</li></ul>", [("caution", "warns", "asserted", "kava")]),
    (TABLE, [("caution", "warns", "asserted", "kava"), ("caution", "warns", "asserted", "valerian")]),
    # What says more stands: a promise against a disease before one for the mood, each claim by itself.
    ("Kratom cures cancer and improves mood.", [("benefit", "states", "asserted", "kratom")]),
]
OWED = "Take 3 g of kratom a day."


def reading(checker, given):
    report = checker.check(html_to_document(given) if given.startswith("<") else given)
    return [(str(each.category), str(each.stance), str(each.certainty), each.substance) for each in report.findings]


def owed(checker):
    return [each.object for each in checker.check(OWED).summary.missing]


@pytest.mark.parametrize(("given", "claims"), READINGS)
def test_a_page_reads_as(checker, given, claims):
    assert reading(checker, given) == claims


def test_the_claim_that_says_most_gives_its_rule(checker):
    assert [each.rule for each in checker.check(READINGS[-1][0]).findings] == ["benefit.treats-disease"]


def test_what_a_page_leaves_out_is_told_once(checker):
    assert len(owed(checker)) == len(set(owed(checker))) > 0


def last_named(reader, match):
    return next(iter(reversed(reader._page.substances_in(0, match.start))), None)


def never_closed(reader, blocks, shadow, read=SectionReader.read):
    deeper = [replace(block, level=at) if block.role is Role.HEADING else block for at, block in enumerate(blocks, 1)]
    return read(reader, deeper, shadow)


def by_the_name_of_the_rule(matches, key):
    return sorted(matches, key=key if isinstance(matches, tuple) else lambda match: match.rule.id)


MUTANTS = {
    "the stance is not turned round": (engine, "stance_of", lambda _, says, certainty: (says, certainty)),
    "a claim is about the last name": (SubjectReader, "of", last_named),
    "an unlisted name is not seen": (SubjectReader, "_names_another", lambda *_: False),
    "a section is never closed": (SectionReader, "read", never_closed),
    "heads of rows name nothing": (SubjectReader, "_head", lambda *_: None),
    "heads of columns open nothing": (SectionReader, "_inner", lambda *_: None),
    "cues reach out of their clause": (SentenceReach, "ends_between", lambda *_: False),
    "the first of overlapping rules by name stands": (resolve, "sorted", by_the_name_of_the_rule),
    "missing warnings are told again": (import_module("caveat.risk.missing"), "_told_once", lambda facts, _: facts),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_no_part_can_be_missing_unseen(checker, monkeypatch, mutant):
    def all_is_well():
        rules = [each.rule for each in checker.check(READINGS[-1][0]).findings]
        told = owed(checker)
        return (
            all(reading(checker, given) == claims for given, claims in READINGS)
            and rules == ["benefit.treats-disease"]
            and len(told) == len(set(told))
        )

    assert all_is_well()
    monkeypatch.setattr(*MUTANTS[mutant], raising=mutant != "the first of overlapping rules by name stands")
    assert not all_is_well()
