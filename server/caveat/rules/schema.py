"""The shape of every rule file, checked by pydantic: unknown keys, wrong types and bad values are errors."""

from __future__ import annotations

from typing import Annotated, Literal, Self

import regex
from pydantic import BaseModel, ConfigDict, Field, model_validator

from caveat.model import Category, Certainty, Level, Severity

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
TermName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$")]
RuleId = Annotated[str, Field(pattern=r"^[a-z]+(?:[.-][a-z0-9]+)+$")]
Text = Annotated[str, Field(min_length=1)]
# How a text writes a name: with a letter or a digit at least.
Written = Annotated[str, Field(pattern=r"[^\W_]")]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]


class Strict(BaseModel):
    """A frozen model without room for misspelled keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False)


class Term(Strict):
    """A thing with a name: all the forms by which a text may speak of it.

    `exact` forms count only with these very capitals; `near` forms are everyday words, which count only
    in a sentence that names the term by another form; a `food` is also cooked with; `classes` are the
    drug classes or groups it belongs to.
    """

    label: str = ""
    type: str = ""
    forms: tuple[Written, ...] = ()
    constituents: tuple[Written, ...] = ()
    strains: tuple[Written, ...] = ()
    misspellings: tuple[Written, ...] = ()
    exact: tuple[Written, ...] = ()
    near: tuple[Written, ...] = ()
    food: bool = False
    classes: tuple[TermName, ...] = ()


class NamesFile(Strict):
    """A lexicon of names; several files may add to one lexicon."""

    lexicon: Name
    kind: Literal["names"]
    title: Text
    source: Text
    terms: Annotated[dict[TermName, Term], Field(min_length=1)]


class Words(Strict):
    """A list of plain words; verbs and nouns are inflected, words stand as they are."""

    title: Text
    verbs: tuple[Text, ...] = ()
    nouns: tuple[Text, ...] = ()
    words: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if not (self.verbs or self.nouns or self.words):
            raise ValueError("the lexicon needs verbs, nouns or words")
        return self


class WordsFile(Strict):
    """Several small lists of words."""

    kind: Literal["words"]
    lexicons: Annotated[dict[Name, Words], Field(min_length=1)]


class Phrases(Strict):
    """Phrase patterns under one name, for use inside other patterns."""

    title: Text
    phrases: Texts


class PhrasesFile(Strict):
    """Several lists of phrase patterns."""

    kind: Literal["phrases"]
    lexicons: Annotated[dict[Name, Phrases], Field(min_length=1)]


class Verb(Strict):
    """The forms of an irregular verb, where they do not follow the spelling rules."""

    s: str | None = None
    ing: str | None = None
    ed: str | None = None
    en: str | None = None


class InflectionsFile(Strict):
    """Irregular verbs and nouns."""

    verbs: dict[str, Verb]
    nouns: dict[str, str]


class Unit(Strict):
    """A unit of an amount: how it is written, and how much of its base unit it is."""

    forms: Texts
    dimension: Text
    factor: float | None = None


class QuantitiesFile(Strict):
    """Units of amounts, spans of time and number words, for reading what a dose says."""

    units: Annotated[dict[str, Unit], Field(min_length=1)]
    time: Annotated[dict[str, Unit], Field(min_length=1)]
    numbers: dict[str, float]
    per: dict[str, Text]


class CueGroup(Strict):
    """Cues that reach the same way; `reach` counts words between a cue and a claim."""

    reach: Annotated[int, Field(ge=0, le=60)]
    cues: Texts


class CuesFile(Strict):
    """The cues of one certainty, the words that stop their reach, and phrases that are no cue."""

    certainty: Certainty
    forward: tuple[CueGroup, ...] = ()
    backward: tuple[CueGroup, ...] = ()
    stops: tuple[Text, ...] = ()
    pseudo: tuple[Text, ...] = ()
    examples: dict[Text, Certainty] = {}


class SectionsFile(Strict):
    """The lines that open a section of a page, by the section's name."""

    sections: Annotated[dict[Name, Texts], Field(min_length=1)]


class SubjectsFile(Strict):
    """The lexicons that name what a claim is about, and the words that refer to one named before."""

    named: Annotated[tuple[Name, ...], Field(min_length=1)]
    referred: Texts


class ClausesFile(Strict):
    """Words by which a sentence is cut into the clauses that a reader is shown."""

    lead_ins: Texts
    breaks: Texts
    appositions: Texts


class Example(Strict):
    """A text with the exact span of the finding in [[double brackets]]."""

    text: Text
    certainty: Certainty | tuple[Certainty, ...] = Certainty.ASSERTED
    captures: dict[str, str] = {}


class Todo(Strict):
    """What a rule cannot do yet: claims that it misses (their words perhaps in [[brackets]]), and false alarms."""

    missed: tuple[Text, ...] = ()
    wrong: tuple[Text, ...] = ()


SeverityByCertainty = dict[Certainty, Severity]
About = Literal["sentence", "page", "anything"]
SpanKind = Literal["match", "clause", "tail"]


class RuleDefaults(Strict):
    """What the rules of a pack have in common; a rule may say otherwise."""

    about: About = "sentence"
    span: SpanKind = "match"
    severity: SeverityByCertainty = {}


class RuleEntry(Strict):
    """One rule as it stands in a pack; a deprecated one no longer runs, and names the rule that took its place."""

    id: RuleId
    title: Text
    match: Texts
    unless: tuple[Text, ...] = ()
    under: tuple[Name, ...] = ()
    about: About | None = None
    span: SpanKind | None = None
    sets: dict[Name, Text] = {}
    certainty: Certainty = Certainty.ASSERTED
    severity: SeverityByCertainty | None = None
    message: Text
    examples: Annotated[tuple[str | Example, ...], Field(min_length=2)]
    clean: Annotated[tuple[Text, ...], Field(min_length=2)]
    todo: Todo = Todo()
    deprecated: bool = False
    replaced_by: RuleId | None = None


class PackFile(Strict):
    """Rules of one category."""

    pack: Category
    defaults: RuleDefaults = RuleDefaults()
    rules: Annotated[tuple[RuleEntry, ...], Field(min_length=1)]


class Weights(Strict):
    """How findings become points, and points a level; see rules/risk.yaml for the reasons."""

    points: dict[Category, dict[Severity, Annotated[int, Field(ge=0, le=100)]]]
    certainty: dict[Certainty, Annotated[float, Field(ge=0, le=1)]]
    repeats: Annotated[float, Field(ge=0, lt=1)]
    levels: dict[Level, Annotated[int, Field(ge=0, le=100)]]
    headlines: dict[Level, Text]
    labels: dict[Category, tuple[Text, Text]]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for field, wanted in (
            ("certainty", Certainty),
            ("levels", Level),
            ("headlines", Level),
            ("labels", Category),
        ):
            missing = set(wanted) - set(getattr(self, field))
            if missing:
                raise ValueError(f"{field} lacks {', '.join(sorted(missing))}")
        if self.levels[Level.NONE] != 0:
            raise ValueError("the level none begins at 0")
        for level, headline in self.headlines.items():
            if regex.search(r"[{}]", headline.replace("{claims}", "")):
                raise ValueError(f"the headline of {level} holds brackets other than {{claims}}")
        return self
