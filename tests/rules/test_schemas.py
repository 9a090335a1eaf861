"""The JSON Schemas by which an editor helps: as the loader checks, and named in every file."""

import json

import pytest

from caveat.proof.schemas import NAMES, modeline, schema_text
from caveat.rules.files import files_of
from caveat.rules.loader import rules_dir
from caveat.rules.schema import RuleEntry

FILES = {str(path.relative_to(rules_dir())): path for path in files_of(rules_dir())}


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_what_the_loader_checks(name):
    written = (rules_dir() / "schema" / f"{name}.json").read_text(encoding="utf-8")
    assert written == schema_text(name), "run: caveat rules schema --write"


def test_a_schema_knows_the_keys_of_a_rule():
    schema = json.loads(schema_text("pack"))
    rule = schema["$defs"]["RuleEntry"]
    assert schema["$schema"].endswith("draft/2020-12/schema")
    assert set(rule["properties"]) == set(RuleEntry.model_fields)
    assert rule["additionalProperties"] is False
    assert rule["properties"]["examples"]["minItems"] == 2


@pytest.mark.parametrize("name", FILES)
def test_a_file_names_its_schema(name):
    path = FILES[name]
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first == modeline(path.relative_to(rules_dir()))
    assert (path.parent / first.partition("$schema=")[2]).is_file()
