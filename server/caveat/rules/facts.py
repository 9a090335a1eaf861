"""The facts base: what sources say of a substance, and which names a fact applies to.

A fact is about objects: medicines and their classes, groups of people, conditions, targets. All of them are terms of
the lexicons of names, where each term lists the classes that it belongs to, and those that it covers: what is known of
benzodiazepines is known of Xanax, and who warns of sedatives warns of benzodiazepines too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from caveat.model import DRUG, SUBSTANCE, Evidence, Fact, FactSeverity, Tier
from caveat.rules.files import File, Folder
from caveat.rules.lexicon import label_of
from caveat.rules.problems import PhraseError, did_you_mean
from caveat.rules.schema import FactEntry, FactsFile, NamesFile
from caveat.rules.source import Place

# What facts and limits can be about.
_ABOUT = {SUBSTANCE, DRUG}
_SEVERITIES, _TIERS, _EVIDENCE = tuple(FactSeverity), tuple(Tier), tuple(Evidence)


class Glossary:
    """What the lexicons say of each canonical name: its label, lexicons and classes, and whether it is a food too."""

    def __init__(self, files: Iterable[File[NamesFile]]) -> None:
        self.labels: dict[str, str] = {}
        self.foods: set[str] = set()
        self.lexicons: defaultdict[str, set[str]] = defaultdict(set)
        self._classes: defaultdict[str, set[str]] = defaultdict(set)
        self._covers: defaultdict[str, set[str]] = defaultdict(set)
        # What a substance is called goes before what the same is called among medicines.
        for file in sorted(files, key=lambda file: file.content.lexicon != SUBSTANCE):
            for name, term in file.content.terms.items():
                self.labels.setdefault(name, label_of(name, term))
                self.lexicons[name].add(file.content.lexicon)
                if term.food:
                    self.foods.add(name)
                self._classes[name].update(term.classes)
                self._covers[name].update(term.covers)
        self._kin: dict[str, frozenset[str]] = {}

    def kin(self, name: str) -> frozenset[str]:
        """A name with all classes it belongs to, directly or through them, and with those that it covers.

        What is said of these is said of it. What a class covers is nothing that its members inherit.
        """
        if name not in self._kin:
            self._kin[name] = reached((name, *self._covers.get(name, ())), self._classes)
        return self._kin[name]

    def kin_of_all(self, names: Iterable[str]) -> frozenset[str]:
        """All names with all their classes."""
        return frozenset[str]().union(*map(self.kin, names))


def reached(names: Iterable[str], classes: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Some names with all classes that they belong to, directly or through others."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += classes.get(each, ())
    return frozenset(found)


class FactBase:
    """All facts that a reader may be shown, the gravest of a substance first.

    `unsafe` are the substances that a regulator tells everybody not to take, each with the fact that says so.
    """

    def __init__(self, facts: Iterable[Fact], glossary: Glossary, unsafe: Mapping[str, str]) -> None:
        self.unsafe = unsafe
        self.facts = tuple(sorted(facts, key=_gravest_first))
        self.rank = {fact.id: number for number, fact in enumerate(self.facts)}
        self.glossary = glossary

    @cached_property
    def _shown(self) -> Mapping[str, Sequence[Fact]]:
        shown: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            if fact.tier is not Tier.SECONDARY:
                shown[fact.substance].append(fact)
        return shown

    @cached_property
    def medicines(self) -> frozenset[str]:
        """The medicines that facts are known of."""
        return frozenset(name for name in self._shown if SUBSTANCE not in self.glossary.lexicons[name])

    @cached_property
    def risky(self) -> Mapping[str, str]:
        """The substances of which a source tells a major risk that no page may leave out, each with its label."""
        return {
            substance: self.glossary.labels[substance]
            for substance, facts in self._shown.items()
            if any(fact.must_mention and fact.severity is FactSeverity.MAJOR for fact in facts)
        }

    def fact(self, id_: str) -> Fact:
        """The fact of an id."""
        return self.facts[self.rank[id_]]

    def of(self, substance: str) -> Sequence[Fact]:
        """What a reader may be shown of a substance; nothing that only a second-hand source says."""
        return self._shown.get(substance, ())


def load_facts(folder: Folder, files: list[File[FactsFile]], names: list[File[NamesFile]]) -> FactBase:
    """The facts of all files; problems go to the folder. A reader's fact replaces Caveat's of the same id."""
    glossary = Glossary(names)
    replaced = {entry.id for file in files if file.own for entry in file.content.facts}
    seen: dict[str, str] = {}
    facts: list[Fact] = []
    unsafe: dict[str, str] = {}
    for file in files:
        check_substance(folder, file, ("substance",), file.content.substance, glossary)
        for index, entry in enumerate(file.content.facts):
            if entry.id in replaced and not file.own:
                continue
            _check(folder, file, index, entry, seen, glossary)
            facts.append(_fact(file.content.substance, entry, file.source.place(("facts", index, "id"))))
        if file.content.unsafe:
            unsafe[file.content.substance] = file.content.unsafe
            if file.content.unsafe not in {entry.id for entry in file.content.facts}:
                message = f"There is no fact '{file.content.unsafe}' in this file that says that nobody should take it."
                folder.note(file, ("unsafe",), PhraseError("fact-unsafe", message))
    return FactBase(facts, glossary, unsafe)


def check_substance(folder: Folder, file: File[Any], place: Place, substance: str, glossary: Glossary) -> None:
    """What facts and limits are about is a substance or a medicine that a lexicon holds; else the folder is told."""
    if not glossary.lexicons.get(substance, set()) & _ABOUT:
        known = [name for name, lexicons in glossary.lexicons.items() if lexicons & _ABOUT]
        message = f"There is no substance or medicine '{substance}' in the lexicons.{did_you_mean(substance, known)}"
        folder.note(file, place, PhraseError("fact-substance", message))


def _check(  # noqa: PLR0913, PLR0917 (a fact, and all that it must agree with)
    folder: Folder, file: File[FactsFile], index: int, entry: FactEntry, seen: dict[str, str], glossary: Glossary
) -> None:
    """An id is unique and begins with its substance; objects are names that some lexicon holds."""
    place = ("facts", index, "id")
    if entry.id in seen:
        message = f"The fact '{entry.id}' stands in {seen[entry.id]} too; ids are unique."
        folder.note(file, place, PhraseError("fact-twice", message))
    seen[entry.id] = file.source.file
    if not entry.id.startswith(f"{file.content.substance}-"):
        message = f"The id of a fact begins with its substance: '{file.content.substance}-…'."
        folder.note(file, place, PhraseError("fact-id", message))
    for number, name in enumerate(entry.objects):
        if name not in glossary.labels:
            message = f"There is no name '{name}' in any lexicon.{did_you_mean(name, glossary.labels)}"
            folder.note(file, ("facts", index, "objects", number), PhraseError("fact-object", message))


def _fact(substance: str, entry: FactEntry, place: str) -> Fact:
    host = urlsplit(entry.url).hostname or ""  # a Link has one that can be read
    return Fact(
        id=entry.id,
        substance=substance,
        kind=entry.kind,
        statement=entry.statement,
        object=entry.object,
        objects=frozenset(entry.objects),
        severity=entry.severity,
        evidence=entry.evidence,
        must_mention=entry.must_mention,
        source=entry.source,
        tier=entry.tier,
        reproduced_at=host.removeprefix("www.") if entry.tier is Tier.MIRROR else None,
        url=entry.url,
        year=entry.year,
        checked=entry.checked,
        place=place,
    )


def _gravest_first(fact: Fact) -> tuple[int, bool, int, int, str]:
    """Where sources disagree the more cautious comes first, then the one nearer to the authority."""
    return (
        _SEVERITIES.index(fact.severity),
        not fact.must_mention,
        _TIERS.index(fact.tier),
        _EVIDENCE.index(fact.evidence),
        fact.id,
    )
