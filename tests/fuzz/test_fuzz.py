"""Five thousand odd inputs break no promise; and one that did would be seen, and kept."""

import pytest
from tests.fuzz import fuzz as fuzzing

from caveat.web import api

SEEDS = (11, 12, 13, 14)


@pytest.mark.parametrize("seed", SEEDS)
def test_odd_inputs_break_no_promise(seed, tmp_path):
    kinds, broken = fuzzing.fuzz(seed, 1250, tmp_path / "kept", tmp_path / "rules")
    assert not broken, (tmp_path / "kept" / f"{seed}-{broken[0]}.txt").read_text()
    assert kinds.total() == 1250
    assert set(kinds) >= {"answered", "refused", "asked", "read", "unreadable", "broken pack"}


def test_what_breaks_a_promise_is_seen_and_kept(tmp_path, monkeypatch):
    to_json = api.to_json

    def shifted(report, text=None):
        return to_json(report, text).replace(b'"quote":"', b'"quote":"x')

    monkeypatch.setattr(api, "to_json", shifted)
    _, broken = fuzzing.fuzz(1, 300, tmp_path / "kept", tmp_path / "rules")
    assert broken
    assert "AssertionError" in (tmp_path / "kept" / f"1-{broken[0]}.txt").read_text()


def test_the_same_seed_makes_the_same_inputs(tmp_path):
    once, again = (fuzzing.fuzz(3, 300, tmp_path / "kept", tmp_path / "rules") for _ in range(2))
    assert once == again
