"""`caveat rules mine`: pages without annotations, and with; what cannot be read is counted and said."""

import json
import subprocess
import sys

GERMAN = "Der Tee aus Lavendel ist seit langem bekannt und wird von vielen gern am Abend getrunken, weil er schmeckt. "
PAGE = """<h1>Kava</h1><p>Kava zorbles your anxiety, so it is told.
The root zorbles insomnia and kava is zorbling stress.</p>
<p>The aunt put Kava and Blorvex beside her insomnia. Kava helps with sleep.</p>
<h2>What grandmother liked</h2><ul><li>the evening garden</li><li>the old stairs</li></ul>
<p>This is what we do when we look for a way to treat insomnia at home, and it is not for you or for them.</p>"""


def mine(*arguments, code=0):
    command = [sys.executable, "-m", "caveat", "rules", "mine", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def test_what_comes_near_is_grouped_by_the_word_that_joins_it(tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    said = mine(tmp_path)
    assert "1 pages with" in said
    near = said.partition("have no finding\n")[2].partition("\n\n")[0]
    assert near.startswith("     2  condition: zorbles\n          Kava zorbles your anxiety, so it is told.\n"), near
    assert "helps with sleep" not in near, "what is found is not mined"


def test_what_looks_like_a_name_and_headings_that_open_nothing_are_told(tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    said = mine(tmp_path)
    assert "     1  name: Blorvex\n          The aunt put Kava and Blorvex" in said
    assert "     2  heading: what grandmother liked\n          the evening garden\n" in said


def test_a_match_that_comes_to_nothing_is_told_with_what_stopped_it(tmp_path):
    (tmp_path / "page.txt").write_text("Exercise is what you do and it helps with sleep. It is good for all of you.")
    assert ": excused\n          Exercise is what you do and it helps with sleep." in mine(tmp_path)


def test_against_marked_texts_misses_and_false_alarms_come_first(tmp_path):
    text = "Kava zorbles your anxiety. Kava helps with sleep. It is what you do for it, and this is all of it."
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "unmarked.txt").write_text("Kava helps with stress.")
    labels = [{"category": "benefit", "start": 0, "end": 25}]
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({"id": "a", "sentences": [{"start": 0, "end": 26, "labels": labels}]}))
    said = mine(tmp_path, "--against", gold)
    assert said.startswith("1 pages")
    missed, wrong = said.index("     1  benefit: (each its own word)"), said.index(": benefit\n          Kava helps")
    assert missed < wrong < said.index("have no finding\n")


def test_only_the_largest_groups_are_shown_and_the_rest_is_counted(tmp_path):
    heads = "".join(f"<h2>Odd head {word}</h2><ul><li>the garden</li></ul>" for word in ("one", "two", "three"))
    (tmp_path / "page.html").write_text(f"<p>This is for you and it is not for them or for us.</p>{heads}")
    assert "     2  in 2 more groups; --top shows more" in mine(tmp_path, "--top", 1)


def test_what_cannot_be_read_is_counted_and_said(tmp_path):
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.txt").write_bytes(b"\0\1\2" * 400)
    (tmp_path / "c.txt").write_text(GERMAN * 20)
    (tmp_path / "d.txt").write_text("")
    said = mine(tmp_path)
    assert "1 pages are not in English and were left out.\n2 files could not be read:\n" in said
    assert "b.txt is not text" in said
    assert "d.txt holds no text" in said


def test_nothing_to_read_is_no_success(tmp_path):
    assert mine(tmp_path, code=3).startswith("0 pages")
    assert "1 files could not be read" in mine(tmp_path / "none", code=3)


def test_a_gold_file_that_is_none_is_told_with_its_line(tmp_path):
    (tmp_path / "a.txt").write_text("Kava.")
    gold = tmp_path / "gold.jsonl"
    gold.write_text('\n{"id": "a", "sentences": 3}')
    assert "gold.jsonl:2: a line is an object with an id" in mine(tmp_path, "--against", gold, code=2)
    labels = [{"category": "benefit", "start": 0, "end": 99}]
    gold.write_text(json.dumps({"id": "a", "sentences": [{"labels": labels}]}))
    assert "a.txt is not the text that was marked" in mine(tmp_path, "--against", gold, code=3)
