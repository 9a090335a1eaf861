"""Everything that the rule files say, checked and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from caveat.model import Category, Certainty, Severity, Stance
from caveat.rules.facts import FactBase
from caveat.rules.phrase import Phrase
from caveat.rules.schema import (
    About,
    CarriedFile,
    Example,
    LimitsFile,
    MarksFile,
    NormsFile,
    SpanKind,
    Todo,
    Unit,
    Weights,
)
from caveat.rules.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the wordings of one kind of claim, and what a reader is told of it.

    A rule with sections in `under` reads only the fragments of these sections; `sets` are slots with a fixed name;
    `certainty` is that of a claim without a cue, for wordings that say it themselves ("is used for"); one that is
    `firm` gives advice, which is sure whatever it is about. `stance` is what the wording does with the claim. Of
    overlapping findings of a category the one of the highest `rank` stands.
    `place` is where it stands, as `file:line`.
    """

    id: str
    category: Category
    title: str
    match: tuple[Phrase, ...]
    unless: tuple[Phrase, ...]
    under: frozenset[str]
    about: About
    span: SpanKind
    sets: Mapping[str, str]
    certainty: Certainty
    firm: bool
    stance: Stance
    rank: int
    severity: Mapping[Certainty, Severity]
    message: str
    examples: tuple[Example, ...]
    clean: tuple[str, ...]
    todo: Todo
    replaced_by: str | None
    place: str


@dataclass(frozen=True, slots=True)
class CuePhrase:
    """A cue spelled out: `forward` cues reach the claims after them, the others those before.

    One that `forbids` denies a claim but not advice, which it only turns round.
    """

    certainty: Certainty
    forward: bool
    reach: int
    forbids: bool


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of all certainties: what each phrase is, what stops it, and phrases that are no cue.

    The cues of the certainties in `bound` reach no further than their clause.
    """

    cues: Mapping[str, tuple[CuePhrase, ...]]
    stops: Mapping[Certainty, frozenset[str]]
    bound: frozenset[Certainty]
    pseudo: frozenset[str]
    examples: Mapping[str, Certainty]


@dataclass(frozen=True, slots=True)
class Clauses:
    """The words by which a sentence is cut into clauses, as expressions over folded text.

    `subject` is the expression for a name that a claim can be about, over shadow text.
    """

    lead_ins: str
    breaks: str
    appositions: str
    side_openers: str
    side_inner: str
    pronouns: str
    gap_breakers: str
    joiners: str
    answers: str
    subject: str


@dataclass(frozen=True, slots=True)
class Sentences:
    """Words behind which a full stop ends no sentence, as expressions: see `document/sentences.py`."""

    abbreviations: str
    before_number: str
    before_lower: str
    lettered: str


@dataclass(frozen=True, slots=True)
class Voices:
    """Words by which somebody is told to say something, and words that name no speaker, as expressions."""

    speaking: str
    by: str
    passive: str
    nobody: str


@dataclass(frozen=True, slots=True)
class Questions:
    """Patterns for questions that claim something, for answers and verdicts, and for what only supposes something."""

    tags: tuple[Phrase, ...]
    presupposed: tuple[Phrase, ...]
    agreeing: tuple[Phrase, ...]
    denying: tuple[Phrase, ...]
    refuting: tuple[Phrase, ...]
    judged: tuple[Phrase, ...]
    supposing: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Care:
    """Words by which a sentence cares about what it names, and words that calm."""

    care: tuple[Phrase, ...]
    calm: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Speakers:
    """How a page that reports on claims is seen: signs with their weights, those needed, and signs of selling."""

    needed: int
    signs: tuple[tuple[Phrase, int], ...]
    selling: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Subjects:
    """The lexicons that name what a claim is about, and how a sentence refers to one named before.

    After a sentence that begins with a name of the lexicons `others`, those words refer to that.
    `aside` is an expression for the words after which a substance is named only in passing, `many` for those by which a
    sentence speaks of a whole group.
    """

    named: frozenset[str]
    referred: tuple[Phrase, ...]
    others: frozenset[str]
    aside: str
    many: str


@dataclass(frozen=True, slots=True)
class Quantities:
    """Units of amounts and of time, number words, and what `a day` and `daily` count per.

    `between`, `most`, `least`, `stressed` and `alternate` are expressions for the words of a range, of limits, of the
    stress on a unit, of every other day.
    """

    units: Mapping[str, Unit]
    time: Mapping[str, Unit]
    numbers: Mapping[str, float]
    scales: Mapping[str, float]
    ordinals: Mapping[str, int]
    between: str
    most: str
    least: str
    stressed: str
    alternate: str
    per: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules, lexicons, cues, facts and weights in force; `digest` names their exact content.

    `retired` are the deprecated rules: they do not run, but each says which rule took its place.
    """

    rules: tuple[Rule, ...]
    retired: tuple[Rule, ...]
    vocabulary: Vocabulary
    cues: Cues
    sentences: Sentences
    voices: Voices
    clauses: Clauses
    subjects: Subjects
    questions: Questions
    speakers: Speakers
    care: Care
    norms: NormsFile
    limits: LimitsFile
    sections: Mapping[str, tuple[Phrase, ...]]
    silent: frozenset[str]
    no_promise: frozenset[str]
    quantities: Quantities
    weights: Weights
    marks: MarksFile
    carried: CarriedFile
    facts: FactBase
    digest: str
