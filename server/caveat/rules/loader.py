"""Loading rule files into one RuleSet, or saying everything that is wrong with them."""

from __future__ import annotations

import gc
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import regex

from caveat.model import DANGERS, Certainty, Severity, Stance
from caveat.rules.facts import check_substance, load_facts, reached
from caveat.rules.files import File, Folder
from caveat.rules.inflect import Inflector
from caveat.rules.lexicon import forms_of
from caveat.rules.phrase import Phrase, compile_phrase, one_of, words_of
from caveat.rules.problems import PhraseError, RuleError, did_you_mean
from caveat.rules.ruleset import (
    Care,
    Clauses,
    CuePhrase,
    Cues,
    Quantities,
    Questions,
    Rule,
    RuleSet,
    Sentences,
    Speakers,
    Subjects,
    Voices,
)
from caveat.rules.schema import (
    CareFile,
    CarriedFile,
    ClausesFile,
    CuesFile,
    Example,
    FactsFile,
    InflectionsFile,
    LimitsFile,
    MarksFile,
    NamesFile,
    NormsFile,
    PackFile,
    Phrases,
    PhrasesFile,
    QuantitiesFile,
    QuestionsFile,
    RuleEntry,
    SectionsFile,
    SentencesFile,
    SpeakersFile,
    SubjectsFile,
    Unit,
    VoicesFile,
    Weights,
    Words,
    WordsFile,
)
from caveat.rules.source import Place
from caveat.rules.spelling import spelled
from caveat.rules.vocabulary import Vocabulary

_MARK = regex.compile(r"\[\[|\]\]")
_CAPTURE = regex.compile(r"\{([^{}]*)\}")
# Letters of all names that a reader's own folder adds; a long name has a hundred misspellings.
LETTERS = 60_000
# Captures that the engine fills in itself, whatever the pattern.
_GIVEN = frozenset({"substance"})


def rules_dir() -> Path:
    """The rule files that come with Caveat: inside the installed package, or in the checkout."""
    packaged = Path(__file__).resolve().parents[1] / "_rules"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "rules"


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Nothing that is loaded becomes garbage; to look through it while it grows would take a fifth of the time."""
    worked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if worked:
            gc.enable()


@collector_at_rest()
def load(own: Path | None = None) -> RuleSet:
    """Load the rule files that come with Caveat and, over them, those of a reader's own folder.

    Raises RuleError with every problem found, each with file, line and column.
    """
    folder = Folder(rules_dir(), own)
    lexicons = _Lexicons(
        names=folder.each("lexicons/names", NamesFile),
        words=folder.each("lexicons/words", WordsFile),
        phrases=folder.each("lexicons/phrases", PhrasesFile),
    )
    cue_files = folder.each("cues", CuesFile, by_name=True)
    packs = folder.each("packs", PackFile)
    inflections = folder.one("inflections.yaml", InflectionsFile)
    quantities = folder.one("quantities.yaml", QuantitiesFile)
    ends = folder.one("sentences.yaml", SentencesFile)
    voices = folder.one("voices.yaml", VoicesFile)
    clauses = folder.one("clauses.yaml", ClausesFile)
    subjects = folder.one("subjects.yaml", SubjectsFile)
    sections = folder.one("sections.yaml", SectionsFile)
    questions = folder.one("questions.yaml", QuestionsFile)
    speakers = folder.one("speakers.yaml", SpeakersFile)
    care = folder.one("care.yaml", CareFile)
    limits = folder.one("limits.yaml", LimitsFile)
    norms = folder.one("norms.yaml", NormsFile)
    weights = folder.one("risk.yaml", Weights)
    marks = folder.one("marks.yaml", MarksFile)
    carried = folder.one("carried.yaml", CarriedFile)
    facts = folder.each("facts", FactsFile)
    folder.check_strangers()
    if not (
        inflections
        and quantities
        and ends
        and norms
        and voices
        and clauses
        and subjects
        and questions
        and speakers
        and care
        and limits
        and sections
        and weights
        and marks
        and carried
    ):
        raise RuleError(folder.problems)

    known = {file.content.lexicon for file in lexicons.names}
    for key in ("named", "others"):
        for index, name in enumerate(getattr(subjects.content, key)):
            if name.partition(".")[0] not in known:
                message = f"There is no lexicon of names '{name}'.{did_you_mean(name, known)}"
                folder.note(subjects, (key, index), PhraseError("lexicon-unknown", message))
    patterns = [
        *subjects.content.referred,
        *itertools.chain.from_iterable(sections.content.sections.values()),
        *itertools.chain.from_iterable(sign.patterns for sign in speakers.content.signs),
        *speakers.content.selling,
        *care.content.care,
        *care.content.calm,
        *itertools.chain.from_iterable(getattr(questions.content, key) for key in QuestionsFile.model_fields),
        *(pattern for pack in packs for rule in pack.content.rules for pattern in (*rule.match, *rule.unless)),
    ]
    try:
        vocabulary = lexicons.vocabulary(folder, quantities.content, Inflector(inflections.content), patterns)
    except PhraseError as error:
        folder.note(subjects, (), error)
        raise RuleError(folder.problems) from error
    compiler = _Compiler(folder, vocabulary, sections.content.sections)
    rules = sorted(compiler.rules(packs), key=lambda rule: rule.id)
    base = load_facts(folder, facts, lexicons.names)
    named: list[tuple[File[Any], Place, str]] = [
        (limits, ("limits", index, "substance"), each.substance) for index, each in enumerate(limits.content.limits)
    ]
    named += [
        (norms, ("permitted", index, "of", number), substance)
        for index, each in enumerate(norms.content.permitted)
        for number, substance in enumerate(each.of)
    ]
    for file, place, substance in named:
        check_substance(folder, file, place, substance, base.glossary)
    ids = {rule.id for rule in rules}
    for index, entry in enumerate(marks.content.marks):
        for number, rule_id in enumerate(entry.rules):
            if rule_id not in ids:
                message = f"There is no rule '{rule_id}'.{did_you_mean(rule_id, ids)}"
                folder.note(marks, ("marks", index, "rules", number), PhraseError("rule-unknown", message))
    ruleset = RuleSet(
        rules=tuple(rule for rule in rules if not rule.replaced_by),
        retired=tuple(rule for rule in rules if rule.replaced_by),
        vocabulary=vocabulary,
        cues=compiler.cues(cue_files),
        clauses=Clauses(
            **{key: compiler.words(clauses, key) for key in ClausesFile.model_fields},
            subject=one_of(
                vocabulary.piece(name).expression for name in subjects.content.named if name.partition(".")[0] in known
            ),
        ),
        sentences=Sentences(**{key: compiler.words(ends, key) for key in SentencesFile.model_fields}),
        voices=Voices(**{key: compiler.words(voices, key) for key in VoicesFile.model_fields}),
        subjects=Subjects(
            named=frozenset(subjects.content.named),
            referred=tuple(compiler.phrases(subjects, ("referred",))),
            others=frozenset(subjects.content.others),
            aside=compiler.words(subjects, "aside"),
            many=compiler.words(subjects, "many"),
        ),
        questions=Questions(**{key: tuple(compiler.phrases(questions, (key,))) for key in QuestionsFile.model_fields}),
        care=Care(**{key: tuple(compiler.phrases(care, (key,))) for key in CareFile.model_fields}),
        speakers=Speakers(
            speakers.content.needed,
            tuple(
                (phrase, sign.weight)
                for number, sign in enumerate(speakers.content.signs)
                for phrase in compiler.phrases(speakers, ("signs", number, "patterns"))
            ),
            tuple(compiler.phrases(speakers, ("selling",))),
        ),
        sections={name: tuple(compiler.phrases(sections, ("sections", name))) for name in sections.content.sections},
        silent=compiler.known_sections(sections, ("silent",), sections.content.silent),
        no_promise=compiler.known_sections(sections, ("no_promise",), sections.content.no_promise),
        quantities=_quantities(compiler, quantities),
        weights=weights.content,
        marks=marks.content,
        carried=carried.content,
        limits=limits.content,
        norms=norms.content,
        facts=base,
        digest=folder.digest,
    )
    folder.stop()
    return ruleset


def _quantities(compiler: _Compiler, file: File[QuantitiesFile]) -> Quantities:
    """The quantities as they stand in their file, their lists of words made into expressions."""
    words = {key: compiler.words(file, key) for key in ("between", "most", "least", "stressed", "alternate")}
    return Quantities(**(dict(file.content) | words))


class _Lexicons:
    """The lexicon files, made into one vocabulary."""

    def __init__(
        self, names: list[File[NamesFile]], words: list[File[WordsFile]], phrases: list[File[PhrasesFile]]
    ) -> None:
        lexicons: list[File[Any]] = _in_force([*words, *phrases], "lexicons")
        self._shipped = {
            form for file in names if not file.own for term in file.content.terms.values() for form in term.forms
        }
        self.names = _in_force(names, "terms")
        self.words = lexicons[: len(words)]
        self.phrases = lexicons[len(words) :]

    def vocabulary(
        self, folder: Folder, quantities: QuantitiesFile, inflector: Inflector, patterns: list[str]
    ) -> Vocabulary:
        self._check_terms(folder)
        taken = {file.content.lexicon for file in self.names} | {"unit", "time_unit"}
        words: dict[str, Words] = dict(_entries(folder, self.words, taken))
        words["unit"] = _unit_words("Units of amounts", quantities.units)
        words["time_unit"] = _unit_words("Units of time", quantities.time)
        phrases: dict[str, Phrases] = dict(_entries(folder, self.phrases, taken))
        forms = itertools.chain.from_iterable(
            forms_of(file.content.lexicon, name, term)
            for file in self.names
            for name, term in file.content.terms.items()
        )
        inner = itertools.chain.from_iterable(entry.phrases for entry in phrases.values())
        vocabulary = Vocabulary(forms, words, phrases, inflector, words_of([*patterns, *inner]))
        files: list[File[Any]] = [*self.words, *self.phrases]
        for file in files:
            for name in file.content.lexicons:
                try:
                    vocabulary.piece(name)
                except PhraseError as error:
                    folder.note(file, ("lexicons", name), error)
                    vocabulary.give_up(name)
        return vocabulary

    def _check_terms(self, folder: Folder) -> None:
        """A canonical name stands once in a lexicon, and has at least one form of its own, and not endless room."""
        room = LETTERS
        seen: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for file in self.names:
            known = seen[file.content.lexicon]
            for name, term in file.content.terms.items():
                place = ("terms", name, "@key")
                if name in known:
                    folder.note(
                        file, place, PhraseError("term-twice", f"'{name}' stands in {known[name]} too; keep one.")
                    )
                known[name] = file.source.file
                if file.own:
                    room -= sum(len(form) for form in term.forms if form not in self._shipped)
                if room < 0:
                    message = f"Names of one's own have room for {LETTERS:,} letters; keep those that are needed."
                    folder.note(file, place, PhraseError("too-many-forms", message))
                    folder.stop()
                if not (term.forms or term.exact):
                    message = f"'{name}' needs forms (or exact forms) by which a text names it."
                    folder.note(file, place, PhraseError("term-empty", message))
        self._check_classes(folder)

    def _check_classes(self, folder: Folder) -> None:
        """No name belongs to itself, directly or through others."""
        classes: defaultdict[str, set[str]] = defaultdict(set)
        for file in self.names:
            for name, term in file.content.terms.items():
                classes[name].update(term.classes)
        for file in self.names:
            for name, term in file.content.terms.items():
                if name in reached(term.classes, classes):
                    message = f"'{name}' belongs to itself, through its classes {', '.join(sorted(term.classes))}."
                    folder.note(file, ("terms", name, "classes"), PhraseError("class-circle", message))


class _Compiler:
    """Patterns, cues and rules, compiled with a vocabulary."""

    def __init__(self, folder: Folder, vocabulary: Vocabulary, sections: Collection[str]) -> None:
        self.folder = folder
        self.vocabulary = vocabulary
        self.sections = sections

    def phrases(self, file: File[Any], place: Place) -> Iterator[Phrase]:
        """The compiled patterns of the list that `place` leads to."""
        patterns: Any = file.source.data
        for key in place:
            patterns = patterns.get(key, ()) if isinstance(patterns, dict) else patterns[key]
        for index, pattern in enumerate(patterns):
            try:
                yield compile_phrase(pattern, self.vocabulary)
            except PhraseError as error:
                self.folder.note(file, (*place, index), error)

    def words(self, file: File[Any], key: str) -> str:
        """One expression for all entries of a list of plain words, longest first."""
        options: set[str] = set()
        for index, entry in enumerate(getattr(file.content, key)):
            options.update(self._spelled(file, (key, index), entry))
        return one_of(map(regex.escape, sorted(options, key=lambda option: (-len(option), option))))

    def known_sections(self, file: File[Any], place: Place, names: Collection[str]) -> frozenset[str]:
        """The names of sections that stand at `place`."""
        for index, name in enumerate(names):
            if name not in self.sections:
                message = f"There is no section '{name}' in sections.yaml.{did_you_mean(name, self.sections)}"
                self.folder.note(file, (*place, index), PhraseError("section-unknown", message))
        return frozenset(names)

    def cues(self, files: list[File[CuesFile]]) -> Cues:
        """The cues of all files, each spelled out."""
        cues: defaultdict[str, set[CuePhrase]] = defaultdict(set)
        stops: dict[Certainty, frozenset[str]] = {}
        pseudo: set[str] = set()
        bound: set[Certainty] = set()
        examples: dict[str, Certainty] = {}
        for file in files:
            content = file.content
            for direction in ("forward", "backward"):
                for index, group in enumerate(getattr(content, direction)):
                    cue = CuePhrase(content.certainty, direction == "forward", group.reach, group.forbids)
                    for number, entry in enumerate(group.cues):
                        for words in self._spelled(file, (direction, index, "cues", number), entry):
                            cues[words].add(cue)
            stops[content.certainty] = stops.get(content.certainty, frozenset()).union(content.stops)
            if content.ends_with_clause:
                bound.add(content.certainty)
            for number, entry in enumerate(content.pseudo):
                pseudo.update(self._spelled(file, ("pseudo", number), entry))
            examples |= content.examples
        ordered = {
            words: tuple(sorted(found, key=lambda cue: (cue.forward, cue.reach))) for words, found in cues.items()
        }
        return Cues(ordered, stops, frozenset(bound), frozenset(pseudo), examples)

    def _spelled(self, file: File[Any], place: Place, entry: str) -> list[str]:
        try:
            return spelled(entry, self.vocabulary)
        except PhraseError as error:
            self.folder.note(file, place, error)
            return []

    def rules(self, packs: list[File[PackFile]]) -> Iterator[Rule]:
        """The rules of all packs; ids are unique, and begin with their category."""
        seen: dict[str, str] = {}
        replaced = {entry.id for file in packs if file.own for entry in file.content.rules}
        active = {
            entry.id
            for file in packs
            for entry in file.content.rules
            if not entry.deprecated and (file.own or entry.id not in replaced)
        }
        for file in packs:
            for index, entry in enumerate(file.content.rules):
                if entry.id in replaced and not file.own:
                    continue
                place: Place = ("rules", index, "id")
                self._check_replacement(file, ("rules", index), entry, active)
                if entry.id in seen:
                    message = f"The rule '{entry.id}' stands in {seen[entry.id]} too; ids are unique."
                    self.folder.note(file, place, PhraseError("rule-twice", message))
                if not entry.id.startswith(f"{file.content.pack}."):
                    message = f"The id of a rule begins with its category: '{file.content.pack}.…'."
                    self.folder.note(file, place, PhraseError("rule-id", message))
                seen[entry.id] = file.source.file
                yield self._rule(file, ("rules", index), entry)

    def _rule(self, file: File[PackFile], place: Place, entry: RuleEntry) -> Rule:
        defaults = file.content.defaults
        match = tuple(self.phrases(file, (*place, "match")))
        self.known_sections(file, (*place, "under"), entry.under)
        if len(match) == len(entry.match):
            self._check_message(file, place, entry, match)
        return Rule(
            id=entry.id,
            category=file.content.pack,
            title=entry.title,
            match=match,
            unless=tuple(self.phrases(file, (*place, "unless"))),
            under=frozenset(entry.under),
            about=entry.about or defaults.about,
            span=entry.span or defaults.span,
            sets=entry.sets,
            certainty=entry.certainty,
            firm=entry.firm,
            stance=entry.stance or (Stance.WARNS if file.content.pack in DANGERS else Stance.STATES),
            rank=entry.rank,
            severity={**dict.fromkeys(Certainty, Severity.NOTE), **defaults.severity, **(entry.severity or {})},
            message=entry.message,
            examples=tuple(self._examples(file, place, entry)),
            clean=entry.clean,
            todo=entry.todo,
            replaced_by=entry.replaced_by,
            place=file.source.place((*place, "id")),
        )

    def _check_replacement(self, file: File[PackFile], place: Place, entry: RuleEntry, active: set[str]) -> None:
        """A deprecated rule, and only that, is replaced by one that still runs."""
        if entry.deprecated != bool(entry.replaced_by):
            message = "'deprecated: true' and 'replaced_by: ID' belong together."
            self.folder.note(file, (*place, "id"), PhraseError("deprecated-alone", message))
        elif entry.replaced_by and entry.replaced_by not in active:
            hint = did_you_mean(entry.replaced_by, active)
            message = f"'{entry.replaced_by}' is no rule that runs; name one that took the place of this.{hint}"
            self.folder.note(file, (*place, "replaced_by"), PhraseError("replacement-unknown", message))

    def _check_message(self, file: File[PackFile], place: Place, entry: RuleEntry, match: tuple[Phrase, ...]) -> None:
        bound = _GIVEN.union(frozenset.intersection(*(phrase.slots for phrase in match)))
        for capture in _CAPTURE.findall(entry.message):
            name = capture.removesuffix(".name")
            if name not in bound:
                hint = did_you_mean(name, bound)
                message = f"The message uses {{{name}}}, which not every pattern of this rule captures.{hint}"
                self.folder.note(file, (*place, "message"), PhraseError("message-capture", message))

    def _examples(self, file: File[PackFile], place: Place, entry: RuleEntry) -> Iterator[Example]:
        for index, text in enumerate(entry.todo.missed):
            self._check_marks(file, (*place, "todo", "missed", index), text, perhaps=True)
        for index, given in enumerate(entry.examples):
            example = given if isinstance(given, Example) else Example(text=given)
            self._check_marks(file, (*place, "examples", index), example.text)
            yield example

    def _check_marks(self, file: File[PackFile], place: Place, text: str, *, perhaps: bool = False) -> None:
        marks = _MARK.findall(text)
        if not (marks or perhaps) or marks != ["[[", "]]"] * (len(marks) // 2):
            message = "Mark the exact words of the finding: [[like this]]."
            self.folder.note(file, place, PhraseError("example-unmarked", message))


def _in_force(files: Sequence[File[Any]], key: str) -> list[File[Any]]:
    """The files, those of Caveat without the terms or lexicons that the reader's own files replace."""

    def named(file: File[Any]) -> Iterator[tuple[str, str]]:
        return ((getattr(file.content, "lexicon", ""), name) for name in getattr(file.content, key))

    replaced = set(itertools.chain.from_iterable(named(file) for file in files if file.own))
    kept: list[File[Any]] = []
    for file in files:
        entries = getattr(file.content, key)
        left = {name: entries[name] for lexicon, name in named(file) if file.own or (lexicon, name) not in replaced}
        kept.append(replace(file, content=file.content.model_copy(update={key: left})))
    return kept


def _entries(folder: Folder, files: list[File[Any]], taken: set[str]) -> Iterator[tuple[str, Any]]:
    """The lexicons of several files by name; a name that is taken is a problem."""
    for file in files:
        for name, entry in file.content.lexicons.items():
            if name in taken:
                message = f"There is a lexicon '{name}' already; give this one another name."
                folder.note(file, ("lexicons", name, "@key"), PhraseError("lexicon-twice", message))
            taken.add(name)
            yield name, entry


def _unit_words(title: str, units: Mapping[str, Unit]) -> Words:
    return Words(title=title, words=tuple(form for unit in units.values() for form in unit.forms))
