"""Whatever a rule file holds, loading it ends in rules or in problems with their places; never in a crash."""

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caveat.rules.loader import load
from caveat.rules.problems import RuleError
from caveat.rules.source import parse

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just("{target} ~3 ("),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
NAMES = ["risk.yaml", "carried.yaml", "facts/kava.yaml", "packs/dose.yaml", "cues/hedged.yaml", "subjects.yaml"]


@given(st.text(max_size=200) | VALUES.map(yaml.safe_dump))
def test_any_text_is_parsed_or_refused(text):
    try:
        source = parse(text, "rules.yaml")
    except RuleError as error:
        assert all(problem.line >= 1 and problem.column >= 1 for problem in error.problems)
    else:
        assert source.file == "rules.yaml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder of a reader's own rules."""
    path = tmp_path_factory.mktemp("rules")
    for name in NAMES:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
    return path


@given(name=st.sampled_from(NAMES), value=VALUES)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_of_anything_is_refused_with_its_place(folder, name, value):
    file = folder / name
    file.write_text(yaml.safe_dump(value), encoding="utf-8")
    try:
        with pytest.raises(RuleError) as error:
            load(folder)
        assert all(problem.file == name for problem in error.value.problems)
    finally:
        file.unlink()
