"""What is weak in the facts base, although it loads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from caveat.document.fold import fold
from caveat.model import SUBSTANCE
from caveat.rules.files import File, Folder
from caveat.rules.loader import load, rules_dir
from caveat.rules.problems import Problem, RuleError, did_you_mean
from caveat.rules.schema import FactsFile, NamesFile

DRUG = "drug"


def check(own: Path | None = None) -> list[Problem]:
    """Everything wrong or weak in facts and in the names that they speak of: problems of loading, then weaknesses."""
    found: set[Problem] = set()
    try:
        load(own)
    except RuleError as error:
        found.update(error.problems)
    folder = Folder(rules_dir(), own)
    facts = folder.each("facts", FactsFile)
    names = folder.each("lexicons/names", NamesFile)
    found.update(_unknown_classes(names), _empty_classes(facts, names), _aliases(names))
    return sorted(found)


def _unknown_classes(names: Iterable[File[NamesFile]]) -> Iterator[Problem]:
    """Classes of medicines that nobody defines."""
    terms = {name for file in names for name in file.content.terms}
    for file in names:
        for name, term in file.content.terms.items() if file.content.lexicon == DRUG else ():
            for key in ("classes", "covers"):
                for index, class_ in enumerate(getattr(term, key)):
                    if class_ not in terms:
                        message = f"There is no class '{class_}' in any lexicon.{did_you_mean(class_, terms)}"
                        yield file.source.problem(("terms", name, key, index), "class-unknown", message)


def _empty_classes(facts: Iterable[File[FactsFile]], names: Iterable[File[NamesFile]]) -> Iterator[Problem]:
    """Classes of medicines that facts are about and nothing belongs to; one that is also a substance is no class."""
    objects = {name for file in facts for fact in file.content.facts for name in fact.objects}
    terms = [(file, name, term) for file in names for name, term in file.content.terms.items()]
    belonging = {class_ for _, _, term in terms for class_ in (*term.classes, *term.covers)}
    substances = {name for file, name, _ in terms if file.content.lexicon == SUBSTANCE}
    for file, name, term in terms:
        if (
            file.content.lexicon == DRUG
            and name in objects - belonging - substances
            and not (term.classes or term.covers)
        ):
            message = f"Facts are about the class '{name}', to which no name belongs; list it with its members."
            yield file.source.problem(("terms", name, "@key"), "class-empty", message)


def _aliases(names: Iterable[File[NamesFile]]) -> Iterator[Problem]:
    """Forms by which a text would name two things of one lexicon."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for file in names:
        for name, term in file.content.terms.items():
            for key in ("forms", "constituents", "strains", "misspellings"):
                for index, form in enumerate(getattr(term, key)):
                    place = ("terms", name, key, index)
                    what = file.content.lexicon, fold(form).text
                    other, where = seen.setdefault(what, (name, file.source.place(place)))
                    if other != name:
                        message = f"'{form}' is a form of '{other}' too ({where}); a text cannot mean both."
                        yield file.source.problem(place, "alias-twice", message)
