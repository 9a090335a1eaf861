"""The contract: the server answers as /openapi.json says, whatever it is asked, and each field is told there."""

import json
from datetime import timedelta

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from caveat.model import Category, Mark
from caveat.web import create_app

APP = create_app()
# A page without a word is a right request that cannot be answered.
CONFIG = SchemathesisConfig.from_dict(
    {"checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "422"]}}}
)
schema = schemathesis.openapi.from_wsgi("/openapi.json", APP, config=CONFIG)


@schema.parametrize()
@settings(max_examples=40, deadline=timedelta(seconds=10), suppress_health_check=list(HealthCheck))
def test_the_server_keeps_its_contract(case):
    case.call_and_validate()


@pytest.fixture(scope="module")
def contract():
    return json.loads(APP.test_client().get("/openapi.json").data)


def test_it_is_made_from_the_models(contract):
    schemas = contract["components"]["schemas"]
    assert schemas["Category"]["enum"] == [str(each) for each in Category]
    assert schemas["Mark"]["enum"] == [str(each) for each in Mark]
    assert set(schemas["Finding"]["properties"]) >= {"start", "end", "stance", "mark", "over_limit", "slots"}


def test_offsets_amounts_and_points_say_their_unit(contract):
    schemas = contract["components"]["schemas"]
    for name, field, unit in (
        ("Finding", "start", "code points"),
        ("Slot", "end", "code points"),
        ("OverLimit", "taken", "mg"),
        ("Reason", "points", "score"),
        ("Summary", "score", "0 to 100"),
        ("Report", "truncated_at", "code points"),
    ):
        assert unit in schemas[name]["properties"][field]["description"], f"{name}.{field}"


def test_every_way_of_the_api_is_in_it(contract):
    ways = {
        str(rule).replace("<rule_id>", "{rule_id}")
        for rule in APP.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    }
    assert ways == set(contract["paths"])
