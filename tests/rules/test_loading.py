"""Errors in rule files: where they are, what is wrong, and what was probably meant."""

import shutil

import pytest

from caveat import Checker
from caveat.rules.loader import load, rules_dir
from caveat.rules.problems import RuleError

GOOD = """\
pack: mechanism
rules:
  - id: mechanism.test
    title: A test
    match:
      - "{modulate} ~3 {target}"
    message: "Says something of {target.name}."
    examples: ["[[Kava lowers cortisol]].", "[[Kava raises serotonin]]."]
    clean: ["Kava.", "Cortisol."]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "rules"
    shutil.copytree(rules_dir(), path)
    return path


@pytest.mark.parametrize(
    ("wrong", "right", "place", "said"),
    [
        ("title: A test", "titel: A test", "4:5", "There is no key 'titel' here. Did you mean 'title'?"),
        ("    title: A test\n", "", "3:5", "The key 'title' is missing here."),
        ("id: mechanism.test", "id: dose.test", "3:9", "begins with its category"),
        ("id: mechanism.test", "id: mechanism.changes", "3:9", "ids are unique"),
        ('{target}"', '{targett}"', "6:9", "There is no lexicon 'targett'. Did you mean 'target'?"),
        ('{target}"', '{target.receptors}"', "6:9", "'target' has no type 'receptors'"),
        ("{modulate}", "{modulate.past}", "6:9", "verbs have base, s, ing, ed, en"),
        ("~3", "~30", "6:9", "A gap is from ~1 to ~12 words"),
        ('{target}"', '({target}"', "6:9", "close it with )"),
        ("{target.name}", "{traget.name}", "7:14", "Did you mean 'target'?"),
        ("[[Kava lowers cortisol]]", "Kava lowers cortisol", "8:16", "Mark the exact words"),
        ('clean: ["Kava.", "Cortisol."]', 'clean: ["Kava."]', "9:12", "needs at least 2 entries"),
        ("{modulate} ~3", "regex:(x", "6:9", "cannot be read"),
        ("pack: mechanism", "pack: magic", "1:7", "'mechanism', 'dose'"),
        ("rules:", "rules: [", "3:3", "not valid YAML"),
        ("    title: A test", "    title: A test\n    title: Again", "5:5", "stands twice"),
        ("title: A test", "title: *x", "4:12", "not valid YAML"),
    ],
)
def test_an_error_names_its_place_and_what_was_meant(folder, wrong, right, place, said):
    text = GOOD.replace(wrong, right, 1)
    assert text != GOOD
    path = folder / "packs" / "test.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as error:
        load(folder)
    path.unlink()
    problems = {str(problem) for problem in error.value.problems}
    assert any(problem.startswith(f"packs/test.yaml:{place}") and said in problem for problem in problems), problems


def test_the_order_of_files_and_rules_changes_nothing(tmp_path, checker, seeds):
    path = tmp_path / "rules"
    shutil.copytree(rules_dir(), path)
    for number, pack in enumerate(sorted((path / "packs").glob("*.yaml"), reverse=True)):
        head, _, rules = pack.read_text(encoding="utf-8").partition("\nrules:\n")
        entries = [entry for entry in rules.split("  - id: ") if entry]
        pack.unlink()
        pack.with_name(f"{number}.yaml").write_text(
            head + "\nrules:\n" + "".join(f"  - id: {e}" for e in reversed(entries))
        )
    other = Checker(path)
    for text in seeds.values():
        assert other.check(text).findings == checker.check(text).findings


@pytest.mark.parametrize(
    ("name", "wrong", "right", "said"),
    [
        ("subjects.yaml", "named: [substance", "named: [substanse", "Did you mean 'substance'?"),
        ("risk.yaml", "holds {claims}", "holds {claim}", "brackets other than {claims} and {left_out}"),
        ("risk.yaml", "{none: 0,", "{none: 10,", "begins at 0"),
        ("risk.yaml", "  caution: [caution, cautions]\n", "", "labels lacks caution"),
    ],
)
def test_what_would_fail_at_every_page_is_refused_at_load(tmp_path, name, wrong, right, said):
    text = (rules_dir() / name).read_text(encoding="utf-8")
    assert wrong in text
    (tmp_path / name).write_text(text.replace(wrong, right, 1), encoding="utf-8")
    with pytest.raises(RuleError) as error:
        load(tmp_path)
    assert any(problem.file.endswith(name) and said in problem.message for problem in error.value.problems)
