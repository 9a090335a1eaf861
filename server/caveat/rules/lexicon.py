"""Lexicons: names that are tagged in the text, and words and phrases that stand inside patterns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import regex

from caveat.document.fold import fold
from caveat.model import DRUG
from caveat.rules.schema import Term

# Shorter names have too many neighbours one letter away that are words of their own; nobody types longer ones.
_LONG = regex.compile(r"(?<![a-z])[a-z]{10,24}(?![a-z])")
# Those of medicines look like no other words, and are misspelled the most.
_LONG_MEDICINE = regex.compile(r"(?<![a-z])[a-z]{8,24}(?![a-z])")
_VOWELS = "aeiouy"
_TAKES_S = regex.compile(r"[a-rt-wyz]{2}$")


@dataclass(frozen=True, slots=True)
class Name:
    """A term of a lexicon of names: `name` is its canonical name, `label` what a reader is shown.

    `type` is its kind within the lexicon; that of a substance which people also cook with is `food`.
    """

    lexicon: str
    name: str
    label: str
    type: str
    classes: tuple[str, ...]


class Form(NamedTuple):
    """One way a text may write a name, folded; a tuple, for there are nearly a hundred thousand of them.

    `exact` is the one spelling that counts, empty when capitals do not matter; a `near` form counts only
    beside another form of the same name; a `slip` is a misspelling that nobody listed.
    """

    text: str
    name: Name
    exact: str = ""
    near: bool = False
    slip: bool = False


def forms_of(lexicon: str, name: str, term: Term) -> Iterator[Form]:
    """Every form of a term: as listed, in the plural, with hyphens open or closed, and misspelled."""
    item = Name(lexicon, name, label_of(name, term), term.type or "food" * term.food, term.classes)
    given = [*term.forms, *term.constituents, *term.strains, *term.misspellings]
    written = {fold(form).text for form in given}
    for form in written:
        for variant in _variants(form):
            yield Form(variant, item)
    long = _LONG_MEDICINE if lexicon == DRUG else _LONG
    # Classes of medicines are spoken of in the plural.
    is_class = lexicon == DRUG and name.endswith("s")
    many = {form + "s" for form in written if is_class and _TAKES_S.search(form)}
    for form in written | many:
        for slip in _misspellings(form, long):
            yield Form(slip, item, slip=True)
    for form in term.exact:
        yield Form(fold(form).text, item, exact=form)
    for form in term.near:
        for variant in _variants(fold(form).text):
            yield Form(variant, item, near=True)


def label_of(name: str, term: Term) -> str:
    """What a reader is shown for a term."""
    return term.label or name.replace("_", " ")


def _variants(form: str) -> set[str]:
    spellings = {form}
    if "-" in form:
        spellings |= {form.replace("-", " "), form.replace("-", "")}
    plurals = {spelling + "s" for spelling in spellings if _TAKES_S.search(spelling)}
    return spellings | plurals


def _misspellings(form: str, long: regex.Pattern[str]) -> set[str]:
    """Spellings one slip away, in the long run of letters of a word: left out, doubled, swapped, another vowel."""
    run = long.search(form)
    if not run or " " in form:
        return set()
    slips: set[str] = set()
    for at in range(run.start() + 1, run.end()):
        slips.add(form[:at] + form[at + 1 :])
        slips.add(form[:at] + form[at] + form[at:])
        slips.add(form[: at - 1] + form[at] + form[at - 1] + form[at + 1 :])
        if form[at] in _VOWELS:
            slips.update(form[:at] + vowel + form[at + 1 :] for vowel in _VOWELS)
    return slips - {form}
