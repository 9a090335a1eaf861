"""What each medicine and substance inherits from its classes, kept in a file that a pharmacist can read line by line.

When a change is meant, `make golden` keeps the new lines; read the difference in `git diff` first.
"""

import os
from pathlib import Path

import pytest

from caveat.model import DRUG, SUBSTANCE
from caveat.proof.facts import check
from caveat.rules.loader import load
from caveat.rules.problems import RuleError

GOLDEN = Path(__file__).with_name("classes.txt")


def test_each_name_inherits_what_it_did(checker):
    glossary = checker.ruleset.facts.glossary
    lines = [
        f"{name}: {', '.join(sorted(kin))}"
        for name in sorted(glossary.labels)
        if glossary.lexicons[name] & {DRUG, SUBSTANCE} and (kin := glossary.kin(name) - {name})
    ]
    if os.environ.get("CAVEAT_KEEP_GOLDEN"):
        GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8").splitlines() == lines


@pytest.mark.parametrize(
    ("name", "no"),
    [
        ("acetaminophen", "opioids"),
        ("acetaminophen", "nsaids"),
        ("buspirone", "benzodiazepines"),
        ("buspirone", "antipsychotics"),
        ("methimazole", "thyroid_hormones"),
        ("evolocumab", "statins"),
        ("nitroglycerin", "cardiac_glycosides"),
        ("memantine", "cholinesterase_inhibitors"),
        ("denosumab", "bisphosphonates"),
        ("lithium", "anticonvulsants"),
        ("ergotamine", "triptans"),
        ("atomoxetine", "stimulants"),
        ("bupropion", "ssris"),
    ],
)
def test_a_member_does_not_inherit_what_its_class_covers(checker, name, no):
    assert no not in checker.ruleset.facts.glossary.kin(name)


@pytest.mark.parametrize(
    ("name", "too"),
    [
        ("analgesics", "opioids"),
        ("blood_thinners", "anticoagulants"),
        ("lipid_lowering", "statins"),
        ("sedating_substances", "alcohol"),
        ("alprazolam", "benzodiazepines"),
        ("ciprofloxacin", "antibiotics"),
        ("lisinopril", "antihypertensives"),
    ],
)
def test_who_names_a_group_means_what_it_covers_and_a_member_is_of_its_classes(checker, name, too):
    assert too in checker.ruleset.facts.glossary.kin(name)


def test_a_painkiller_that_is_no_opioid_carries_no_fact_on_opioids(checker):
    report = checker.check("Never combine kratom with acetaminophen.")
    about = {report.facts[fact]["object"] for finding in report.findings for fact in finding.facts}
    assert not any("opioid" in (each or "") for each in about)


def test_a_class_that_belongs_to_itself_is_refused_with_its_place(tmp_path):
    (tmp_path / "lexicons" / "names").mkdir(parents=True)
    names = (
        "lexicon: drug\nkind: names\ntitle: Own\nsource: own\nterms:\n"
        "  odd_a:\n    forms: [odd a]\n    classes: [odd_b]\n  odd_b:\n    forms: [odd b]\n    classes: [odd_a]\n"
    )
    (tmp_path / "lexicons" / "names" / "own.yaml").write_text(names)
    with pytest.raises(RuleError, match=r"own.yaml:8:\d+: class-circle 'odd_a' belongs to itself"):
        load(tmp_path)


def test_a_class_that_is_covered_and_stands_nowhere_is_told(tmp_path):
    (tmp_path / "lexicons" / "names").mkdir(parents=True)
    head = "lexicon: drug\nkind: names\ntitle: Own\nsource: own\nterms:\n"
    names = f"{head}  odd_a:\n    forms: [odd a]\n    covers: [opioid]\n"
    (tmp_path / "lexicons" / "names" / "own.yaml").write_text(names)
    assert "There is no class 'opioid' in any lexicon. Did you mean 'opioids'?" in "\n".join(map(str, check(tmp_path)))
