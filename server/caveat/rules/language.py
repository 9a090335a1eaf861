"""Telling running English from other languages, by the words that the texts of the rules are full of."""

from __future__ import annotations

from collections import Counter

import regex

from caveat.rules.ruleset import RuleSet

# A word that stands in more than this share of the texts of rules tells nothing of what they are about.
_COMMON = 0.02
# Of running English such words are nearly half; of other languages hardly any.
_ENGLISH = 0.15
WORD = regex.compile(r"(?<![\p{L}\d])\p{L}[\p{L}'’-]+")


def common_words(ruleset: RuleSet) -> frozenset[str]:
    """The words, in small letters, that stand in so many texts of rules that they are of no subject."""
    texts = [text for rule in ruleset.rules for text in (*(each.text for each in rule.examples), *rule.clean)]
    counts = Counter(word for text in texts for word in {match[0].casefold() for match in WORD.finditer(text)})
    return frozenset(word for word, times in counts.items() if times > _COMMON * len(texts))


def is_english(text: str, common: frozenset[str]) -> bool:
    """Whether enough of a text's words are common in English; a text without words is in no other language."""
    words = [match[0].casefold() for match in WORD.finditer(text)]
    return not words or sum(word in common for word in words) >= _ENGLISH * len(words)
