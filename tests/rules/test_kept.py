"""Rules are kept for the next start, and what is taken is what this very Caveat would load from these very files."""

import os
import pickle
from pathlib import Path

import pytest

from caveat.rules import kept
from caveat.rules.kept import load_kept
from caveat.rules.loader import load
from caveat.rules.problems import RuleError

CUES = "certainty: hedged\nforward:\n  - reach: 9\n    cues: [%s]\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """Where rules are kept in these tests."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "caveat"


@pytest.fixture
def unloadable(monkeypatch):
    """From now on the files are read no more."""

    def refuse(_own=None):
        raise AssertionError("the files were read")

    return lambda: monkeypatch.setattr(kept, "load", refuse)


def own_folder(path: Path) -> Path:
    (path / "cues").mkdir(parents=True)
    (path / "cues/mine.yaml").write_text(CUES % "perchance", "utf-8")
    return path


def test_the_second_start_reads_no_rule_file_and_has_the_same_rules(unloadable):
    first = load_kept()
    unloadable()

    second = load_kept()

    assert second.digest == first.digest == load().digest
    assert [rule.id for rule in second.rules] == [rule.id for rule in first.rules]


def test_a_file_that_has_changed_is_read(tmp_path):
    own = own_folder(tmp_path / "own")
    before = load_kept(own)
    (own / "cues/mine.yaml").write_text(CUES % "mayhap", "utf-8")

    assert load_kept(own).digest != before.digest


def test_broken_rules_are_told_each_time(tmp_path, folder):
    own = own_folder(tmp_path / "own")
    (own / "cues/mine.yaml").write_text("forward: [", "utf-8")

    for _ in range(2):
        with pytest.raises(RuleError):
            load_kept(own)
    assert not folder.exists()


def kept_file(folder: Path) -> Path:
    load_kept()
    [file] = folder.iterdir()
    return file


class Evil:
    def __reduce__(self):
        return os.mkdir, ("owned",)


class Dotted:
    def __reduce__(self):
        return kept.load, ()


@pytest.mark.parametrize("content", [b"", b"no rules", pickle.dumps(Evil()), pickle.dumps(Dotted()), pickle.dumps([])])
def test_what_is_no_rules_is_neither_run_nor_taken(folder, tmp_path, monkeypatch, content):
    file = kept_file(folder)
    file.write_bytes(content)
    monkeypatch.chdir(tmp_path)

    rules = load_kept()

    assert rules.rules
    assert not (tmp_path / "owned").exists()
    assert len(file.read_bytes()) > len(content)  # it is mended


def test_what_others_may_have_written_is_not_taken(folder, monkeypatch):
    file = kept_file(folder)
    file.chmod(0o666)
    read = []
    monkeypatch.setattr(kept, "load", lambda own=None: read.append(own) or load(own))

    load_kept()

    assert read == [None]
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_where_nothing_can_be_kept_rules_are_loaded(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert load_kept().rules


def test_few_are_kept_and_the_oldest_go(folder):
    folder.mkdir()
    for number in range(9):
        file = folder / f"{number}.rules"
        file.write_bytes(b"old")
        os.utime(file, (number, number))

    load_kept()

    names = {file.name for file in folder.iterdir()}
    assert len(names) == kept.MOST_KEPT
    assert {"8.rules", "7.rules", "6.rules"} < names
