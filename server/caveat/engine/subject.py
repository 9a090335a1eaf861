"""What a claim is about: the substance that it names, or that the page has named for it; else nothing.

In this order: named in the claim; named before it in its sentence, or right behind it; the last one named in its own
block; the head of its row or column, its list or its term; its headings; what the page is about. A claim whose own
subject is a name that nobody has listed ("Relaxium eases stress") or a group of products ("Certain vitamins"), in its
sentence or its heading, is about that, and so has no substance: a wrong name is worse than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from caveat.engine.match import Match
from caveat.engine.page import Page, substance_of, words_of
from caveat.engine.sections import Line
from caveat.engine.tagger import Tag
from caveat.model import DRUG, Category
from caveat.rules.lexicon import Name

# Words for what is taken, which name nothing.
_GENERIC = "generic"
# What a substance is said to do, to another one perhaps.
_DOING = (Category.BENEFIT, Category.MECHANISM)
# The slot of what a warning warns of.
MEDICINE = "medicine"
# A name so few characters behind a claim belongs to it: "do not exceed 5 g of kratom a day".
BEHIND = 12
# How many lines after its name a row of a table, or a list, is taken to go on.
ROW = 6

Span = tuple[int, int]
Subject = tuple[Tag, Name]


class SubjectReader:
    """Finds what the claims of one page are about."""

    def __init__(self, page: Page, pointing: regex.Pattern[str], many: regex.Pattern[str]) -> None:
        """`pointing` finds words that point to something named before, such as "it"; `many` those before a group."""
        self._page = page
        self._pointing = pointing
        self._many = many
        self._topics = _topics(page.substances)

    def of(self, match: Match) -> Subject | None:
        """The substance that a match is about; what stands after the medicine of a warning goes with the medicine."""
        taken = list(match.captures.values())
        if MEDICINE in match.captures:
            listed = match.captures[MEDICINE][0], match.end
            if subject := self._in_claim(match, [*taken, listed]):
                return subject
        own = self._in_claim(match, taken)
        if own and self._is_acted_upon(match, own):
            return self._before(match) or own
        return own or self._around(match, taken)

    def _in_claim(self, match: Match, taken: Sequence[Span]) -> Subject | None:
        """The substance that a claim names; one named only in passing ("faster than valerian") is not it."""
        if not any(span[0] == match.start for span in taken) and (drug := self._drug_at(match.start)):
            return drug
        inside = _without(self._page.substances_in(match.start, match.end), taken)
        return next((each for each in inside if not self._is_aside(match.start, each[0])), None)

    def _around(self, match: Match, taken: Sequence[Span]) -> Subject | None:
        """The substance that the words around a claim name for it."""
        page = self._page
        sentence = page.sentence_at(match.start)
        if before := self._before(match):
            return before
        if behind := page.substances_in(match.end, min(match.end + BEHIND, sentence[1])):
            return behind[0]
        if self._names_another(match) or self._is_of_a_group(sentence):
            return None
        line = page.line_at(match.start)
        if found := self._earlier(line, sentence[0]) or self._head(line):
            return found
        if self._is_headed_by_another(line):
            return None
        return self._topic(match.start) or next(iter(_without(page.substances_in(match.start, match.end), taken)), None)

    def _before(self, match: Match) -> Subject | None:
        """The substance that the sentence names last before a claim."""
        before = self._page.substances_in(self._page.sentence_at(match.start)[0], match.start)
        return before[-1] if before else None

    @staticmethod
    def _is_acted_upon(match: Match, own: Subject) -> bool:
        """Whether a promise that begins with its verb names a substance behind it: "enhances retention of calcium"."""
        return match.rule.category in _DOING and match.core[0] == match.start < own[0].start

    def _is_of_a_group(self, sentence: Span) -> bool:
        """Whether a sentence begins with a group of products and not with one that was told of: "Certain vitamins"."""
        tag = self._page.first_tag(*sentence)
        if tag is None or not any(name.lexicon == _GENERIC for name in tag.names):
            return False
        text = self._page.folded.text
        return text[tag.end - 1] == "s" and self._many.match(text, sentence[0], tag.start) is not None

    def _is_headed_by_another(self, line: Line) -> bool:
        """Whether the nearest block above that names anything names a group of products, and no substance."""
        return bool(line.heads) and self._page.names_something(*line.heads[0])

    def _earlier(self, line: Line, end: int) -> Subject | None:
        """The substance that the last sentence before in the same block that names any begins with."""
        page = self._page
        if not (mentions := page.substances_in(line.start, end)):
            return None
        begin, stop = page.sentence_at(mentions[-1][0].start)
        return next((each for each in page.substances_in(begin, stop) if not self._is_aside(begin, each[0])), None)

    def _head(self, line: Line) -> Subject | None:
        """The substance that a block which heads this one names alone."""
        for head in (*line.heads, *self._bare_names(line)):
            found = self._page.substances_in(*head)
            if len({name.name for _, name in found}) == 1:
                return found[0]
        return None

    def _bare_names(self, line: Line) -> Iterator[Span]:
        """Where a table lost its marks: the last line of nothing but a name, among the short lines before this one."""
        lines = self._page.lines
        at = self._page.line_number(line.start)
        for number in range(at - 1, max(-1, at - ROW - 1), -1):
            before = lines[number]
            if not (before.fragment and (line.fragment or number == at - 1)):
                return
            if self._is_bare(before):
                yield before.start, before.end
                return

    def _is_bare(self, line: Line) -> bool:
        found = self._page.substances_in(line.start, line.end)
        text = self._page.folded.text
        return len(found) == 1 and not any(
            map(str.isalpha, text[line.start : found[0][0].start] + text[found[0][0].end : line.end])
        )

    def _topic(self, place: int) -> Subject | None:
        """What the page is about so far."""
        before = self._page.substances_in(0, place)
        at = self._topics[len(before) - 1] if before else None
        return None if at is None else self._page.substances[at]

    def _names_another(self, match: Match) -> bool:
        """Whether the words before a claim name something nobody has listed, with no word after it that points back."""
        page = self._page
        begin = page.sentence_at(match.start)[0]
        before = page.folded.visible[begin : match.core[0]]
        names = [name for name in words_of(before) if name.casefold() in self._page.unlisted]
        if not names:
            return False
        behind = before[before.rindex(names[-1]) + len(names[-1]) :]
        return not self._pointing.search(behind.lower())

    def _is_aside(self, start: int, tag: Tag) -> bool:
        return bool(self._page.aside.search(self._page.folded.text, start, tag.start))

    def _drug_at(self, place: int) -> Subject | None:
        """The medicine with whose name a claim begins, unless it is a substance too."""
        tag = self._page.first_tag(place, place + 1)
        name = next((name for name in tag.names if name.lexicon == DRUG), None) if tag else None
        return (tag, name) if tag and name and not substance_of(tag) else None


def _without(mentions: Sequence[Subject], taken: Sequence[Span]) -> list[Subject]:
    return [
        (tag, name) for tag, name in mentions if not any(span[0] <= tag.start and tag.end <= span[1] for span in taken)
    ]


def _topics(substances: Sequence[Subject]) -> list[int | None]:
    """For each mention of a substance, the latest mention so far of the one that is named most so far.

    What is a food and a drug at once, as alcohol is, goes with what a page is about.
    """
    counts: Counter[str] = Counter()
    latest: dict[str, int] = {}  # in the order in which the substances were first named
    topics: list[int | None] = []
    for at, (tag, name) in enumerate(substances):
        if not (name.type == "food" and any(other.lexicon == DRUG for other in tag.names)):
            counts[name.name] += 1
            latest[name.name] = at
        topics.append(latest[max(latest, key=counts.__getitem__)] if latest else None)
    return topics
