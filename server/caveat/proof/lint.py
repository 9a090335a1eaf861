"""What is wrong with rule files, and what is weak in them although they load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import regex

from caveat.model import SUBSTANCE
from caveat.rules.files import File, Folder, files_of
from caveat.rules.loader import load, rules_dir
from caveat.rules.phrase import tokens
from caveat.rules.problems import PhraseError, Problem, RuleError
from caveat.rules.schema import NamesFile, PackFile, PhrasesFile, SubjectsFile, WordsFile
from caveat.rules.source import Place, read
from caveat.rules.vocabulary import Vocabulary

_SLOT = regex.compile(r"\{(?:[a-z_]+:)?([a-z0-9_.|]+)\}")


def lint(own: Path | None = None) -> list[Problem]:
    """Everything wrong or weak in the rules that come with Caveat or, where it is given, in a folder of one's own."""
    try:
        vocabulary, problems = load(own).vocabulary, set[Problem]()
    except RuleError as error:
        vocabulary, problems = None, set(error.problems)
    return sorted(problems | weaknesses(vocabulary, own))


def weaknesses(vocabulary: Vocabulary | None, own: Path | None = None) -> set[Problem]:
    """What is weak in rule files, though it loads: into `vocabulary`, or None where they do not."""
    folder = Folder(rules_dir(), own)
    packs = [file for file in folder.each("packs", PackFile) if file.own or not own]
    words = [file for file in folder.each("lexicons/words", WordsFile) if file.own or not own]
    phrases = [file for file in folder.each("lexicons/phrases", PhrasesFile) if file.own or not own]
    names = [file for file in folder.each("lexicons/names", NamesFile) if file.own or not own]
    subjects = folder.one("subjects.yaml", SubjectsFile)
    used = _used([rules_dir(), *([own] if own else [])]) | {
        SUBSTANCE,
        *((*subjects.content.named, *subjects.content.others) if subjects else ()),
    }
    lists: list[File[Any]] = [*words, *phrases]
    found = {*_twice(packs), *_unused(names, lists, used)}
    if vocabulary:
        found.update(_unseen(_patterns(packs, words, phrases), vocabulary))
    return found


def _twice(packs: Iterable[File[PackFile]]) -> Iterator[Problem]:
    """Patterns and texts that say the same again."""
    patterns: dict[tuple[str, ...], str] = {}
    for file in packs:
        for number, rule in enumerate(file.content.rules):
            under = " ".join(sorted(rule.under))
            for index, pattern in enumerate(rule.match):
                place: Place = ("rules", number, "match", index)
                yield from _again(file, place, (under, *_normal(pattern)), patterns, "pattern-twice")
            excuses: dict[tuple[str, ...], str] = {}
            for index, pattern in enumerate(rule.unless):
                yield from _again(file, ("rules", number, "unless", index), _normal(pattern), excuses, "pattern-twice")
            texts: dict[tuple[str, ...], str] = {}
            for key, given in (("examples", rule.examples), ("clean", rule.clean)):
                for index, entry in enumerate(given):
                    text = entry if isinstance(entry, str) else entry.text
                    yield from _again(file, ("rules", number, key, index), (text,), texts, "text-twice")


def _again(
    file: File[Any], place: Place, what: tuple[str, ...], seen: dict[tuple[str, ...], str], code: str
) -> Iterator[Problem]:
    here = file.source.place(place)
    if what in seen:
        yield file.source.problem(place, code, f"This stands at {seen[what]} already; keep one.")
    seen.setdefault(what, here)


def _normal(pattern: str) -> tuple[str, ...]:
    try:
        return (pattern,) if pattern.startswith("regex:") else tuple(token for _, token in tokens(pattern))
    except PhraseError:
        return (pattern,)


def _unused(names: Iterable[File[NamesFile]], lists: Iterable[File[Any]], used: set[str]) -> Iterator[Problem]:
    for file in names:
        if file.content.lexicon not in used:
            yield file.source.problem(("lexicon",), "lexicon-unused", _unused_message(file.content.lexicon))
    for several in lists:
        for name in several.content.lexicons:
            if name not in used:
                yield several.source.problem(("lexicons", name, "@key"), "lexicon-unused", _unused_message(name))


def _unused_message(name: str) -> str:
    return f"No pattern and no cue uses {{{name}}}; use it or remove it."


def _used(folders: Iterable[Path]) -> set[str]:
    """The lexicons that stand in braces anywhere in the rules, messages apart."""
    used: set[str] = set()
    for path in (path for folder in folders for path in files_of(folder)):
        try:
            texts = list(_texts(read(path).data))
        except RuleError:
            continue
        for text in texts:
            for slot in _SLOT.findall(text):
                used.update(lexicon.partition(".")[0] for lexicon in slot.split("|"))
    return used


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key != "message":
                yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def _patterns(
    packs: Iterable[File[PackFile]], words: Iterable[File[WordsFile]], phrases: Iterable[File[PhrasesFile]]
) -> Iterator[tuple[File[Any], Place, str]]:
    """Every pattern, and every entry of a list of words, with its file and place."""
    lists: list[tuple[File[Any], Place, tuple[str, ...]]] = []
    for pack in packs:
        for number, rule in enumerate(pack.content.rules):
            lists += [(pack, ("rules", number, key), getattr(rule, key)) for key in ("match", "unless")]
    for phrase in phrases:
        lists += [
            (phrase, ("lexicons", name, "phrases"), each.phrases) for name, each in phrase.content.lexicons.items()
        ]
    for word in words:
        for name, each in word.content.lexicons.items():
            lists += [(word, ("lexicons", name, key), getattr(each, key)) for key in ("verbs", "nouns", "words")]
    for file, place, texts in lists:
        yield from ((file, (*place, index), text) for index, text in enumerate(texts))


def _unseen(entries: Iterable[tuple[File[Any], Place, str]], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Plain words in a row that a text shows only as one name, so that no pattern sees them as words."""
    names = {
        text: sorted({form.name.lexicon for form in forms})
        for text, forms in vocabulary.forms.items()
        if " " in text and not any(form.exact or form.near for form in forms)
    }
    for file, place, entry in entries:
        hidden = next((part for run in _runs(entry) for part in _parts(run) if part in names), None)
        if hidden:
            instead = " or ".join(f"{{{lexicon}}}" for lexicon in names[hidden])
            message = f"'{hidden}' is read as one name, so that these words are never seen; write {instead}."
            yield file.source.problem(place, "words-unseen", message)


def _runs(pattern: str) -> Iterator[list[str]]:
    """The plain words of a pattern that must stand in a row."""
    run: list[str] = []
    for part in _normal(pattern):
        if part[-1].isalnum() and not part.isdigit():
            run.append(part)
            continue
        if part == "?" and run:
            run.pop()
        yield run
        run = []
    yield run


def _parts(run: list[str]) -> Iterator[str]:
    """All runs of two words or more within a run, longest first."""
    for size in range(len(run), 1, -1):
        for start in range(len(run) - size + 1):
            yield " ".join(run[start : start + size])
