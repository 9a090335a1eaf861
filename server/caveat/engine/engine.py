"""The engine: one pure function from a text to its findings.

Fold, tag, cut into sentences; ask RE2 which rules can match a sentence; run only those, and read the
certainty and the clause of what they find. Nothing here knows a word of English: all of it is in `rules/`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import re2
import regex

from caveat.engine.certainty import CertaintyReader, SentenceCues
from caveat.engine.clause import ClauseCutter
from caveat.engine.outline import Line, Outliner
from caveat.engine.page import SUBSTANCE, Page
from caveat.engine.quantity import QuantityReader
from caveat.engine.tagger import Tagger
from caveat.model import Certainty, Cue, Finding, Mention, Severity, Slot
from caveat.rules.phrase import GAP, HEAD, Phrase
from caveat.rules.ruleset import Rule, RuleSet
from caveat.text.fold import fold
from caveat.text.sentences import sentences

# Seconds after which a rule gives up on a sentence; the report then names the rule. It is the time on the clock,
# so it leaves room for a machine that is busy with other requests.
TIMEOUT = 2.0
# A text of so few sentences is an excerpt from something longer.
EXCERPT = 2
# Far above what a thousand rules need: below its need RE2 becomes fifty times slower.
PREFILTER_BYTES = 256 << 20
_CAPTURE = regex.compile(r"\{([a-z_]+)(\.name)?\}")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the engine says of a text: its findings, the substances it names, and rules that took too long."""

    findings: tuple[Finding, ...]
    substances: tuple[Mention, ...]
    slow: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    """A match of a rule, with its certainty and clause once they are read; offsets of the folded text."""

    rule: Rule
    start: int
    end: int
    gaps: list[Span]
    captures: dict[str, Span]
    certainty: Certainty = Certainty.ASSERTED
    cue: Span | None = None


class _Pattern:
    """One wording of a rule, compiled when it is first needed: most pages need few."""

    def __init__(self, rule: Rule, phrase: Phrase) -> None:
        self.rule = rule
        self._phrase = phrase

    @cached_property
    def _compiled(self) -> regex.Pattern[str]:
        return regex.compile(self._phrase.expression)

    def matches(self, sentence: str) -> Iterator[_Match]:
        """All matches in a shadow sentence. Raises TimeoutError when they take too long."""
        pattern = self._compiled
        # Without `concurrent` a runaway expression would hold every other thread until its timeout.
        for match in pattern.finditer(sentence, timeout=TIMEOUT, concurrent=True):
            captures = {name: match.span(name) for name, words in match.groupdict().items() if words and name[0] != "_"}
            gaps = match.spans(GAP) if GAP in pattern.groupindex else []
            start = match.end(HEAD) if HEAD in pattern.groupindex else match.start()
            yield _Match(self.rule, start, match.end(), gaps, captures)


class Engine:
    """The rules of a RuleSet, made ready to run. Building one is slow, running it is not."""

    def __init__(self, ruleset: RuleSet, *, prefilter: bool = True) -> None:
        """`prefilter=False` runs every rule on every sentence: the same findings, only slower."""
        self._named = ruleset.subjects.named
        self._tagger = Tagger(ruleset.vocabulary)
        self._certainty = CertaintyReader(ruleset.cues)
        self._clauses = ClauseCutter(ruleset.clauses)
        self._quantities = QuantityReader(ruleset.quantities)
        self._patterns = [_Pattern(rule, phrase) for rule in ruleset.rules for phrase in rule.match]
        self._excuses = {rule.id: [_Pattern(rule, phrase) for phrase in rule.unless] for rule in ruleset.rules}
        self._outliner = Outliner(ruleset.sections)
        self._referred = re2.compile("|".join(phrase.plain for phrase in ruleset.subjects.referred))
        self._prefilter = _prefilter(ruleset) if prefilter else None

    def analyze(self, text: str) -> Analysis:
        """The findings of a text, in order of their place; offsets are code points of `text`."""
        folded = fold(text)
        spans = sentences(folded.visible)
        tags = self._tagger.tag(folded, spans)
        page = Page(folded, self._tagger.shadow(folded.text, tags), spans, tags, self._named)
        slow: set[str] = set()
        found: list[_Match] = []
        lines = self._outliner.outline(page.shadow)
        line_starts = [line.start for line in lines]
        for start, end in spans:
            if page.shadow[end - 1] == "?":  # a question claims nothing
                continue
            candidates = self._candidates(page.shadow[start:end])
            if candidates:
                line = lines[bisect_right(line_starts, start) - 1]
                if line.topic:
                    continue
                found += self._sentence(page, start, end, line, candidates, slow)
        found.sort(key=lambda match: (match.start, -match.end, match.rule.id))
        findings = tuple(self._finding(f"f{number}", text, page, match) for number, match in enumerate(found, 1))
        return Analysis(findings, page.mentions(), tuple(sorted(slow)))

    def _candidates(self, sentence: str) -> Iterable[int]:
        """The numbers of the patterns that can match a sentence."""
        if self._prefilter is None:
            return range(len(self._patterns))
        return sorted(self._prefilter.Match(sentence) or ())  # None where nothing matches

    def _sentence(
        self, page: Page, start: int, end: int, line: Line, candidates: Iterable[int], slow: set[str]
    ) -> list[_Match]:
        sentence = page.shadow[start:end]
        matches: list[_Match] = []
        excused: dict[str, list[Span]] = {}
        for number in candidates:
            pattern = self._patterns[number]
            rule = pattern.rule
            if rule.under and not (line.fragment and line.section in rule.under):
                continue
            if not self._has_subject(page, rule, sentence, start):
                continue
            try:
                own = list(pattern.matches(sentence))
                if own and rule.id not in excused:
                    excused[rule.id] = self._excused(rule, sentence)
            except TimeoutError:
                slow.add(rule.id)
                continue
            for match in own:
                if not any(excuse[0] < match.end and match.start < excuse[1] for excuse in excused[rule.id]):
                    matches.append(match)
        if not matches:
            return []
        cues = self._certainty.read(page.folded.text[start:end])
        judged = [self._judged(match, sentence, cues) for match in matches]
        if line.lead and line.lead[0] != line.start:
            judged = [self._led(match, page, line.lead) if match.rule.under else match for match in judged]
        shown = [match for match in judged if match.rule.severity[match.certainty] is not Severity.OFF]
        return [_moved(match, start) for match in _resolve(shown)]

    def _has_subject(self, page: Page, rule: Rule, sentence: str, start: int) -> bool:
        """Whether a claim here can be about a substance: named in the sentence, or before and referred to."""
        if rule.about == "anything" or page.names_something(start, start + len(sentence)):
            return True
        if rule.about == "page":
            return page.names_something(0, len(page.shadow))
        # An excerpt refers to what stands outside it.
        known = len(page.sentences) <= EXCERPT or page.names_something(0, start)
        return known and bool(self._referred.search(sentence))

    def _excused(self, rule: Rule, sentence: str) -> list[Span]:
        """Where the exceptions of a rule stand in a sentence."""
        return [
            (excuse.start, excuse.end) for pattern in self._excuses[rule.id] for excuse in pattern.matches(sentence)
        ]

    def _judged(self, match: _Match, sentence: str, cues: SentenceCues) -> _Match:
        certainty, cue = self._certainty.judge(cues, (match.start, match.end), match.gaps)
        if cue is None:
            certainty = match.rule.certainty
        start, end = match.start, match.end
        if match.rule.span != "match":
            end = self._clauses.right(sentence, start, end)
        if match.rule.span == "clause":
            start = self._clauses.left(sentence, start)
        return replace(match, start=start, end=end, certainty=certainty, cue=cue)

    def _led(self, match: _Match, page: Page, lead: Span) -> _Match:
        """An item that says nothing of its certainty is as certain as the line that leads to it: "may cause:"."""
        if match.certainty is not Certainty.ASSERTED:
            return match
        text = page.folded.text[slice(*lead)]
        certainty, _ = self._certainty.judge(self._certainty.read(text), (len(text), len(text)), [])
        return replace(match, certainty=certainty)

    def _finding(self, id_: str, text: str, page: Page, match: _Match) -> Finding:
        rule = match.rule
        labels: dict[str, str] = {}
        slots: dict[str, Slot] = {}
        subject = page.subject(match.start, match.end, list(match.captures.values()))
        if subject and SUBSTANCE not in match.captures:
            tag, name = subject
            begin, stop = page.folded.span(tag.start, tag.end)
            slots[SUBSTANCE] = Slot(begin, stop, text[begin:stop], name.name)
            labels[SUBSTANCE] = name.label
        for slot, span in match.captures.items():
            slots[slot], labels[slot] = self._slot(slot, span, text, page)
        for slot, value in rule.sets.items():
            begin, stop = page.folded.span(match.start, match.end)
            slots[slot] = Slot(begin, stop, text[begin:stop], value)
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
            severity=rule.severity[match.certainty],
            start=begin,
            end=stop,
            quote=text[begin:stop],
            title=rule.title,
            message=_CAPTURE.sub(lambda capture: _said(capture, slots, labels), rule.message),
            cue=cue,
            slots=slots,
        )

    def _slot(self, slot: str, span: Span, text: str, page: Page) -> tuple[Slot, str]:
        """A slot, and what a message calls it."""
        begin, stop = page.folded.span(*span)
        words = page.folded.text[slice(*span)]
        name = page.name_at(*span)
        canonical = name.name if name else self._quantities.unit(words) if slot == "unit" else None
        value = self._quantities.read(slot, words)
        written = text[begin:stop]
        return Slot(begin, stop, written, canonical or words, value), name.label if name else written


def _resolve(matches: list[_Match]) -> list[_Match]:
    """Of overlapping findings of one category the longest, with the captures of those it swallows."""
    kept: list[_Match] = []
    for match in sorted(matches, key=lambda match: (match.start - match.end, match.start, match.rule.id)):
        longer = next(
            (
                other
                for other in kept
                if other.rule.category == match.rule.category and other.start < match.end and match.start < other.end
            ),
            None,
        )
        if longer is None:
            kept.append(match)
        else:
            longer.captures.update({name: span for name, span in match.captures.items() if name not in longer.captures})
            if longer.certainty is Certainty.ASSERTED and match.certainty is not Certainty.ASSERTED:
                # One clause, one certainty: "by easing stress it may help you sleep" is hedged as a whole.
                kept[kept.index(longer)] = replace(longer, certainty=match.certainty, cue=match.cue)
    return kept


def _moved(match: _Match, by: int) -> _Match:
    """A match with its offsets moved from its sentence to the text."""
    captures = {name: (start + by, end + by) for name, (start, end) in match.captures.items()}
    cue = (match.cue[0] + by, match.cue[1] + by) if match.cue else None
    return replace(match, start=match.start + by, end=match.end + by, captures=captures, cue=cue)


def _said(capture: regex.Match[str], slots: dict[str, Slot], labels: dict[str, str]) -> str:
    """What a message says in place of a capture: the words of the text, or with `.name` the name's label."""
    slot = slots.get(capture[1])
    if slot is None:
        return "the substance"
    return labels[capture[1]] if capture[2] else slot.text


def _prefilter(ruleset: RuleSet) -> re2.Set:
    options = re2.Options()
    options.max_mem = PREFILTER_BYTES
    prefilter = re2.Set.SearchSet(options)
    for rule in ruleset.rules:
        for phrase in rule.match:
            prefilter.Add(phrase.plain)
    prefilter.Compile()
    return prefilter
