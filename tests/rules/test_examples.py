"""The proof that each rule carries: its examples and clean texts, alone and in the company of other text."""

import pytest
import regex

from caveat.rules.loader import load

RULES = {rule.id: rule for rule in load().rules}
EXAMPLES = [(rule.id, number) for rule in RULES.values() for number in range(len(rule.examples))]
BEFORE = "This page is long. It was written by many hands.\n"
AFTER = "\nThe weather was fine. Nobody came."
TYPOGRAPHIC = {"plain": str, "curly": lambda text: text.replace("'", "’").replace("-", "\u2011")}
SPACED = {"space": str, "nbsp": lambda text: text.replace(" ", "\u00a0")}


def marked(text):
    """The text without its marks, and the spans that they marked."""
    spans, plain, start = [], "", 0
    for piece in regex.split(r"(\[\[|\]\])", text):
        if piece == "[[":
            start = len(plain)
        elif piece == "]]":
            spans.append((start, len(plain)))
        else:
            plain += piece
    return plain, spans


def found(checker, text, rule):
    return [finding for finding in checker.check(text).findings if finding.rule == rule.id]


@pytest.mark.parametrize(("rule_id", "number"), EXAMPLES)
@pytest.mark.parametrize("letters", TYPOGRAPHIC)
@pytest.mark.parametrize("spaces", SPACED)
@pytest.mark.parametrize("company", ["alone", "inside"])
def test_an_example_is_found_on_its_exact_words(checker, rule_id, number, letters, spaces, company):
    rule = RULES[rule_id]
    example = rule.examples[number]
    plain, spans = marked(SPACED[spaces](TYPOGRAPHIC[letters](example.text)))
    offset = len(BEFORE) if company == "inside" else 0
    findings = found(checker, BEFORE + plain + AFTER if company == "inside" else plain, rule)

    assert [(finding.start - offset, finding.end - offset) for finding in findings] == spans
    expected = example.certainty if isinstance(example.certainty, tuple) else (example.certainty,) * len(spans)
    assert tuple(finding.certainty for finding in findings) == expected
    if letters == "plain" and spaces == "space":
        for slot, words in example.captures.items():
            assert findings[0].slots[slot].text == words


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_clean_text_stays_clean(checker, rule):
    for text in rule.clean:
        assert not found(checker, text, rule), text


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_pattern_and_every_exception_of_a_rule_is_at_home_in_the_language(rule):
    for phrase in (*rule.match, *rule.unless):
        regex.compile(phrase.expression)


def test_the_cues_say_what_their_examples_say(checker):
    for text, certainty in checker.ruleset.cues.examples.items():
        findings = checker.check(text).findings
        assert findings, text
        assert findings[0].certainty == certainty, text
