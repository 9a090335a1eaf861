"""The shape of every rule file, checked by pydantic: unknown keys, wrong types and bad values are errors."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

import regex
from pydantic import BaseModel, ConfigDict, Field, model_validator

from caveat.model import DANGERS, Category, Certainty, Evidence, FactSeverity, Kind, Level, Mark, Severity, Stance, Tier

# Nothing in a rule file is as long as a file: names and words are short, and a text is one that a reader reads.
LONGEST_WORD = 120
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=LONGEST_WORD)]
# A lexicon of names, or a type within it: "generic.group".
LexiconType = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$", max_length=LONGEST_WORD)]
TermName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]*$", max_length=LONGEST_WORD)]
RuleId = Annotated[str, Field(pattern=r"^[a-z]+(?:[.-][a-z0-9]+)+$", max_length=LONGEST_WORD)]
Text = Annotated[str, Field(min_length=1, max_length=3000)]
# How a text writes a name or a word: with a letter or a digit at least.
Written = Annotated[str, Field(pattern=r"[^\W_]", max_length=LONGEST_WORD)]
Label = Annotated[str, Field(max_length=LONGEST_WORD)]
# No name, no password and no port before the path: what a reader sees as the host is the host.
Link = Annotated[str, Field(pattern=r"^https://[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?$", max_length=500)]
Year = Annotated[int, Field(ge=1900, le=2100)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]


class Strict(BaseModel):
    """A frozen model without room for misspelled keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False)


class Term(Strict):
    """A thing with a name: all the forms by which a text may speak of it.

    `exact` forms count only with these very capitals; `near` forms are everyday words, which count only
    in a sentence that names the term by another form; a `food` is also cooked with; `classes` are the
    drug classes or groups it belongs to; `covers` are those that are meant too where a text names this one: who warns
    of painkillers warns of opioids, and yet paracetamol, which is a painkiller, is no opioid.
    """

    label: Label = ""
    type: Label = ""
    forms: tuple[Written, ...] = ()
    constituents: tuple[Written, ...] = ()
    strains: tuple[Written, ...] = ()
    misspellings: tuple[Written, ...] = ()
    exact: tuple[Written, ...] = ()
    near: tuple[Written, ...] = ()
    food: bool = False
    classes: tuple[TermName, ...] = ()
    covers: tuple[TermName, ...] = ()


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
    verbs: tuple[Written, ...] = ()
    nouns: tuple[Written, ...] = ()
    words: tuple[Written, ...] = ()

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

    s: Written | None = None
    ing: Written | None = None
    ed: Written | None = None
    en: Written | None = None


class InflectionsFile(Strict):
    """Irregular verbs and nouns."""

    verbs: dict[Written, Verb]
    nouns: dict[Written, Written]


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
    scales: dict[str, float]
    ordinals: dict[str, int]
    between: Texts
    most: Texts
    least: Texts
    stressed: Texts
    alternate: Texts
    per: dict[str, Text]


class CueGroup(Strict):
    """Cues that reach the same way; `reach` counts words between a cue and a claim.

    Those that `forbid` deny a claim but not advice: "never take it at noon" tells when to take it.
    """

    reach: Annotated[int, Field(ge=0, le=60)]
    forbids: bool = False
    cues: Texts


class CuesFile(Strict):
    """The cues of one certainty, the words that stop their reach, and phrases that are no cue."""

    certainty: Certainty
    forward: tuple[CueGroup, ...] = ()
    backward: tuple[CueGroup, ...] = ()
    stops: tuple[Text, ...] = ()
    ends_with_clause: bool = False
    pseudo: tuple[Text, ...] = ()
    examples: dict[Text, Certainty] = {}


class SectionsFile(Strict):
    """The lines that open a section of a page, by the section's name, and those in which sentences claim nothing."""

    silent: tuple[Name, ...] = ()
    no_promise: tuple[Name, ...] = ()
    sections: Annotated[dict[Name, Texts], Field(min_length=1)]


class QuestionsFile(Strict):
    """Patterns for questions that claim something, for answers and verdicts, and for what only supposes something."""

    tags: Texts
    presupposed: Texts
    agreeing: Texts
    denying: Texts
    refuting: Texts
    judged: Texts
    supposing: Texts


class LimitEntry(Strict):
    """The most of a substance that an authority calls safe for adults, in mg a day (`day`) or at once (`once`).

    One IU is `iu` mg; an amount told together with a word of `not_with` is of something else.
    """

    substance: TermName
    who: Text
    day: Annotated[float, Field(gt=0)]
    once: Annotated[float, Field(gt=0)] | None = None
    iu: Annotated[float, Field(gt=0)] | None = None
    not_with: tuple[Text, ...] = ()
    applies_to: Text
    source: Text
    url: Link
    year: Year | None = None
    checked: date


class LimitsFile(Strict):
    """Limits of doses, and the words beside which an amount is not held against them."""

    elsewhere: Texts
    compounds: Texts
    pieces: Texts
    limits: Annotated[tuple[LimitEntry, ...], Field(min_length=1)]


class SentencesFile(Strict):
    """Words behind which a full stop ends no sentence, and when it does all the same."""

    abbreviations: Texts
    before_number: Texts
    before_lower: Texts
    lettered: Texts


class VoicesFile(Strict):
    """Words by which somebody is told to say something."""

    speaking: Texts
    by: Texts
    passive: Texts
    nobody: Texts


class Norm(Strict):
    """What a regulator calls a claim, in words for those who publish it, and the norm that says so."""

    text: Text
    source: Text
    url: Link


class Region(Strict):
    """The norms of one market; one without `authorised` has no list of permitted wordings."""

    name: Text
    disease: Norm
    function: Norm
    authorised: Norm | None = None
    disclaimer: Norm | None = None


class Permitted(Strict):
    """A permitted wording: the words of its effect, the substances it may be said of, and on what condition."""

    effect: Text
    of: Annotated[tuple[TermName, ...], Field(min_length=1)]
    condition: Text


class NormsFile(Strict):
    """What regulators call the promises of a page, by market."""

    regions: dict[Name, Region]
    permitted: tuple[Permitted, ...]


class CareFile(Strict):
    """Words by which a sentence cares about what it names, and words that calm."""

    care: Texts
    calm: Texts


class Sign(Strict):
    """Wordings by which a page is seen to report on claims; each counts once a page."""

    weight: Annotated[int, Field(ge=1, le=9)]
    title: Text
    patterns: Texts


class SpeakersFile(Strict):
    """How a page that reports on claims is told from one that makes them."""

    needed: Annotated[int, Field(ge=1, le=99)]
    signs: Annotated[tuple[Sign, ...], Field(min_length=1)]
    selling: Texts


class SubjectsFile(Strict):
    """What names the subject of a claim, the words that refer to one, what else they may mean, asides and groups."""

    named: Annotated[tuple[LexiconType, ...], Field(min_length=1)]
    referred: Texts
    others: Annotated[tuple[Name, ...], Field(min_length=1)]
    aside: Texts
    many: Texts


class ClausesFile(Strict):
    """Words by which a sentence is cut into the clauses that a reader is shown."""

    lead_ins: Texts
    breaks: Texts
    appositions: Texts
    side_openers: Texts
    side_inner: Texts
    pronouns: Texts
    gap_breakers: Texts
    joiners: Texts
    answers: Texts


class Example(Strict):
    """A text with the exact span of the finding in [[double brackets]]."""

    text: Text
    certainty: Certainty | tuple[Certainty, ...] = Certainty.ASSERTED
    stance: Stance | None = None
    captures: dict[Label, Label] = {}


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
    firm: bool = False
    stance: Stance | None = None
    rank: Annotated[int, Field(ge=-9, le=9)] = 0
    severity: SeverityByCertainty | None = None
    message: Text
    examples: Annotated[tuple[Text | Example, ...], Field(min_length=2)]
    clean: Annotated[tuple[Text, ...], Field(min_length=2)]
    todo: Todo = Todo()
    deprecated: bool = False
    replaced_by: RuleId | None = None


class PackFile(Strict):
    """Rules of one category."""

    pack: Category
    defaults: RuleDefaults = RuleDefaults()
    rules: Annotated[tuple[RuleEntry, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _has_fitting_stances(self) -> Self:
        for rule in self.rules:
            if rule.stance is Stance.DENIES:
                raise ValueError(f"{rule.id}: a cue denies a claim; a rule says what is claimed")
            if self.pack not in DANGERS and rule.stance not in {None, Stance.STATES}:
                raise ValueError(f"{rule.id}: only a rule of {' or '.join(DANGERS)} {rule.stance}")
        return self


FactId = Annotated[str, Field(pattern=r"^[a-z0-9_]+-[0-9]{3}$")]


class FactEntry(Strict):
    """What one source says of a substance; `objects` are canonical names of what else it is about."""

    id: FactId
    kind: Kind
    statement: Annotated[str, Field(min_length=10, max_length=400)]
    object: Text | None = None
    objects: tuple[TermName, ...] = ()
    severity: FactSeverity
    evidence: Evidence
    must_mention: bool = False
    source: Text
    tier: Tier
    url: Link
    year: Year | None = None
    checked: date | None = None


class FactsFile(Strict):
    """The facts of one substance; `unsafe` is the fact by which a regulator says that nobody should take it."""

    substance: TermName
    unsafe: FactId | None = None
    facts: Annotated[tuple[FactEntry, ...], Field(min_length=1)]


class CarriedFacts(Strict):
    """Facts of some kinds that a finding carries; `named` ones are about something that the finding names."""

    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    named: bool = False
    severity: FactSeverity | None = None
    most: Annotated[int, Field(ge=1, le=10)]


class CarriedFile(Strict):
    """Which facts the findings of each category carry."""

    most: Annotated[int, Field(ge=1, le=10)]
    particular: Annotated[tuple[Name, ...], Field(min_length=1)]
    general: tuple[TermName, ...]
    carried: dict[Category, tuple[CarriedFacts, ...]]


# Points of a claim only add to a score, those of a warning only take off.
Added = Annotated[int, Field(ge=0, le=100)]
TakenOff = Annotated[int, Field(ge=-100, le=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Decay = Annotated[float, Field(ge=0, lt=1)]


class Points(Strict):
    """The points of a finding by its category and severity."""

    mechanism: dict[Severity, Added]
    dose: dict[Severity, Added]
    benefit: dict[Severity, Added]
    reassurance: dict[Severity, Added]
    interaction: dict[Severity, TakenOff]
    caution: dict[Severity, TakenOff]


class Relief(Strict):
    """How much the warnings of a page may take off."""

    repeats: Decay
    share: Share
    most: Annotated[int, Field(ge=0, le=100)]


class StancePoints(Strict):
    """The points of a danger that the text advises or plays down, and what such a finding is called."""

    interaction: Added
    caution: Added
    labels: tuple[Text, Text]


Factor = Annotated[float, Field(ge=1, le=10)]


class MajorRisk(Strict):
    """How many times a claim counts about a substance of which a source tells a major risk."""

    mechanism: Factor = 1.0
    dose: Factor = 1.0
    benefit: Factor = 1.0
    reassurance: Factor = 1.0


class After(Strict):
    """How certain advice or a promise must be for a page to owe its readers the warnings."""

    dose: tuple[Certainty, ...]
    benefit: tuple[Certainty, ...]
    reassurance: tuple[Certainty, ...]


class MissingWeights(Strict):
    """When a page owes its readers a warning, and what the lack of it counts."""

    warnings: Annotated[frozenset[Name], Field(min_length=1)]
    after: After
    of_foods: Annotated[frozenset[Text], Field(min_length=1)]
    limit: TermName
    most: Annotated[int, Field(ge=1, le=20)]
    points: dict[FactSeverity, Added]
    repeats: Decay


class ReasonTexts(Strict):
    """What a reader is told of the points that are not those of a category."""

    major_risk: Text
    stance: Text
    missing: Text
    unsafe: Text
    over_limit: Text
    relief: Text
    limit: Text


class MarkEntry(Strict):
    """The mark of findings for which every condition holds that is named."""

    mark: Mark
    category: tuple[Category, ...] = ()
    stance: tuple[Stance, ...] = ()
    severity: tuple[Severity, ...] = ()
    rules: tuple[RuleId, ...] = ()
    over_limit: bool | None = None
    reports: bool | None = None

    @property
    def fits_all(self) -> bool:
        """Whether it names no condition."""
        return self.model_fields_set == {"mark"}


class MarksFile(Strict):
    """What findings ask of their reader; the first entry that fits counts."""

    labels: dict[Mark, Text]
    marks: Annotated[tuple[MarkEntry, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if missing := set(Mark) - set(self.labels):
            raise ValueError(f"labels lacks {', '.join(sorted(missing))}")
        if [entry.fits_all for entry in self.marks] != [False] * (len(self.marks) - 1) + [True]:
            raise ValueError("the last entry, and only that, names no condition")
        return self


class Weights(Strict):
    """How findings become points, and points a level; see rules/risk.yaml for the reasons."""

    points: Points
    certainty: dict[Certainty, Share]
    repeats: Decay
    relief: Relief
    stances: dict[Stance, StancePoints]
    major_risk: MajorRisk
    missing: MissingWeights
    unsafe: Added
    over_limit: Added
    levels: dict[Level, Annotated[int, Field(ge=0, le=100)]]
    headlines: dict[Level | Literal["nothing", "reports", "reports_nothing"], Text]
    left_out: tuple[Text, Text]
    labels: dict[Category, tuple[Text, Text]]
    reasons: ReasonTexts
    notice: Text

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for field, wanted in (
            ("certainty", Certainty),
            ("levels", Level),
            ("headlines", [*Level, "nothing", "reports", "reports_nothing"]),
            ("labels", Category),
            ("stances", [Stance.ADVISES, Stance.PLAYS_DOWN, Stance.STATES]),
        ):
            missing = set(wanted) - set(getattr(self, field))
            if missing:
                raise ValueError(f"{field} lacks {', '.join(sorted(missing))}")
        if self.levels[Level.NONE] != 0:
            raise ValueError("the level none begins at 0")
        for level, headline in self.headlines.items():
            if _brackets(headline, "claims", "left_out"):
                raise ValueError(f"the headline of {level} holds brackets other than {{claims}} and {{left_out}}")
        if any(_brackets(text, "count") for text in self.left_out):
            raise ValueError("left_out holds brackets other than {count}")
        for name, text in self.reasons:
            if _brackets(text, "claims", "substances", "objects", "doses"):
                raise ValueError(
                    f"the reason {name} holds brackets other than {{claims}}, {{substances}}, {{objects}}, {{doses}}"
                )
        return self


def _brackets(text: str, *names: str) -> bool:
    """Whether a text holds brackets other than these names in brackets."""
    return "{" in regex.sub(rf"\{{(?:{'|'.join(names)})\}}", "", text).replace("}", "{")
