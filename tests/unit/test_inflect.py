"""Inflection of verbs and nouns."""

import pytest

from caveat.rules.inflect import Inflector
from caveat.rules.schema import InflectionsFile, Verb

INFLECTOR = Inflector(InflectionsFile(verbs={"take": Verb(ed="took", en="taken")}, nouns={"child": "children"}))


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("enhance", "enhance enhances enhancing enhanced enhanced"),
        ("block", "block blocks blocking blocked blocked"),
        ("modify", "modify modifies modifying modified modified"),
        ("stop", "stop stops stopping stopped stopped"),
        ("boost", "boost boosts boosting boosted boosted"),
        ("suppress", "suppress suppresses suppressing suppressed suppressed"),
        ("take", "take takes taking took taken"),
        ("dye", "dye dyes dyeing dyed dyed"),
    ],
)
def test_the_forms_of_a_verb(verb, forms):
    assert list(INFLECTOR.verb(verb).values()) == forms.split()


def test_of_a_phrase_the_first_word_is_the_verb():
    assert INFLECTOR.verb("interact with")["ing"] == "interacting with"


def test_of_a_noun_phrase_the_last_word_has_the_plural():
    assert INFLECTOR.noun("health practitioner") == ("health practitioner", "health practitioners")
    assert INFLECTOR.noun("child") == ("child", "children")
