"""A slip in speed is seen: what a page costs that nobody has read, in units of the least that any engine must do.

`make bench-engine` measures it well; the bounds here are wide, for other tests run beside it.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BEFORE = "60000"


def contestant(name):
    command = [sys.executable, "contestants.py", name, "1", BEFORE]
    return json.loads(subprocess.check_output(command, cwd=Path(__file__).parent, text=True))


@pytest.fixture(scope="module")
def readings():
    return contestant("caveat"), contestant("bare")


@pytest.mark.parametrize(("kind", "most"), [("claims", 140), ("neutral", 50)])
def test_a_first_reading_costs_a_bounded_multiple_of_a_bare_pass(readings, kind, most):
    caveat, bare = readings
    assert caveat[kind]["first"] < most * bare[kind]["first"]


def test_a_first_reading_costs_little_more_than_the_second(readings):
    caveat, _ = readings
    assert caveat["claims"]["first"] < 2 * caveat["claims"]["again"]


def test_the_pages_of_claims_hold_claims_and_the_others_hardly_any(readings):
    caveat, _ = readings
    assert caveat["claims"]["found"] > 20 * max(1, caveat["neutral"]["found"])
