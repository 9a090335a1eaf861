"""The ten minutes of CONTRIBUTING, as written: on a copy of the rules, its steps lead to what it says."""

import os
import re
import shutil
import subprocess
import sys
import textwrap

import pytest

VERBS = "rules/lexicons/words/verbs.yaml"
PACK = "rules/packs/mechanism.yaml"


@pytest.fixture(scope="module")
def text(pytestconfig):
    """The section of CONTRIBUTING that teaches it."""
    whole = (pytestconfig.rootpath / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return whole.partition("## Add a rule")[2].partition("### What a rule can say")[0]


@pytest.fixture
def checkout(tmp_path, pytestconfig):
    """A copy of the program and its rules."""
    for folder in ("server", "rules"):
        shutil.copytree(pytestconfig.rootpath / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def run(checkout):
    def run(command):
        """Run a command of the text in the checkout; gives its exit code and what it printed."""
        line = command.replace(".venv/bin/caveat", f"{sys.executable} -m caveat")
        environment = {**os.environ, "PYTHONPATH": str(checkout / "server")}
        done = subprocess.run(line, shell=True, cwd=checkout, env=environment, capture_output=True, text=True)  # noqa: S602, PLW1510
        return done.returncode, done.stdout + done.stderr

    return run


def commands(text):
    return re.findall(r"^ *\$ (.+)$", text, re.MULTILINE)


def test_a_missing_word_is_found_out_and_added(text, checkout, run):
    ask, ask_closely = commands(text)[:2]
    assert "fired" not in run(ask)[1]
    assert "{verb:modulate} is not there" in run(ask_closely)[1]
    assert VERBS in text
    path = checkout / VERBS
    path.write_text(path.read_text().replace("verbs: [activate,", "verbs: [activate, fine-tune,", 1))
    assert "fired   mechanism.changes: “Reishi fine-tunes cortisol”" in run(ask)[1]


def test_a_rule_is_written_proven_and_seen(text, checkout, run):
    new, lint, test, coverage, see = commands(text)[2:]
    assert run(new)[1].startswith("  - id: mechanism.keeps-in-tune\n")
    assert PACK in text
    before = run(lint)[1]
    rule = textwrap.dedent(re.search(r"```yaml\n(.+?)```", text, re.DOTALL)[1])
    with (checkout / PACK).open("a", encoding="utf-8") as pack:
        pack.write(textwrap.indent(rule, "  "))
    assert run(lint)[1] == before
    for command in (test, coverage):
        code, said = run(command)
        assert code == 0, said
    code, said = run(see)
    assert code == 1
    assert "[Reishi keeps cortisol in tune]." in said
