"""Pages for benchmarks, made by chance from a seed.

Those with claims are put together from the examples of all rules, neutral ones from the reference of Python. No two
hold the same sentence in the same company.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pydoc_data.topics import topics

from caveat.rules.loader import load

# Characters of a page; an article of a health site has 5 to 20 thousand.
PAGE = 10_000
# Of three sentences of a page with claims, one claims something and two do not.
QUIET = 2
_MARKS = re.compile(r"\[\[|\]\]")
# Characters of what is a sentence of prose there, and neither code nor a table.
SHORTEST, LONGEST = 40, 300


def claim_pages(size: int, seed: int) -> Iterator[str]:
    """Pages of so many characters together, about a third of whose sentences claim something."""
    rules = load().rules
    claims = [_MARKS.sub("", example.text) for rule in rules for example in rule.examples]
    quiet = [*_prose(), *(text for rule in rules for text in rule.clean)]
    yield from _pages(size, random.Random(seed), claims, quiet)


def neutral_pages(size: int, seed: int) -> Iterator[str]:
    """Pages of so many characters together in which nobody claims anything of a substance."""
    yield from _pages(size, random.Random(seed), [], _prose())


def _pages(size: int, chance: random.Random, claims: list[str], quiet: list[str]) -> Iterator[str]:
    made = 0
    while made < size:
        sentences: list[str] = []
        length = 0
        while length < PAGE:
            sentence = chance.choice(claims if claims and chance.randrange(QUIET + 1) == 0 else quiet)
            sentence = sentence.strip()
            sentences.append(sentence if sentence.endswith((".", "?", "!", ":")) else f"{sentence}.")
            length += len(sentence) + 1
        paragraphs = [" ".join(sentences[at : at + 5]) for at in range(0, len(sentences), 5)]
        page = "\n\n".join(paragraphs)
        made += len(page)
        yield page


@cache
def _prose() -> list[str]:
    """The sentences of Python's reference: English that no rule was written against."""
    found = [each for topic in topics.values() for each in re.split(r"(?<=[.?!:])\s+", re.sub(r"\s+", " ", topic))]
    return sorted({sentence for sentence in found if SHORTEST < len(sentence) < LONGEST and sentence[0].isupper()})
