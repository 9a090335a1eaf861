"""`caveat rules`: what its commands print, and how they exit."""

import json
import subprocess
import sys

import pytest

PACK = """\
pack: mechanism
rules:
  - id: mechanism.tunes
    title: Says that it tunes the body's chemistry
    match: ["{substance} ~3 tunes ~3 {target:chemistry}"]
    message: "Says that {substance.name} tunes {target.name}."
    examples: ["[[Kava tunes the GABA receptors]].", "[[Kava tunes serotonin]]."]
    clean: ["Kava is a plant.", "The radio tunes serotonin."]
"""


@pytest.fixture
def own(tmp_path):
    """A folder with one rule of one's own, of which some text is changed."""

    def write(old="", new=""):
        (tmp_path / "packs").mkdir()
        (tmp_path / "packs" / "mine.yaml").write_text(PACK.replace(old, new, 1) if old else PACK)
        return str(tmp_path)

    return write


def rules(*arguments):
    command = [sys.executable, "-m", "caveat", "rules", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_lint_says_where_and_exits_with_1(own):
    folder = own("title:", "titel:")
    done = rules("lint", "--rules", folder)
    assert done.returncode == 1
    assert "/packs/mine.yaml:4:5: key-unknown There is no key 'titel' here. Did you mean 'title'?" in done.stdout
    assert done.stdout.endswith("2 problems.\n")


def test_lint_exits_with_0_when_all_is_well(own):
    done = rules("lint", "--rules", own())
    assert (done.returncode, done.stdout) == (0, "No problems.\n")


def test_lint_lists_its_codes():
    done = rules("lint", "--codes")
    assert done.returncode == 0
    assert "key-unknown          There is no such key here.\n" in done.stdout


def test_a_failing_example_is_told_with_what_stopped_it(own):
    folder = own("Kava tunes the GABA", "Kava tunes each and every one of the GABA")
    done = rules("test", "--rules", folder, "mechanism.tunes")
    assert done.returncode == 1
    assert "packs/mine.yaml:3: mechanism.tunes (alone)" in done.stdout
    assert "found     nothing" in done.stdout
    assert "the gap ~3 is too narrow by 3: “each and every one of the” has 6 words." in done.stdout
    assert done.stdout.endswith("1 failure.\n")


def test_a_good_rule_passes_its_test_and_its_coverage(own):
    folder = own()
    done = rules("test", "--rules", folder, "mechanism.tunes")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "1 rule: 2 examples and 2 clean texts, each as it should be; 0 todo.\n"
    done = rules("coverage", "--mutate", "--rules", folder, "mechanism.tunes")
    assert (done.returncode, done.stdout) == (0, "Every pattern and every exception is proven.\n")


def test_an_unproven_pattern_is_told(own):
    folder = own(
        '{target:chemistry}"]', '{target:chemistry}", "{substance} tunes {target:chemistry}"]\n    unless: [hum]'
    )
    done = rules("coverage", "--mutate", "--rules", folder, "mechanism.tunes")
    assert done.returncode == 1
    assert "mechanism.tunes: no text fires this unless: hum\n" in done.stdout
    spare = "mechanism.tunes: without this match nothing fails: {substance} tunes {target:chemistry}\n"
    assert spare in done.stdout
    assert "hum" not in rules("coverage", "--rules", folder, "mechanism.changes").stdout


def test_explain_tells_what_was_seen_and_what_fired(own):
    done = rules("explain", "--rules", own(), "--rule", "mechanism.tunes", "Kava tunes GABA. Kava tunes the radio.")
    assert done.returncode == 0
    first, second = done.stdout.strip().split("\n\n")
    assert "names   “Kava” is substance kava" in first
    assert "fired   mechanism.tunes: “Kava tunes GABA”, asserted" in first
    assert "{target:chemistry} is not there; without it, “Kava tunes” would do." in second


def test_rules_are_listed_and_shown(own):
    folder = own()
    listed = json.loads(rules("list", "--rules", folder, "--format", "json").stdout)
    mine = next(rule for rule in listed if rule["id"] == "mechanism.tunes")
    assert (mine["category"], mine["severity"]["asserted"]) == ("mechanism", "note")
    assert "mechanism.tunes\n    Says that it tunes" in rules("list", "--rules", folder).stdout
    shown = rules("show", "--rules", folder, "mechanism.tunes").stdout
    assert "mechanism.tunes  (packs/mine.yaml:3)" in shown
    assert "[[Kava tunes serotonin]]. (asserted)" in shown


def test_a_deprecated_rule_is_shown_with_what_took_its_place(own):
    folder = own("    clean:", "    deprecated: true\n    replaced_by: mechanism.changes\n    clean:")
    assert "Deprecated: mechanism.changes took its place." in rules("show", "--rules", folder, "mechanism.tunes").stdout
    assert '"mechanism.tunes"' not in rules("list", "--rules", folder, "--format", "json").stdout


def test_a_new_rule_is_ready_to_run(tmp_path):
    printed = rules("new", "benefit.does-this").stdout
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "mine.yaml").write_text(f"pack: benefit\nrules:\n{printed}")
    for command in (["lint"], ["test", "benefit.does-this"], ["coverage", "--mutate", "benefit.does-this"]):
        done = rules(*command, "--rules", str(tmp_path))
        assert done.returncode == 0, done.stdout + done.stderr


def test_schemas_are_printed_and_written(tmp_path):
    assert json.loads(rules("schema", "cues").stdout)["title"] == "Caveat rules: cues"
    assert rules("schema", "--write", "--rules", str(tmp_path)).returncode == 0
    assert json.loads((tmp_path / "schema" / "pack.json").read_text()) == json.loads(rules("schema").stdout)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "mechanism.chages"], "Did you mean 'mechanism.changes'?"),
        (["test", "mechanism.chages"], "Did you mean 'mechanism.changes'?"),
        (["new", "magic.rule"], "the categories are mechanism, dose"),
        (["lint", "--rules", "/nowhere"], "does not exist"),
    ],
)
def test_wrong_usage_exits_with_2(arguments, said):
    done = rules(*arguments)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("command", [["test"], ["coverage"], ["explain", "Kava."], ["list"], ["show", "x"]])
def test_rules_that_cannot_be_loaded_exit_with_4(own, command):
    done = rules(*command, "--rules", own("title:", "titel:"))
    assert done.returncode == 4
    assert "packs/mine.yaml:4:5: key-unknown" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "text", ["", "caveat_report: 1", "caveat_report: 1\nsentence: ''", "caveat_report: 1\n: [", "[1]"]
)
def test_explain_refuses_what_is_no_report(tmp_path, text):
    (tmp_path / "r").write_text(text)
    done = rules("explain", "--report", str(tmp_path / "r"))
    assert done.returncode == 2
    assert "is no report of Caveat" in done.stderr
    assert "Give a TEXT or a --report" in rules("explain").stderr
