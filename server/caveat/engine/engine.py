"""The engine: one pure function from a text to its findings.

Fold, tag, cut into sentences; see which patterns can match a sentence; run only those, and read the
certainty and the clause of what they find. Nothing here knows a word of English: all of it is in `rules/`.
"""

from __future__ import annotations

import copy
import itertools
import math
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import regex

from caveat.document.blocks import Document
from caveat.document.fold import fold
from caveat.document.plain import plain
from caveat.document.sentences import SentenceCutter
from caveat.engine.care import CareReader
from caveat.engine.certainty import CertaintyReader, SentenceCues
from caveat.engine.clause import ClauseCutter, SentenceClauses
from caveat.engine.match import Fate, Match, Outcome, Watch, moved
from caveat.engine.page import Page
from caveat.engine.pattern import Pattern, PhraseSet
from caveat.engine.prefilter import Prefilter
from caveat.engine.quantity import QuantityReader
from caveat.engine.questions import Assent, QuestionReader
from caveat.engine.reach import ClauseReader
from caveat.engine.resolve import resolve
from caveat.engine.sections import Line, SectionReader
from caveat.engine.speaker import SpeakerReader
from caveat.engine.stance import stance_of
from caveat.engine.subject import SubjectReader
from caveat.engine.tagger import Tagger
from caveat.engine.voice import VoiceReader, inside
from caveat.model import (
    CLAIM_TYPE,
    DANGERS,
    DISEASE,
    SPEAKER,
    SUBSTANCE,
    WEAKENED,
    Category,
    Certainty,
    Cue,
    Finding,
    Mention,
    Names,
    Severity,
    Slot,
)
from caveat.rules.phrase import Phrase
from caveat.rules.ruleset import Rule, RuleSet

# Sentences on which a rule gives up before it rests, until the rules are loaded anew.
PATIENCE = 3
# A text of so few sentences is an excerpt from something longer.
EXCERPT = 2
_CAPTURE = regex.compile(r"\{([a-z_]+)(\.name)?\}")

# A limit ("no more than") stands so many characters before its amount at the most.
_LIMIT_WORDS = 24
# A promise that names one of these is that of a disease (21 CFR 101.93(g)).
_DISEASE = "condition.disease"

# What a supposition does not claim; what it warns of, it warns of.
_SUPPOSED = (Category.BENEFIT, Category.MECHANISM)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the engine says of a text: its findings, the substances it names, and rules that took too long or rest.

    `names` are those that stand in each finding, in the same order; `cared` are
    those that sentences of care name. A page that `reports` only tells what others claim. `stopped_at` is where the
    time ran out.
    """

    findings: tuple[Finding, ...]
    names: tuple[Names, ...]
    substances: tuple[Mention, ...]
    slow: tuple[str, ...]
    cared: frozenset[str]
    reports: bool
    stopped_at: int | None = None


class _OutOfTime(Exception):
    """The time for a page ran out."""


class _Sentence:
    """A sentence of a page while rules run on it.

    `possible` are the numbers of the patterns that can match it; `slow` gathers the rules that take too long, which
    stop at `deadline`; `watch` is told what becomes of each match.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (all that is known of a sentence)
        self,
        engine: Engine,
        page: Page,
        span: Span,
        line: Line,
        possible: Collection[int],
        slow: set[str],
        deadline: float,
        claims: bool,  # noqa: FBT001
        assent: Assent,
        speeches: list[Span],
        watch: Watch | None,
    ) -> None:
        self._engine = engine
        self.page = page
        self.start, end = span
        self.line = line
        self.possible = possible
        self.shadow = page.shadow[self.start : end]
        self.text = page.folded.text[self.start : end]
        self.slow = slow
        self.deadline = deadline
        self.claims = claims
        self.assent = assent
        self.speeches = speeches
        self.watch = watch
        self.excuses: dict[str, list[Match]] = {}

    @cached_property
    def clauses(self) -> SentenceClauses:
        """Where the sentence can be cut."""
        return self._engine.clauses.read(self.shadow)

    @cached_property
    def names_something(self) -> bool:
        """Whether something that a claim can be about is named in the sentence."""
        start, end = self.start, self.start + len(self.shadow)
        return self.page.names_something(start, end) or self.page.names_a_product(start, end)

    @cached_property
    def is_headed(self) -> bool:
        """Whether a heading above names what a claim can be about, or an earlier sentence of its own block does."""
        return any(self.page.names_something(*head) for head in (*self.line.heads, (self.line.start, self.start)))

    @cached_property
    def refers_to_something(self) -> bool:
        """Whether the sentence refers to something that was named before it; an excerpt may have left that out."""
        known = len(self.page.sentences) <= EXCERPT or self.page.names_something(0, self.start)
        return (
            known
            and self._engine.referred.search(self.shadow)
            and not self.page.follows_another(self.start, self._engine.others)
        )

    def speech(self, span: Span) -> Span | None:
        """The speech that a span of the sentence stands in, as far as it reaches in the sentence."""
        speech = inside(self.speeches, (span[0] + self.start, span[1] + self.start))
        return speech and (max(speech[0] - self.start, 0), min(speech[1] - self.start, len(self.text)))

    def note(self, match: Match, fate: Fate, by: Match | None = None) -> None:
        """Tell what became of a match."""
        if self.watch:
            self.watch(Outcome(moved(match, self.start), fate, by and moved(by, self.start)))


class Engine:
    """The rules of a RuleSet, made ready to run. Building one is slow, running it is not."""

    def __init__(self, ruleset: RuleSet, *, prefilter: bool = True) -> None:
        """`prefilter=False` runs every rule on every sentence: the same findings, only slower."""
        self._named = ruleset.subjects.named
        self._medicines = ruleset.facts.medicines
        self._tagger = Tagger(ruleset.vocabulary)
        self.others = ruleset.subjects.others
        self._certainty = CertaintyReader(ruleset.cues)
        words = ruleset.sentences
        self._sentences = SentenceCutter(words.abbreviations, words.before_number, words.before_lower, words.lettered)
        self.clauses = ClauseCutter(ruleset.clauses)
        self._reach = ClauseReader(ruleset.clauses)
        self._quantities = QuantityReader(ruleset.quantities)
        self._sections = SectionReader(ruleset.sections)
        self._care = CareReader(ruleset.care)
        self._speakers = SpeakerReader(ruleset.speakers)
        self._questions = QuestionReader(ruleset.questions)
        self._voices = VoiceReader(ruleset.voices)
        self._silent = ruleset.silent
        self._no_promise = ruleset.no_promise
        # At most three words stand between such a word and the name.
        self._aside = regex.compile(rf"\b(?:{ruleset.subjects.aside})(?:\s+[^\s,;]+){{0,3}}\s+$")
        self.referred = PhraseSet(ruleset.subjects.referred)
        self._many = regex.compile(rf"(?:(?:{ruleset.subjects.many})\s+)?$")
        self._pointing = regex.compile(rf"\b(?:{ruleset.clauses.pronouns})\b")
        self._breaker = regex.compile(rf"\b(?:{ruleset.clauses.gap_breakers})\b")
        self._shared = ruleset.vocabulary.shared()
        self._arm(ruleset.rules)
        self._prefilter = Prefilter(pattern.phrase.needs for pattern in self._numbered()) if prefilter else None

    def only(self, rules: Iterable[Rule]) -> Engine:
        """An engine for other rules, made in no time: all that is slow to build is shared."""
        engine = copy.copy(self)
        engine._arm(rules)  # noqa: SLF001 (its own kind)
        engine._prefilter = None  # noqa: SLF001
        return engine

    def _arm(self, rules: Iterable[Rule]) -> None:
        """Number the patterns of rules: first what they match, then what excuses a match."""
        rules = tuple(rules)
        self._slow: Counter[str] = Counter()

        def pattern(rule: Rule, phrase: Phrase) -> Pattern:
            return Pattern(rule, phrase, self._breaker, self._shared)

        self._patterns = [pattern(rule, phrase) for rule in rules for phrase in rule.match]
        numbers = itertools.count(len(self._patterns))
        self._excuses = {rule.id: [(next(numbers), pattern(rule, phrase)) for phrase in rule.unless] for rule in rules}

    def _numbered(self) -> list[Pattern]:
        """All patterns, each at its number."""
        return [*self._patterns, *(pattern for excuses in self._excuses.values() for _, pattern in excuses)]

    @property
    def resting(self) -> list[str]:
        """The rules that took too long so often that they do not run any more."""
        return sorted(rule for rule, times in self._slow.items() if times >= PATIENCE)

    def analyze(self, given: str | Document, seconds: float = math.inf) -> Analysis:
        """The findings of a text or a document, in order of their place; offsets are code points of its text.

        After so many seconds it stops between two sentences; half of them are kept for finding, once it is read.
        """
        begun = time.monotonic()
        page = self.read(given)
        return self.find(page, deadline=max(begun + seconds, time.monotonic() + seconds / 2))

    def sentences(self, document: Document) -> list[tuple[int, int]]:
        """The spans of the sentences of a document, in its text."""
        return self._sentences.cut(document.text, ((block.start, block.end) for block in document.blocks))

    def read(self, given: str | Document) -> Page:
        """A text or a document made ready: folded, tagged, cut into sentences, each block in its section."""
        document = plain(given) if isinstance(given, str) else given
        text = document.text
        folded = fold(text)
        if "_" in text:  # the mark of _emphasis_ is no letter of its words
            folded = replace(folded, text=folded.text.replace("_", " "))
        places = [folded.place(block.start, block.end) for block in document.blocks]
        # A block of nothing but what cannot be seen keeps its number, for others point to it.
        blocks = [
            replace(block, start=start, end=end) for block, (start, end) in zip(document.blocks, places, strict=True)
        ]
        spans = self._sentences.cut(folded.visible, ((block.start, block.end) for block in blocks))
        tags = self._tagger.tag(folded, spans)
        shadow = self._tagger.shadow(folded.text, tags)
        lines = self._sections.read(blocks, shadow)
        return Page(text, folded, shadow, spans, lines, tags, self._named, self._medicines, self._aside)

    def find(self, page: Page, watch: Watch | None = None, deadline: float = math.inf) -> Analysis:
        """The findings of a page. `watch` is told what became of each match of each rule."""
        slow: set[str] = set()
        subjects = SubjectReader(page, self._pointing, self._many)
        findings: list[Finding] = []
        names: list[Names] = []
        speeches = self._voices.speeches(page)
        stopped_at = None
        assents = self._questions.read([page.shadow[start:end] for start, end in page.sentences])
        for (start, end), assent in zip(page.sentences, assents, strict=True):
            if page.shadow[start:end].isspace():  # signs such as † are no words, and stand on no line
                continue
            line = page.line_at(start)
            claims = assent.claims and not line.topic  # a heading claims nothing
            if not (claims or watch):
                continue
            possible = self._possible(page.shadow[start:end])
            if not possible:
                continue
            sentence = _Sentence(
                self, page, (start, end), line, possible, slow, deadline, claims, assent, speeches, watch
            )
            try:
                matches = self._sentence(sentence)
            except _OutOfTime:
                stopped_at = page.folded.span(start, end)[0]
                break
            for match in sorted(matches, key=lambda match: (match.start, -match.end, match.rule.id)):
                findings.append(self._finding(f"f{len(findings) + 1}", page, match, subjects, speeches))
                names.append(page.names(match.start, match.end))
        return Analysis(
            findings=tuple(findings),
            names=tuple(names),
            substances=page.mentions(),
            slow=tuple(sorted(slow)),
            cared=self._care.names(page) if findings else frozenset(),  # who claims nothing leaves nothing out
            reports=self._speakers.reports(page),
            stopped_at=stopped_at,
        )

    def _possible(self, sentence: str) -> Collection[int]:
        """The numbers of the patterns that can match a sentence."""
        if self._prefilter is None:
            return range(len(self._numbered()))
        found = self._prefilter.possible(sentence)
        return found if found and found[0] < len(self._patterns) else ()

    def _sentence(self, sentence: _Sentence) -> list[Match]:
        numbers = [number for number in sentence.possible if number < len(self._patterns)]
        matches = [match for number in numbers for match in self._matches(sentence, self._patterns[number])]
        if not matches:
            return []
        cues = self._certainty.read(sentence.text, self._reach.read(sentence.shadow))
        shown: list[Match] = []
        for match in (self._judged(match, sentence, cues) for match in matches):
            if match.rule.severity[match.certainty] is Severity.OFF:
                sentence.note(match, Fate.OFF)
            else:
                shown.append(match)
        kept, swallowed = resolve(shown, lambda start, end: self._reach.goes_on(sentence.text, start, end))
        for match in kept:
            sentence.note(match, Fate.FOUND)
        for match, longer in swallowed:
            sentence.note(match, Fate.SWALLOWED, longer)
        return [moved(match, sentence.start) for match in kept]

    def _matches(self, sentence: _Sentence, pattern: Pattern) -> Iterator[Match]:
        """The matches of a pattern that are about something and that no exception excuses."""
        barred = self._barred(pattern.rule, sentence)
        if barred and not sentence.watch:
            return
        if time.monotonic() > sentence.deadline:
            raise _OutOfTime
        if self._slow[pattern.rule.id] >= PATIENCE:
            sentence.slow.add(pattern.rule.id)
            return
        try:
            for match in pattern.matches(sentence.shadow):
                if barred:
                    sentence.note(match, barred)
                elif excuse := self._excuse(match, sentence):
                    sentence.note(match, Fate.EXCUSED, excuse)
                else:
                    yield match
        except TimeoutError:
            sentence.slow.add(pattern.rule.id)
            self._slow[pattern.rule.id] += 1

    def _barred(self, rule: Rule, sentence: _Sentence) -> Fate | None:
        """Why a rule passes over a sentence, whatever stands in it."""
        supposed = sentence.assent.supposes and rule.category in _SUPPOSED
        if not sentence.claims or supposed or (rule.about == "sentence" and sentence.line.section in self._silent):
            return Fate.NO_CLAIM
        if rule.under and not (sentence.line.fragment and sentence.line.section in rule.under):
            return Fate.ELSEWHERE
        if rule.category is Category.BENEFIT and sentence.line.fragment and sentence.line.section in self._no_promise:
            return Fate.ELSEWHERE
        if not self._has_subject(rule, sentence):
            return Fate.NO_SUBJECT
        return None

    @staticmethod
    def _has_subject(rule: Rule, sentence: _Sentence) -> bool:
        """Whether a claim here can be about a substance: named in the sentence, or before and referred to."""
        if rule.about == "anything" or sentence.names_something:
            return True
        if rule.about == "page":
            return sentence.page.names_something(0, len(sentence.page.shadow))
        return sentence.refers_to_something or sentence.is_headed

    def _excuse(self, match: Match, sentence: _Sentence) -> Match | None:
        """The exception of a rule that excuses a match of it, if one does."""
        rule = match.rule
        if rule.id not in sentence.excuses:
            sentence.excuses[rule.id] = [
                excuse
                for number, pattern in self._excuses[rule.id]
                if number in sentence.possible
                for excuse in pattern.matches(sentence.shadow)
            ]
        return next((excuse for excuse in sentence.excuses[rule.id] if excuse.overlaps(match)), None)

    def _judged(self, match: Match, sentence: _Sentence, cues: SentenceCues) -> Match:
        rule = match.rule
        advice = rule.firm or rule.category is Category.DOSE
        certainty, cue = self._certainty.judge(cues, (match.start, match.end), match.gaps, advice=advice)
        if rule.firm and certainty in WEAKENED:  # of what advice mentions, not of the advice
            certainty, cue = Certainty.ASSERTED, None
        elif cue is None or rule.certainty is Certainty.NEGATED:
            certainty = rule.certainty
            if certainty is Certainty.ASSERTED and sentence.line.fragment:
                lead = self._lead_certainty(sentence)
                # "Does not help with:" denies what it lists, but "do not take it with:" warns.
                denies = lead is Certainty.NEGATED
                if (denies and rule.category not in DANGERS) or (rule.under and not denies):
                    certainty = lead
        if sentence.assent.verdict is Certainty.NEGATED and certainty is Certainty.ASSERTED:
            certainty = Certainty.NEGATED
        speech = sentence.speech((match.start, match.end))
        if certainty is Certainty.ASSERTED and speech:
            certainty = Certainty.ATTRIBUTED
        stance, certainty = stance_of(rule.category, rule.stance, certainty)
        start, end = core = match.start, match.end
        if rule.span != "match":
            end = sentence.clauses.right(start, end)
        if rule.span == "clause":
            start = sentence.clauses.left(start)
        if speech:
            start, end = max(start, speech[0]), min(end, speech[1])
        return Match(rule, match.phrase, start, end, core, match.gaps, match.captures, certainty, stance, cue)

    def _lead_certainty(self, sentence: _Sentence) -> Certainty:
        """How certain the line is that leads to this fragment, such as "may cause:"."""
        lead = sentence.line.lead
        if lead is None or lead[0] == sentence.line.start:
            return Certainty.ASSERTED
        start, end = lead
        text = sentence.page.folded.text[start:end].rstrip(" :")
        reach = self._reach.read(sentence.page.shadow[start : start + len(text)])
        return self._certainty.judge(self._certainty.read(text, reach), (len(text), len(text)), {})[0]

    def _finding(self, id_: str, page: Page, match: Match, subjects: SubjectReader, speeches: list[Span]) -> Finding:
        rule, text = match.rule, page.text
        labels: dict[str, str] = {}
        slots: dict[str, Slot] = {}
        subject = subjects.of(match)
        if subject and SUBSTANCE not in match.captures:
            tag, name = subject
            begin, stop = page.folded.span(tag.start, tag.end)
            slots[SUBSTANCE] = Slot(begin, stop, text[begin:stop], name.name)
            labels[SUBSTANCE] = name.label
        for slot, span in match.captures.items():
            slots[slot], labels[slot] = self._slot(slot, span, text, page)
        if match.certainty is Certainty.ATTRIBUTED and (speaker := self._speaker(page, match, speeches)):
            begin, stop = page.folded.span(*speaker)
            slots[SPEAKER] = Slot(begin, stop, text[begin:stop], page.folded.text[slice(*speaker)])
        for slot, value in rule.sets.items():
            begin, stop = page.folded.span(match.start, match.end)
            of_disease = slot == CLAIM_TYPE and page.holds(match.start, match.end, _DISEASE)
            slots[slot] = Slot(begin, stop, text[begin:stop], DISEASE if of_disease else value)
        cue = None
        if match.cue:
            begin, stop = page.folded.span(*match.cue)
            cue = Cue(begin, stop, text[begin:stop])
        begin, stop = page.folded.span(match.start, match.end)
        return Finding(
            id=id_,
            rule=rule.id,
            category=rule.category,
            certainty=match.certainty,
            stance=match.stance,
            severity=rule.severity[match.certainty],
            start=begin,
            end=stop,
            quote=text[begin:stop],
            title=rule.title,
            message=_CAPTURE.sub(lambda capture: _said(capture, slots, labels), rule.message),
            cue=cue,
            slots=slots,
        )

    def _speaker(self, page: Page, match: Match, speeches: list[Span]) -> Span | None:
        """Who is named to say what a match says."""
        speaker = self._voices.of_cue(page, match.cue) if match.cue else None
        speech = inside(speeches, match.core)
        return speaker or (self._voices.of_speech(page, speech) if speech else None)

    def _slot(self, slot: str, span: Span, text: str, page: Page) -> tuple[Slot, str]:
        """A slot, and what a message calls it."""
        begin, stop = page.folded.span(*span)
        words = page.folded.text[slice(*span)]
        name = page.name_at(*span)
        canonical = name.name if name else self._quantities.unit(words) if slot == "unit" else None
        begun = max(page.sentence_at(span[0])[0], span[0] - _LIMIT_WORDS)
        value = self._quantities.read(slot, page.folded.visible[slice(*span)], page.folded.visible[begun : span[0]])
        written = text[begin:stop]
        return Slot(begin, stop, written, canonical or words, value), name.label if name else written


def _said(capture: regex.Match[str], slots: dict[str, Slot], labels: dict[str, str]) -> str:
    """What a message says in place of a capture: the words of the text, or with `.name` the name's label."""
    slot = slots.get(capture[1])
    if slot is None:
        return "the substance"
    return labels[capture[1]] if capture[2] else slot.text
