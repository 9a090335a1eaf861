"""A reader's own folder of rules: what it adds to those that come with Caveat, and what it replaces."""

from pathlib import Path

import pytest

from caveat import Checker
from caveat.rules.loader import load, rules_dir
from caveat.rules.problems import RuleError

RULE = """\
pack: {category}
rules:
  - id: {id}
    title: My own
    match: ["{match}"]
    message: "Mine, about {{substance.name}}."
    examples: ["[[Kava does]].", "[[Kratom does]]."]
    clean: ["Kava.", "Kratom."]
"""


@pytest.fixture
def own(tmp_path):
    """Write files into a folder of one's own, with the folders they need."""

    def write(**files):
        for name, text in files.items():
            path = tmp_path / (name.replace("__", "/") + ".yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def found(path, text):
    return [(finding.rule, finding.quote) for finding in Checker(path).check(text).findings]


def problems(path):
    with pytest.raises(RuleError) as error:
        load(path)
    return [str(problem) for problem in error.value.problems]


def test_an_empty_folder_changes_nothing(tmp_path, checker):
    assert load(tmp_path).digest == checker.ruleset.digest


def test_a_copy_of_the_rules_changes_nothing(checker, seeds):
    other = Checker(rules_dir())
    assert [rule.id for rule in other.ruleset.rules] == [rule.id for rule in checker.ruleset.rules]
    for text in seeds.values():
        assert other.check(text).findings == checker.check(text).findings


def test_a_rule_is_added_and_one_of_the_same_id_replaced(own, checker):
    (finding,) = checker.check("Kava binds to GABA receptors.").findings
    path = own(
        packs__new=RULE.format(category="mechanism", id="mechanism.dazzles", match="dazzles"),
        packs__changed=RULE.format(category="mechanism", id=finding.rule, match="glitters"),
    )
    assert found(path, "Kava dazzles. Kava glitters.") == [("mechanism.dazzles", "dazzles"), (finding.rule, "glitters")]
    assert len(load(path).rules) == len(checker.ruleset.rules) + 1


def test_a_term_is_added_and_one_of_the_same_name_replaced(own, checker):
    text = "Moonpetal binds to GABA receptors."
    assert not checker.check(text).findings
    names = "lexicon: substance\nkind: names\ntitle: Mine\nsource: my garden\nterms:\n"
    path = own(lexicons__names__mine=f"{names}  moonpetal: {{forms: [moonpetal]}}\n  kava: {{forms: [yaqona root]}}\n")
    mine = Checker(path)
    assert mine.check(text).findings[0].slots["substance"].name == "moonpetal"
    assert mine.check("Yaqona root binds to GABA receptors.").findings[0].slots["substance"].name == "kava"
    assert not mine.check("Kava binds to GABA receptors.").findings


def test_a_lexicon_of_the_same_name_is_replaced(own):
    words = "kind: words\nlexicons:\n  modulate: {title: Mine, verbs: [bamboozle]}\n"
    path = own(lexicons__words__mine=words)
    assert found(path, "Valerian bamboozles cortisol. Valerian enhances cortisol.") == [
        ("mechanism.changes", "Valerian bamboozles cortisol")
    ]


def test_cues_are_added_and_a_file_of_the_same_name_replaced(own):
    cue = "certainty: hedged\nforward: [{reach: 9, cues: [methinks]}]\n"
    added = Checker(own(cues__mine=cue))
    texts = ("Methinks kava binds to GABA receptors.", "Kava may bind to GABA receptors.")
    assert [added.check(text).findings[0].certainty for text in texts] == ["hedged", "hedged"]
    replaced = Checker(own(cues__hedged=cue))
    assert [replaced.check(text).findings[0].certainty for text in texts] == ["hedged", "asserted"]


def test_a_single_file_is_replaced(own):
    risk = (rules_dir() / "risk.yaml").read_text(encoding="utf-8")
    path = own(risk=risk.replace("A few claims to weigh: this", "A pinch of salt: this"))
    assert Checker(path).check("Kava binds to GABA receptors.").summary.headline.startswith("A pinch of salt")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"packs__mine": RULE.format(category="mechanism", id="dose.x", match="x")}, "packs/mine.yaml:3:9: rule-id"),
        ({"packs__mine": RULE.format(category="dose", id="dose.x", match="{doze}")}, "packs/mine.yaml:5:13: lexicon-"),
        ({"packs__mine": "pack: dose\nrules: *x"}, "packs/mine.yaml:2:8: yaml-syntax"),
        ({"packs__mine": ""}, "packs/mine.yaml:1:1: file-shape"),
        ({"risk": "points: many"}, "risk.yaml:1:9: value"),
        ({"risks": "points: many"}, "risks.yaml:1:1: file-unknown"),
        ({"pack__mine": "pack: dose"}, "pack/mine.yaml:1:1: file-unknown"),
        (
            {"lexicons__words__mine": "kind: words\nlexicons:\n  modulate: {title: Mine, nouns: [x]}\n"},
            "lexicons/words/mine.yaml:3:3: lexicon-form With this, packs/",
        ),
        (
            {"lexicons__words__mine": "kind: words\nlexicons:\n  target: {title: Mine, nouns: [x]}\n"},
            "lexicons/words/mine.yaml:3:3: lexicon-twice",
        ),
        (
            {
                "lexicons__names__mine": "lexicon: modulate\nkind: names\ntitle: Mine\nsource: me\n"
                "terms: {kava: {forms: [kava]}}\n"
            },
            "lexicons/names/mine.yaml:1:10: lexicon-twice With this, lexicons/words/verbs.yaml",
        ),
        ({"lexicons__words__mine": "kind: words\nlexicons: {mine: {title: Mine}}\n"}, "needs verbs, nouns or words"),
        (
            {"cues__mine": "certainty: hedged\nforward: [{reach: 1, cues: [(a|b)?]}]\n"},
            "cues/mine.yaml:2:29: cue-empty",
        ),
        (
            {
                "lexicons__phrases__mine": "kind: phrases\nlexicons:\n  l0: {title: Mine, phrases: [word]}\n"
                + "".join(f"  l{n}: {{title: Mine, phrases: ['{{l{n - 1}}} {{l{n - 1}}}']}}\n" for n in range(1, 40))
            },
            "phrase-too-long",
        ),
        (
            {
                "lexicons__names__mine": "lexicon: substance\nkind: names\ntitle: Mine\nsource: me\n"
                "terms: {dash: {forms: ['-']}}\n"
            },
            "lexicons/names/mine.yaml:5:24: value",
        ),
        ({"packs__mine": "pack: " + "[" * 100_000}, "packs/mine.yaml:1:1: yaml-too-deep"),
    ],
)
def test_an_error_names_the_file_of_the_reader(own, files, said):
    told = problems(own(**files))
    assert any(said in problem for problem in told), told
    assert all(problem.split(":")[0].replace("/", "__") == f"{next(iter(files))}.yaml" for problem in told), told


def test_the_same_rule_twice_is_an_error_even_in_files_of_ones_own(own):
    rule = RULE.format(category="mechanism", id="mechanism.x", match="x")
    assert "packs/b.yaml:3:9: rule-twice" in problems(own(packs__a=rule, packs__b=rule))[0]


def test_what_an_editor_leaves_beside_a_file_is_not_read(own, checker):
    path = own(packs__mine=RULE.format(category="mechanism", id="mechanism.x", match="x"))
    (path / "packs" / ".#mine.yaml").symlink_to("nowhere")
    (path / "packs" / "mine.yaml~").write_text("rules: [", encoding="utf-8")
    assert len(load(path).rules) == len(checker.ruleset.rules) + 1


def test_a_folder_that_is_gone_is_told():
    assert "folder-missing" in problems(Path("nowhere"))[0]


def test_a_file_without_end_is_told(tmp_path):
    (tmp_path / "risk.yaml").symlink_to("/dev/zero")
    assert "risk.yaml:1:1: file-unreadable" in problems(tmp_path)[0]
