"""`caveat facts`, and what `caveat check` shows of sources."""

import re
import subprocess
import sys


def caveat(*arguments, text=""):
    command = [sys.executable, "-m", "caveat", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=120, check=False)


def test_show_takes_any_name_and_tells_every_fact_with_its_source():
    done = caveat("facts", "show", "Mitragyna speciosa")
    assert done.returncode == 0
    assert done.stdout.startswith("Kratom: 43 facts\n\nINTERACTION\n")
    assert done.stdout.count("https://") == 43
    assert "Mayo Clinic: Kratom - Unsafe and ineffective (reference)" in done.stdout


def test_show_says_what_is_a_copy_and_what_no_reader_sees():
    assert "as reproduced at montclair.edu (mirror)" in caveat("facts", "show", "alcohol").stdout
    assert "shown to nobody: a secondary source" in caveat("facts", "show", "activated charcoal").stdout


def test_show_of_a_substance_that_the_base_does_not_know():
    done = caveat("facts", "show", "Kraton")
    assert done.returncode == 0, "a misspelling is a name too"
    done = caveat("facts", "show", "bacopa")
    assert done.returncode == 2
    assert "The base holds nothing on 'bacopa'." in done.stderr


def test_check_finds_nothing_wrong_with_caveats_own_facts():
    done = caveat("facts", "check")
    assert (done.returncode, done.stdout) == (0, "No problems.\n")


def test_check_says_where_a_fact_is_wrong(tmp_path):
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "kava.yaml").write_text("substance: kava\nfacts:\n  - id: kava-900\n", encoding="utf-8")
    done = caveat("facts", "check", "--rules", str(tmp_path))
    assert done.returncode == 1
    assert "/facts/kava.yaml:3:5: key-missing The key 'source' is missing here." in done.stdout


def test_a_checked_text_tells_what_it_leaves_out_with_sources():
    done = caveat("check", "-", text="Take 2 grams of kratom before bed.\n")
    told = " ".join(done.stdout.split())
    assert "The page leaves out:" in told
    assert "Kratom: opioids (major)." in told
    assert "Sources: [1]" in told
    assert "https://frontiersin.org/journals/psychiatry/" in told
    assert told.endswith("Caveat informs; it does not give medical advice.")


def test_what_is_known_is_listed_with_what_a_page_must_mention():
    done = caveat("facts", "list")
    lines = done.stdout.splitlines()
    [kava] = [line for line in lines if line.split()[2:] == ["Kava"]]
    facts, owed = map(int, kava.split()[:2])
    assert facts >= owed > 0
    assert any("Chlorine dioxide (MMS)" in line and "nobody should take it" in line for line in lines)
    assert sum(int(line.split()[0]) for line in lines[:-1]) == int(lines[-1].split()[0])


def test_sources_are_told_by_host_with_what_is_old_and_what_nobody_is_shown():
    done = caveat("facts", "sources")
    assert re.search(r"\d+  fda\.gov: \d+ primary", done.stdout)
    assert "Published more than 2 years ago: " in done.stdout
    assert "Shown to nobody, for only a second-hand source says it: " in done.stdout
