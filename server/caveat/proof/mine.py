"""Mining pages for what the rules do not find yet: sentences that come near, unknown names, headings that open nothing.

It needs no annotations. A sentence that names a substance beside a condition, a target, a harm, an amount or a
medicine, and of which no rule says anything, is grouped by the word that joins most such sentences; that word's
sentences are taken away, and the next word is sought among the rest, so that the first group is the one to look at
first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from caveat.document.blocks import Document, Role
from caveat.engine.engine import Engine
from caveat.engine.match import Fate, Outcome
from caveat.engine.page import Page
from caveat.engine.quantity import QuantityReader
from caveat.model import DRUG, SUBSTANCE, Finding
from caveat.rules.language import WORD, common_words, is_english
from caveat.rules.ruleset import RuleSet

# What a claim can say of a substance, beside its amount; of two in a sentence the earlier one counts.
OBJECTS = ("condition", "target", "harm", DRUG, "population")
AMOUNT = "amount"
# A word that stands in more than this share of the sentences that are read joins everything, and so tells nothing.
_COMMON = 0.02
_COMMON_AFTER = 500
# What stops a match that may be a claim; rules for lists match every other line, and that says nothing.
_STOPPED = (Fate.NO_SUBJECT, Fate.EXCUSED)
# Forms of a word are those with so many letters alike.
_STEM = 6
# A heading with more words is a sentence.
_LONGEST_HEAD = 8


@dataclass(frozen=True, slots=True)
class Group:
    """What many places have in common: what they are, the word that joins them, and their texts."""

    kind: str
    word: str
    texts: tuple[str, ...]


@dataclass(slots=True)
class Mined:
    """What pages gave: how many were read, how many are in another language, how many sentences have a finding."""

    pages: int = 0
    foreign: int = 0
    sentences: int = 0
    with_findings: int = 0
    near: list[Group] = field(default_factory=list)
    stopped: list[Group] = field(default_factory=list)
    names: list[Group] = field(default_factory=list)
    headings: list[Group] = field(default_factory=list)
    missed: list[Group] = field(default_factory=list)
    wrong: list[Group] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Label:
    """A claim that somebody has marked in a text: its category, and its span in code points."""

    category: str
    start: int
    end: int
    optional: bool = False


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A sentence to be grouped: its kind, the words that may join it, and its text."""

    kind: str
    words: frozenset[str]
    text: str


class Miner:
    """Gathers from page after page; `mined` gives the groups, the largest first."""

    def __init__(self, ruleset: RuleSet, engine: Engine) -> None:
        self._engine = engine
        self._quantities = QuantityReader(ruleset.quantities)
        self._common = common_words(ruleset)
        self._sum = Mined()
        self._near: list[_Sighting] = []
        self._missed: list[_Sighting] = []
        self._stopped: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._names: dict[str, list[str]] = defaultdict(list)
        self._headings: dict[str, list[str]] = defaultdict(list)
        self._wrong: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._seen: Counter[str] = Counter()
        self._written: dict[str, Counter[str]] = defaultdict(Counter)

    def read(self, document: Document, labels: Iterable[Label] | None = None) -> None:
        """Read a page; `labels` are the claims that somebody has marked in its text."""
        page = self._engine.read(document)
        if not is_english(page.folded.text, self._common):
            self._sum.foreign += 1
            return
        outcomes: list[Outcome] = []
        findings = self._engine.find(page, outcomes.append).findings
        self._sum.pages += 1
        self._sum.sentences += len(page.sentences)
        placed = [(_number(page, page.folded.place(each.start, each.end)[0]), each) for each in findings]
        found = {number for number, _ in placed}
        self._sum.with_findings += len(found)
        for number, span in enumerate(page.sentences):
            self._seen.update({word.casefold()[:_STEM] for word in _words_of(page, span)})
            if number not in found and not page.line_at(span[0]).topic:
                self._look(page, span)
        for outcome in outcomes:
            if outcome.fate in _STOPPED:
                number = _number(page, outcome.match.start)
                if number not in found:
                    self._stopped[outcome.match.rule.id, str(outcome.fate)].append(_text(page, page.sentences[number]))
        self._look_at_headings(page)
        if labels is not None:
            self._compare(page, placed, list(labels))

    def mined(self) -> Mined:
        """What was gathered, the largest group first."""
        self._sum.near = self._grouped(self._near)
        self._sum.missed = self._grouped(self._missed)
        self._sum.stopped = _counted((*key, texts) for key, texts in self._stopped.items())
        self._sum.wrong = _counted((*key, texts) for key, texts in self._wrong.items())
        self._sum.names = _counted(("name", word, texts) for word, texts in self._names.items())
        self._sum.headings = _counted(("heading", word, texts) for word, texts in self._headings.items())
        return self._sum

    def _look(self, page: Page, span: tuple[int, int]) -> None:
        """Note a sentence without a finding that names what a claim is about and what a claim says."""
        heads = page.line_at(span[0]).heads
        named = page.names_something(*span) or any(page.names_something(*head) for head in heads)
        kind = self._object(page, span)
        if kind and named:
            text = _text(page, span)
            self._near.append(_Sighting(kind, self._words(page, span), text))
            for word in _words_of(page, span):
                if word.casefold() in page.unlisted:
                    self._names[word].append(text)

    def _object(self, page: Page, span: tuple[int, int]) -> str | None:
        """What a sentence says of its substance: the lexicon of what stands beside it, or an amount."""
        tags = page.tags_in(*span)
        lexicons = {name.lexicon for tag in tags for name in tag.names}
        alone = (
            lexicons & {SUBSTANCE, "generic"} or sum(DRUG in {name.lexicon for name in tag.names} for tag in tags) > 1
        )
        for lexicon in OBJECTS:
            if lexicon in lexicons and (lexicon != DRUG or alone):
                return lexicon
        return AMOUNT if self._quantities.amount(page.folded.visible[slice(*span)]) else None

    def _words(self, page: Page, span: tuple[int, int]) -> frozenset[str]:
        """The stems of the words of a sentence that are no names and tell something."""
        stems: set[str] = set()
        for word in _words_of(page, span):
            small = word.casefold()
            if small not in self._common:
                stem = small[:_STEM]
                self._written[stem][small] += 1
                stems.add(stem)
        return frozenset(stems)

    def _look_at_headings(self, page: Page) -> None:
        """Count what stands under headings, leads and heads of columns that open no section and name nothing."""
        for line in page.lines:
            if not line.fragment or line.section or not line.heads or line.role is Role.HEADING:
                continue
            head = line.heads[0]
            text = page.folded.text[slice(*head)].strip(" :.?!")
            if text and len(text.split()) <= _LONGEST_HEAD and not page.names_something(*head):
                self._headings[text].append(_text(page, (line.start, line.end)))

    def _compare(self, page: Page, placed: list[tuple[int, Finding]], labels: list[Label]) -> None:
        """Note the claims that were marked and not found, and what was found where nothing is marked.

        `placed` are the findings, each with the number of its sentence.
        """
        marked = {(_number(page, page.folded.place(label.start, label.end)[0]), label.category) for label in labels}
        found = {(number, str(finding.category)) for number, finding in placed}
        for label in labels:
            span = page.folded.place(label.start, label.end)
            number = _number(page, span[0])
            if not label.optional and (number, label.category) not in found:
                text = _text(page, page.sentences[number])
                self._missed.append(_Sighting(label.category, self._words(page, span), text))
        for number, finding in placed:
            if (number, str(finding.category)) not in marked:
                self._wrong[finding.rule, str(finding.category)].append(_text(page, page.sentences[number]))

    def _grouped(self, sightings: list[_Sighting]) -> list[Group]:
        """Sightings by the words that join most of them; what no word joins stands last."""
        groups: list[Group] = []
        most = max(self._sum.sentences, _COMMON_AFTER) * _COMMON
        by_kind: dict[str, list[_Sighting]] = defaultdict(list)
        for sighting in sightings:
            by_kind[sighting.kind].append(sighting)
        for kind, own_kind in by_kind.items():
            left = own_kind
            while left:
                counts = Counter(word for each in left for word in each.words if self._seen[word] <= most)
                word, times = max(counts.items(), key=lambda item: (item[1], item[0]), default=("", 0))
                own = [sighting for sighting in left if times > 1 and word in sighting.words] or left
                written = self._written[word].most_common(1)[0][0] if times > 1 else "(each its own word)"
                groups.append(Group(kind, written, tuple(sighting.text for sighting in own)))
                gone = {id(sighting) for sighting in own}
                left = [sighting for sighting in left if id(sighting) not in gone]
        return sorted(groups, key=lambda group: (group.word.startswith("("), -len(group.texts), group.word))


def _counted(entries: Iterable[tuple[str, str, list[str]]]) -> list[Group]:
    groups = [Group(kind, word, tuple(texts)) for kind, word, texts in entries]
    return sorted(groups, key=lambda group: (-len(group.texts), group.kind, group.word))


def _words_of(page: Page, span: tuple[int, int]) -> Iterator[str]:
    """The words of a span that stand in no tag."""
    start, end = span
    tags = page.tags_in(start, end)
    for begin, stop in zip([start, *(tag.end for tag in tags)], [*(tag.start for tag in tags), end], strict=True):
        yield from (match[0] for match in WORD.finditer(page.folded.visible, begin, max(begin, stop)))


def _number(page: Page, place: int) -> int:
    return max(page.sentence_number(place), 0)


def _text(page: Page, span: tuple[int, int]) -> str:
    return " ".join(page.text[slice(*page.folded.span(*span))].split())
