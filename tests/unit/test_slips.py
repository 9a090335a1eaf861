"""Misspellings one slip away from a long name."""

import pytest

from caveat.rules.slips import Slips

SLIPS = Slips([("ashwagandha", 1), ("metformin", 2)])


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("ashwaganda", 1),  # left out
        ("ashwaggandha", 1),  # doubled
        ("ashwagnadha", 1),  # swapped
        ("ashwagendha", 1),  # another vowel
        ("metphormin", None),
        ("metfornim", None),  # two slips
        ("etformin", None),  # never the first letter
        ("ashwagandha", None),  # no slip at all
        ("medicine", None),
    ],
)
def test_one_slip_is_understood_and_two_are_not(word, meant):
    assert SLIPS.of(word) == meant


def test_a_word_of_the_rules_is_no_misspelled_name(checker):
    """'medicine' is 'medicines', a class, without its s; and what the rules call a medicine."""
    forms_of = checker.ruleset.vocabulary.forms_of
    assert forms_of("medicine") == ()
    assert forms_of("benzodiazapines")[0].name.name == "benzodiazepines"
    assert forms_of("ashwaganda")[0].name.name == "ashwagandha"
