"""A folder of rules as an enemy: what is wrong is said in two seconds, without a traceback and within 200 MB."""

import json
import subprocess
import sys

import pytest

RULE = """
  - id: dose.r{0}
    title: A test
    match: ["{1}"]
    message: Said.
    examples: ["[[Take it]]", "[[Take it.]]"]
    clean: ["It.", "Take."]"""
FACT = """
substance: kava
facts:
  - id: kava-901
    kind: adverse
    statement: Kava can hurt the liver.
    severity: major
    evidence: case_reports
    source: A
    tier: regulator
    url: {0}
"""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def names(*forms):
    return f"lexicon: substance\nkind: names\ntitle: T\nsource: S\nterms:\n  x:\n    forms: [{', '.join(forms)}]\n"


def words(*entries):
    return "kind: words\nlexicons:\n  x:\n    title: T\n    words: " + json.dumps(entries, ensure_ascii=False) + "\n"


def pack(*rules):
    return "pack: dose\nrules:" + "".join(rules) + "\n"


def nested(count):
    """Lexicons of phrases that double with each step."""
    step = "  x{0}:\n    title: T\n    phrases: ['{{x{1}}} {{x{1}}}']\n"
    first = "kind: phrases\nlexicons:\n  x0:\n    title: T\n    phrases: [lol]\n"
    return first + "".join(step.format(number, number - 1) for number in range(1, count))


ENEMIES = {
    "a name as long as a file": ("lexicons/names/x.yaml", names("a" * 20_000), "too-long"),
    "more names than anybody needs": (
        "lexicons/names/x.yaml",
        names(*(f"qwertyuiopasdf{LETTERS[n % 26]}{LETTERS[n // 26 % 26]}{LETTERS[n // 676]}" for n in range(15_000))),
        "too-many-forms",
    ),
    "keys without end": ("packs/x.yaml", "pack: dose\n" + "".join(f"k{n}: 1\n" for n in range(60_000)), "key-unknown"),
    "wrong rules without end": (
        "packs/x.yaml",
        pack(*(RULE.format(n, "take").replace("title", "tittle") for n in range(5_000))),
        "key-unknown",
    ),
    "wrong patterns without end": (
        "packs/x.yaml",
        pack(*(RULE.format(n, f"{{nope{n}}}") for n in range(5_000))),
        "lexicon-unknown",
    ),
    "brackets in a regular expression": (
        "packs/x.yaml",
        pack(RULE.format(1, "regex:" + "(" * 1_400 + "a" + ")" * 1_400)),
        "regex-syntax",
    ),
    "brackets in a pattern": ("packs/x.yaml", pack(RULE.format(1, "(" * 600 + "a" + ")" * 600)), "phrase-syntax"),
    "a picture as a word": ("lexicons/words/x.yaml", words("💊"), "value"),
    "a word of nothing": ("lexicons/words/x.yaml", words("\u00ad"), "value"),
    "a link that is none": ("facts/x.yaml", FACT.format('"https://[a.b/"'), "value"),
    "a link to somebody else": ("facts/x.yaml", FACT.format('"https://nih.gov@evil.example/"'), "value"),
    "phrases of phrases of phrases": ("lexicons/phrases/x.yaml", nested(40), "phrase-too-long"),
    "a title of a megabyte": ("packs/x.yaml", pack(RULE.format(1, "take").replace("A test", "T" * 10**6)), "too-long"),
    "a tag on a mapping": ("packs/x.yaml", "--- !!python/object:os.x\npack: dose\n", "yaml-tag"),
    "a tag on a list": ("packs/x.yaml", "pack: dose\nrules: !mine []\n", "yaml-tag"),
    "more than a file of rules can hold": ("packs/x.yaml", "# " + "x" * 2_000_000 + "\n", "file-unreadable"),
}
LOAD = """
import resource, sys, time
from pathlib import Path
from caveat.rules.loader import load
from caveat.rules.problems import RuleError
load()
usual, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
try:
    load(Path(sys.argv[1]))
except RuleError as error:
    spent = time.process_time() - begun
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - usual) / 1024
    print(spent, more, len(error.problems), max(len(str(each)) for each in error.problems), error.problems[-1].code)
"""


@pytest.mark.parametrize("enemy", ENEMIES)
def test_an_enemy_is_told_off_soon_and_in_little_room(tmp_path, enemy):
    place, text, code = ENEMIES[enemy]
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", LOAD, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    seconds, megabytes, problems, longest, last = done.stdout.split()
    assert last == code
    # Twice what is promised, for a machine that is busy with other tests.
    assert float(seconds) < 4
    assert float(megabytes) < 200
    assert int(problems) <= 50
    assert int(longest) < 1_000
