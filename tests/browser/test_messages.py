"""The reader's words: all in _locales, all used, none written anywhere else."""

import json
import re
from pathlib import Path

EXTENSION = Path(__file__).parents[2] / "extension"
MESSAGES = json.loads((EXTENSION / "_locales/en/messages.json").read_text("utf-8"))
SCRIPTS = "".join(path.read_text("utf-8") for path in sorted(EXTENSION.rglob("*.js")))
PAGES = {path.name: path.read_text("utf-8") for path in sorted(EXTENSION.rglob("*.html"))}
IN_PAGES = set(re.findall(r'data-i18n(?:-label|-placeholder)?="(\w+)"', "".join(PAGES.values())))
IN_MANIFEST = set(re.findall(r"__MSG_(\w+)__", (EXTENSION / "manifest.json").read_text("utf-8")))
# Keys are named in full, or put together from a beginning and a code: `level_${level}`.
IN_SCRIPTS = set(re.findall(r"'(\w+)'", SCRIPTS))
BEGINNINGS = tuple(re.findall(r"[`'](\w+_)(?:\$\{|')", SCRIPTS))


def test_every_key_that_is_used_exists():
    assert IN_PAGES | IN_MANIFEST | set(re.findall(r"\bt\('(\w+)'", SCRIPTS)) <= set(MESSAGES)
    for beginning in re.findall(r"\bt\(`(\w+_)\$\{", SCRIPTS):
        assert any(key.startswith(beginning) for key in MESSAGES), beginning


def test_every_key_is_used():
    named = IN_PAGES | IN_MANIFEST | IN_SCRIPTS

    assert {key for key in MESSAGES if key not in named and not key.startswith(BEGINNINGS)} == set()


def test_every_code_that_can_come_has_its_words():
    for name, prefix in {
        "CATEGORIES": "category_", "CERTAINTIES": "certainty_", "SEVERITIES": "severity_", "LEVELS": "level_",
        "EVIDENCE": "evidence_",
    }.items():  # fmt: skip
        [values] = re.findall(rf"const {name} = [^;]*?\(\[(.*?)\]\)", SCRIPTS, re.DOTALL)
        assert {f"{prefix}{value}" for value in re.findall(r"'(\w+)'", values)} <= set(MESSAGES)
    [codes] = re.findall(r"@param \{('unreachable'[^}]*)\} code", SCRIPTS)
    for code in set(re.findall(r"'([\w-]+)'", codes)) - {"muted"}:  # which is no trouble
        assert {f"error_{code.replace('-', '_')}_{part}" for part in ("title", "text")} <= set(MESSAGES)


def test_each_placeholder_is_filled():
    for key, entry in MESSAGES.items():
        used = {name.lower() for name in re.findall(r"\$(\w+)\$", entry["message"])}
        assert used == set(entry.get("placeholders", {})), key


def test_pages_hold_no_words_of_their_own():
    for name, page in PAGES.items():
        words = re.sub(r"<title>.*?</title>|<code>make run</code>|<[^>]*>", "", page, flags=re.DOTALL)
        assert not re.search(r"[A-Za-z]", words), name


def test_layout_knows_no_left_and_right():
    """So that a language which is written from right to left gets a layout of its own for free."""
    physical = r"(margin|padding|border)-(left|right)\b|[^-\w](left|right)\s*:|text-align:\s*(left|right)|float:"
    for path in sorted(EXTENSION.rglob("*.css")):
        assert not re.search(physical, path.read_text("utf-8")), path.name
