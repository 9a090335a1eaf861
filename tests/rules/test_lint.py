"""What `caveat rules lint` finds: everything that is wrong, and what is weak although it loads."""

import ast
from pathlib import Path

import pytest
from folders import with_rule

import caveat
from caveat.proof.lint import lint
from caveat.rules.problems import CODES

WORDS = """\
kind: words
lexicons:
  melody:
    title: Words for tunes
    words: [tune, blood pressure song]
"""


def told(folder):
    return [f"{problem.file}:{problem.line}:{problem.column}: {problem.code}" for problem in lint(folder)]


def test_the_rules_that_come_with_caveat_are_clean():
    assert [str(problem) for problem in lint()] == []


def test_a_good_rule_is_clean(tmp_path):
    assert told(with_rule(tmp_path)) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "    unless:",
            '      - "{substance} ~3 (tune | tunes) ~3 {target:chemistry}"\n    unless:',
            "packs/tunes.yaml:7:9: pattern-twice",
        ),
        ('"tunes ~2 radio"', '"tunes ~2 radio"\n      - "tunes ~2 radio"', "packs/tunes.yaml:9:9: pattern-twice"),
        ("Kava is a plant.", "Kava tunes the radio of serotonin fans.", "packs/tunes.yaml:15:9: text-twice"),
        ("tunes ~2 radio", "tunes ~2 blood pressure", "packs/tunes.yaml:8:9: words-unseen"),
    ],
)
def test_a_weakness_is_told_with_its_place(tmp_path, old, new, problem):
    assert told(with_rule(tmp_path, (old, new))) == [problem]


def test_a_lexicon_that_nobody_uses_and_words_that_nobody_sees_are_told(tmp_path):
    path = with_rule(tmp_path) / "lexicons" / "words" / "melody.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(WORDS)
    assert told(tmp_path) == [
        "lexicons/words/melody.yaml:3:3: lexicon-unused",
        "lexicons/words/melody.yaml:5:19: words-unseen",
    ]
    with_rule(tmp_path, ("(tune|tunes)", "{melody}"), ("tunes the GABA", "tune the GABA"))
    assert told(tmp_path) == ["lexicons/words/melody.yaml:5:19: words-unseen"]


def test_a_broken_file_does_not_hide_what_is_wrong_in_others(tmp_path):
    with_rule(tmp_path, ("title:", "titel:"), name="misspelled")
    with_rule(tmp_path, ("mechanism.tunes", "mechanism.one"), ("{target:chemistry}", "{target:chemisty}"), name="one")
    with_rule(tmp_path, ("mechanism.tunes", "mechanism.two"), ("~3", "~30"), name="two")
    path = tmp_path / "lexicons" / "phrases" / "parts.yaml"
    path.parent.mkdir(parents=True)
    path.write_text('kind: phrases\nlexicons:\n  song: {title: A song, phrases: ["(la"]}\n')
    found = told(tmp_path)
    assert "packs/misspelled.yaml:4:5: key-unknown" in found
    assert "packs/two.yaml:6:9: phrase-gap" in found
    assert "lexicons/phrases/parts.yaml:3:9: phrase-syntax" in found
    # A lexicon that one.yaml names may stand in the file that cannot be read.
    with_rule(tmp_path, name="misspelled")
    assert "packs/one.yaml:6:9: lexicon-unknown" in told(tmp_path)


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ("deprecated: true", "packs/tunes.yaml:3:9: deprecated-alone"),
        ("replaced_by: mechanism.changes", "packs/tunes.yaml:3:9: deprecated-alone"),
        ("deprecated: true\n    replaced_by: mechanism.tunes", "packs/tunes.yaml:14:18: replacement-unknown"),
        ('todo: {missed: ["[[Kava"]}', "packs/tunes.yaml:13:21: example-unmarked"),
    ],
)
def test_deprecation_and_todo_are_checked(tmp_path, keys, problem):
    assert told(with_rule(tmp_path, ("    clean:", f"    {keys}\n    clean:"))) == [problem]


def test_every_code_is_told_and_no_other():
    said = set()
    for path in Path(caveat.__file__).parent.glob("[rp][ur]*/*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name in {"PhraseError", "Problem", "problem", "_error", "_again"}:
                texts = [given.value for given in call.args if isinstance(given, ast.Constant)]
                said |= {text for text in texts if isinstance(text, str) and " " not in text}
    assert said == set(CODES)
