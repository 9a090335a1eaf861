"""What sources say: the base, what a finding carries of it, and files that are refused."""

from urllib.parse import urlsplit

import pytest

from caveat.model import FactSeverity, Tier
from caveat.proof.facts import check
from caveat.rules.loader import load
from caveat.rules.problems import RuleError

FACTS = """\
substance: kava
facts:
  - id: kava-901
    kind: interaction
    statement: Kava and benzodiazepines together make people drowsier than either alone.
    object: benzodiazepines
    objects: [benzodiazepines]
    severity: major
    evidence: review
    must_mention: true
    source: A handbook
    tier: reference
    url: https://example.org/kava
"""


@pytest.fixture
def own(tmp_path):
    """A folder with one file of facts, of which some text is changed."""

    def write(old="", new=""):
        assert old in FACTS
        (tmp_path / "facts").mkdir(exist_ok=True)
        (tmp_path / "facts" / "kava.yaml").write_text(FACTS.replace(old, new, 1) if old else FACTS, encoding="utf-8")
        return tmp_path

    return write


def facts_of(checker, text):
    """The facts that each finding of a text carries, and all facts of its report."""
    report = checker.check(text)
    return [[report.facts[id_] for id_ in finding.facts] for finding in report.findings]


def test_all_that_a_reader_can_be_shown_has_a_source_and_a_secure_link(checker):
    base = checker.ruleset.facts
    assert len({fact.substance for fact in base.facts}) == 134
    for substance in {fact.substance for fact in base.facts}:
        for fact in base.of(substance):
            assert fact.tier is not Tier.SECONDARY
            assert fact.statement.strip()
            assert fact.source.strip()
            assert urlsplit(fact.url).scheme == "https"
            assert urlsplit(fact.url).hostname
            assert (fact.reproduced_at is not None) == (fact.tier is Tier.MIRROR)


def test_the_base_has_no_weaknesses():
    assert [str(problem) for problem in check()] == []


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("[benzodiazepines]", "[benzodiazepine]", "7:15", "There is no name 'benzodiazepine' in any lexicon. Did you"),
        ("https://", "http://", "13:10", "should match pattern '^https://"),
        ("kava-901", "kava-9", "3:9", "should match pattern"),
        ("kava-901", "kratom-901", "3:9", "The id of a fact begins with its substance: 'kava-…'"),
        (
            "substance: kava",
            "substance: kavva",
            "1:12",
            "There is no substance or medicine 'kavva' in the lexicons. Did",
        ),
        ("substance: kava", "substance: kava\nunsafe: kava-950", "2:9", "There is no fact 'kava-950' in this file"),
        ("    url:", "    checked: yesterday\n    url:", "13:14", "date"),
        ("    source: A handbook\n", "", "3:5", "The key 'source' is missing here"),
        ("source: A handbook", "source: ''", "11:13", "at least 1 character"),
        ("severity: major", "severity: grave", "8:15", "'major', 'moderate', 'minor' or 'unknown'"),
        ("tier: reference", "tier: rumour", "12:11", "'secondary'"),
        ("must_mention: true", "must_say: true", "10:5", "There is no key 'must_say' here"),
    ],
)
def test_a_fact_that_cannot_be_used_is_refused_with_its_place(own, old, new, place, said):
    with pytest.raises(RuleError) as error:
        load(own(old, new))
    problems = [str(problem) for problem in error.value.problems]
    assert any(problem.startswith(f"facts/kava.yaml:{place}") and said in problem for problem in problems), problems


def test_an_id_stands_once(own):
    folder = own()
    (folder / "facts" / "more.yaml").write_text(FACTS, encoding="utf-8")
    with pytest.raises(RuleError, match=r"facts/more.yaml:3:9: fact-twice The fact 'kava-901' stands in facts/kava"):
        load(folder)


def test_a_fact_of_ones_own_takes_the_place_of_caveats(own):
    fact = load(own("kava-901", "kava-001")).facts.fact("kava-001")
    assert (fact.source, fact.url) == ("A handbook", "https://example.org/kava")


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        ("  zopadone:\n    forms: [zopadone, alprazolam]", "alias-twice 'alprazolam' is a form of 'alprazolam' too"),
        ("  zopadone:\n    forms: [zopadone]\n    classes: [opiods]", "class-unknown There is no class 'opiods'"),
        ("  benzodiazepines:\n    forms: [benzos]\n  diazepam:\n    forms: [valium]", None),
    ],
)
def test_weak_names_are_told(tmp_path, names, problem):
    (tmp_path / "lexicons" / "names").mkdir(parents=True)
    head = "lexicon: drug\nkind: names\ntitle: Mine\nsource: Mine\nterms:\n"
    (tmp_path / "lexicons" / "names" / "mine.yaml").write_text(f"{head}{names}\n", encoding="utf-8")
    told = [str(each) for each in check(tmp_path) if each.file.endswith("mine.yaml")]
    assert problem is None or any(problem in each for each in told), told


def test_a_class_without_members_is_told(own):
    folder = own("[benzodiazepines]", "[zopadones]")
    (folder / "lexicons" / "names").mkdir(parents=True)
    head = "lexicon: drug\nkind: names\ntitle: Mine\nsource: Mine\nterms:\n"
    (folder / "lexicons" / "names" / "mine.yaml").write_text(f"{head}  zopadones:\n    forms: [zopadone]\n", "utf-8")
    assert [each.code for each in check(folder)] == ["class-empty"]


def test_a_mechanism_carries_what_is_known_of_that_target_and_how_strong_the_evidence_is(checker):
    [facts] = facts_of(checker, "Kratom binds to opioid receptors.")
    assert [fact["kind"] for fact in facts].count("mechanism") == 2
    assert any("opioid receptors" in fact["statement"] for fact in facts)
    assert any(fact["kind"] == "evidence" for fact in facts)


def test_a_mechanism_that_no_source_tells_carries_only_the_evidence(checker):
    [facts] = facts_of(checker, "Kratom enhances GABA activity.")
    assert [fact["kind"] for fact in facts] == ["evidence"]


def test_a_dose_carries_doses_rules_and_who_must_not_take_it(checker):
    [facts] = facts_of(checker, "Take 2 grams of kratom an hour before bed.")
    assert {fact["kind"] for fact in facts} == {"dose", "regulatory", "contraindication"}


def test_a_benefit_carries_the_evidence(checker):
    [facts] = facts_of(checker, "Kratom relieves pain.")
    assert {fact["kind"] for fact in facts} == {"evidence"}


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Do not take kava with Xanax.", "other sedatives"),  # a brand of a benzodiazepine
        ("Never combine kratom with Vicodin.", "opioids"),
        ("Avoid St. John's wort if you are taking Zoloft.", "SSRI"),
    ],
)
def test_an_interaction_carries_the_facts_on_that_pair_by_brand_and_class(checker, text, about):
    [facts] = facts_of(checker, text)
    assert facts
    assert any(about.lower() in fact["statement"].lower() for fact in facts)


def test_a_pair_is_the_same_from_either_side(checker):
    [facts] = facts_of(checker, "Never combine melatonin with alcohol.")
    assert {fact["substance"] for fact in facts} >= {"melatonin"}
    [turned] = facts_of(checker, "Never combine alcohol with melatonin.")
    assert turned == facts


def test_an_interaction_that_no_source_tells_carries_nothing(checker):
    assert facts_of(checker, "Do not combine chamomile with metformin.") == [[]]


def test_a_substance_that_the_base_does_not_know_carries_nothing(checker):
    assert facts_of(checker, "Bacopa improves memory.") == [[]]


def test_a_finding_carries_at_most_three_facts_the_gravest_first(checker, seeds):
    gravity = list(FactSeverity)
    for text in seeds.values():
        report = checker.check(text)
        assert report.facts.keys() == {fact for finding in report.findings for fact in finding.facts} | {
            each.fact for each in report.summary.missing
        }
        for finding in report.findings:
            ranks = [gravity.index(report.facts[id_]["severity"]) for id_ in finding.facts]
            assert len(ranks) <= 3
            assert ranks == sorted(ranks)


def test_what_stands_right_under_a_name_is_about_it(checker):
    table = "Magnesium\n\nMagnesium is a mineral, and magnesium is cheap.\n\nAshwagandha\n\n300 mg twice daily"

    [dose] = checker.check(table).findings

    assert (dose.quote, dose.substance) == ("300 mg twice daily", "ashwagandha")
