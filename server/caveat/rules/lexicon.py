"""Lexicons: names that are tagged in the text, and words and phrases that stand inside patterns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import regex

from caveat.document.fold import fold
from caveat.model import DRUG
from caveat.rules.schema import Term
from caveat.rules.slips import LONGEST, SHORTEST, SHORTEST_MEDICINE

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

    @property
    def kinds(self) -> tuple[str, str]:
        """Its lexicon, and its type within it, as rules write them: "generic", "generic.group"."""
        return self.lexicon, f"{self.lexicon}.{self.type}"


class Form(NamedTuple):
    """One way a text may write a name, folded; a tuple, for there are tens of thousands of them.

    `exact` is the one spelling that counts, empty when capitals do not matter; a `near` form counts only
    beside another form of the same name.
    """

    text: str
    name: Name
    exact: str = ""
    near: bool = False


def forms_of(lexicon: str, name: str, term: Term) -> Iterator[Form]:
    """Every form of a term: as listed, in the plural, with hyphens open or closed."""
    item = Name(lexicon, name, label_of(name, term), term.type or "food" * term.food, term.classes)
    given = [*term.forms, *term.constituents, *term.strains, *term.misspellings]
    written = {fold(form).text for form in given}
    for form in written:
        for variant in _variants(form):
            yield Form(variant, item)
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


def can_be_misspelled(form: Form) -> bool:
    """Whether a form is one long word, perhaps with a hyphen, whose misspellings are known."""
    shortest = SHORTEST_MEDICINE if form.name.lexicon == DRUG else SHORTEST
    letters = form.text.replace("-", "", 1)
    return shortest <= len(letters) <= LONGEST and letters.isalpha() and not (form.exact or form.near)
