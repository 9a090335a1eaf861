"""A text made ready for rules: folded, tagged, in its shadow, cut into sentences, each block in its section."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

import regex

from caveat.document.blocks import Role
from caveat.document.fold import Folded
from caveat.engine.sections import Line
from caveat.engine.tagger import Tag
from caveat.model import SUBSTANCE, Mention, Names
from caveat.rules.lexicon import Name

# A name of somebody's own: a capital in the middle of a sentence, or a sign of trade.
_CAPITAL = regex.compile(r"\p{Lu}(?<=[\p{Ll},] \p{Lu})[\p{L}\d-]{2,}")
_TRADE = regex.compile(r"\b[\p{L}\d-]{3,}(?=\s?[®™])")
_SIGNS = frozenset("®™")
_WORD = regex.compile(r"[\p{L}\d-]{3,}")


class Page:
    """A text, folded, with its shadow, its sentences, blocks and tags; all offsets are those of the folded text.

    `named` are the lexicons, or the types of them, whose names a claim can be about, `medicines` those medicines that
    facts are known of: one that a page names more often than any substance is what that page is about. `aside` finds
    the words before a name in passing.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (all that is known of a text)
        self,
        text: str,
        folded: Folded,
        shadow: str,
        sentences: list[tuple[int, int]],
        lines: list[Line],
        tags: list[Tag],
        named: frozenset[str],
        medicines: frozenset[str],
        aside: regex.Pattern[str],
    ) -> None:
        self.text = text
        self.folded = folded
        self.shadow = shadow
        self.sentences = sentences
        self.lines = lines
        self._line_starts = [line.start for line in lines]
        self.tags = tags
        self.aside = aside
        self._tags = {(tag.start, tag.end): tag for tag in tags}
        self._starts = [tag.start for tag in tags]
        self._named = [tag for tag in tags if any(not named.isdisjoint(name.kinds) for name in tag.names)]
        self._named_at = [tag.start for tag in self._named]
        self.substances = _subjects(self._named, medicines)
        self._substances_at = [tag.start for tag, _ in self.substances]

    def names_something(self, start: int, end: int) -> bool:
        """Whether something that a claim can be about is named from `start` to `end`."""
        return bisect_right(self._named_at, start - 1) < bisect_right(self._named_at, end - 1)

    def follows_another(self, start: int, others: frozenset[str]) -> bool:
        """Whether the sentence before begins with a name of these lexicons, and names nothing to claim things of."""
        before = self.sentence_number(start) - 1
        if before < 0 or self.names_something(*self.sentences[before]):
            return False
        begin, end = self.sentences[before]
        tag = self.first_tag(begin, end)
        if tag is None or len(self.folded.text[begin : tag.start].split()) > 1:
            return False
        return any(name.lexicon in others for name in tag.names)

    def first_tag(self, start: int, end: int) -> Tag | None:
        """The first name in a span."""
        first = bisect_left(self._starts, start)
        return self.tags[first] if first < len(self.tags) and self.tags[first].start < end else None

    def name_at(self, start: int, end: int) -> Name | None:
        """The name that stands exactly at a span."""
        tag = self._tags.get((start, end))
        return tag.names[0] if tag else None

    def line_at(self, place: int) -> Line:
        """The block that a place stands in."""
        return self.lines[self.line_number(place)]

    def line_number(self, place: int) -> int:
        """The number of the block that a place stands in."""
        return bisect_right(self._line_starts, place) - 1

    def names(self, start: int, end: int) -> Names:
        """The names that stand from `start` to `end`, and in the whole sentence there."""
        return Names(self.named_from(start, end), self.named_from(*self.sentence_at(start)))

    def named_from(self, start: int, end: int) -> frozenset[str]:
        """The canonical names that stand in a span."""
        return frozenset(name.name for tag in self.tags_in(start, end) for name in tag.names)

    def holds(self, start: int, end: int, kind: str) -> bool:
        """Whether a name of that lexicon or type stands in a span."""
        return any(kind in name.kinds for tag in self.tags_in(start, end) for name in tag.names)

    def tags_in(self, start: int, end: int) -> list[Tag]:
        """The tags that begin in a span, in order."""
        return self.tags[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def substances_in(self, start: int, end: int) -> list[tuple[Tag, Name]]:
        """The mentions of substances in a span, in order."""
        return self.substances[bisect_left(self._substances_at, start) : bisect_left(self._substances_at, end)]

    def sentence_at(self, place: int) -> tuple[int, int]:
        """The sentence that a place stands in."""
        return self.sentences[self.sentence_number(place)]

    def sentence_number(self, place: int) -> int:
        """The number of the sentence that a place stands in; -1 before the first."""
        return bisect_right(self.sentences, (place, len(self.shadow))) - 1

    @cached_property
    def unlisted(self) -> frozenset[str]:
        """The words that the page writes as names of its own and that no lexicon knows, in small letters."""
        names = {
            match[0].casefold()
            for line in self.lines
            if line.role is not Role.HEADING
            for match in _CAPITAL.finditer(self.folded.visible, line.start, line.end)
            if not self._is_tagged(match.start())
        }
        names |= self._traded
        return frozenset(names.difference(self._small_words)) if names else frozenset()

    @cached_property
    def products(self) -> frozenset[str]:
        """The unlisted names that the page sells: those with a sign of trade, and those in its title."""
        title = next((line for line in self.lines if line.role is Role.HEADING and line.level == 1), None)
        titled = (
            {word.casefold() for word in words_of(self.folded.visible[title.start : title.end])} if title else set()
        )
        return self._traded | (titled & self.unlisted if titled else titled)

    @cached_property
    def _traded(self) -> frozenset[str]:
        """The unlisted names with a sign of trade."""
        visible = self.folded.visible
        if _SIGNS.isdisjoint(visible):
            return frozenset()
        return frozenset(
            match[0].casefold() for match in _TRADE.finditer(visible) if not self._is_tagged(match.start())
        )

    @cached_property
    def _small_words(self) -> frozenset[str]:
        return frozenset(word for word in words_of(self.folded.visible) if word[0].islower())

    def names_a_product(self, start: int, end: int) -> bool:
        """Whether an unlisted product of the page is named in a span."""
        return bool(self.products) and any(
            word.casefold() in self.products for word in words_of(self.folded.visible[start:end])
        )

    def _is_tagged(self, place: int) -> bool:
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self.tags[at].end

    def mentions(self) -> tuple[Mention, ...]:
        """The substances that the text names, most often named first."""
        counts = Counter((name.name, name.label) for _, name in self.substances)
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Mention(name, label, count) for (name, label), count in ranked)


def _subjects(tags: Iterable[Tag], medicines: frozenset[str]) -> list[tuple[Tag, Name]]:
    """The mentions of substances, and of the medicines that are named more often than any of them."""
    substances: Counter[str] = Counter()
    named: Counter[str] = Counter()
    mentions: list[tuple[Tag, Name]] = []
    for tag in tags:
        if name := substance_of(tag):
            substances[name.name] += 1
            mentions.append((tag, name))
        elif name := next((name for name in tag.names if name.name in medicines), None):
            named[name.name] += 1
            mentions.append((tag, name))
    most = max(substances.values(), default=0)
    return [(tag, name) for tag, name in mentions if name.lexicon == SUBSTANCE or named[name.name] > most]


def words_of(text: str) -> list[str]:
    """The words of a text that can be names."""
    return _WORD.findall(text)


def substance_of(tag: Tag) -> Name | None:
    """The substance that stands at a tag, if one does."""
    return next((name for name in tag.names if name.lexicon == SUBSTANCE), None)
