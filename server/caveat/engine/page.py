"""A text made ready for rules: folded, tagged, in its shadow, and asked what it is about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property

import regex

from caveat.engine.tagger import Tag
from caveat.model import DRUG, SUBSTANCE, Mention, Names
from caveat.rules.lexicon import Name
from caveat.text.fold import Folded
from caveat.text.sentences import is_fragment

# How many lines after its name a row of a table, or a list, is taken to go on.
ROW = 6


class Page:
    """A text, folded, with its shadow, its sentences and its tags; all offsets are those of the folded text.

    `named` are the lexicons whose names a claim can be about; `aside` finds the words before a name in passing.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (all that is known of a text)
        self,
        text: str,
        folded: Folded,
        shadow: str,
        sentences: list[tuple[int, int]],
        tags: list[Tag],
        named: frozenset[str],
        aside: regex.Pattern[str],
    ) -> None:
        self.text = text
        self.folded = folded
        self.shadow = shadow
        self.sentences = sentences
        self.tags = tags
        self._aside = aside
        self._tags = {(tag.start, tag.end): tag for tag in tags}
        self._starts = [tag.start for tag in tags]
        self._named = [tag for tag in tags if any(name.lexicon in named for name in tag.names)]
        self._named_at = [tag.start for tag in self._named]
        self._substances = [(tag, name) for tag in self._named if (name := _substance(tag))]
        self._substances_at = [tag.start for tag, _ in self._substances]

    def names_something(self, start: int, end: int) -> bool:
        """Whether something that a claim can be about is named from `start` to `end`."""
        return bisect_right(self._named_at, start - 1) < bisect_right(self._named_at, end - 1)

    def follows_another(self, start: int, others: frozenset[str]) -> bool:
        """Whether the sentence before begins with a name of these lexicons, and names nothing to claim things of."""
        before = bisect_right(self.sentences, (start, len(self.shadow))) - 2
        if before < 0 or self.names_something(*self.sentences[before]):
            return False
        begin, end = self.sentences[before]
        tag = self._first_tag(begin, end)
        if tag is None or len(self.folded.text[begin : tag.start].split()) > 1:
            return False
        return any(name.lexicon in others for name in tag.names)

    def _first_tag(self, start: int, end: int) -> Tag | None:
        first = bisect_left(self._starts, start)
        return self.tags[first] if first < len(self.tags) and self.tags[first].start < end else None

    def name_at(self, start: int, end: int) -> Name | None:
        """The name that stands exactly at a span."""
        tag = self._tags.get((start, end))
        return tag.names[0] if tag else None

    def subject(self, start: int, end: int, taken: list[tuple[int, int]]) -> tuple[Tag, Name] | None:
        """The substance that a claim is about: one that it names, or one named before it in its sentence or above it.

        Without any it is what the page is about: of the substances named so far, the one named most.
        Names inside a `taken` span are something else in the claim, such as the medicine of a warning, and one
        named only in passing ("faster than valerian") counts where there is no other.
        """
        after = bisect_right(self._substances_at, start - 1)
        inside = [
            (tag, name)
            for tag, name in self._substances[after : bisect_right(self._substances_at, end - 1)]
            if not any(span[0] <= tag.start and tag.end <= span[1] for span in taken)
        ]
        if not any(span[0] == start for span in taken) and (drug := self._drug_at(start)):
            return drug
        for tag, name in inside:
            if not self._aside.search(self.folded.text, start, tag.start):
                return tag, name
        if after and (self._substances_at[after - 1] >= self._sentence_at(start)[0] or self._heads(after - 1, start)):
            return self._substances[after - 1]
        if after:
            return self._substances[self._topics[after - 1]]
        return inside[0] if inside else None

    def _drug_at(self, place: int) -> tuple[Tag, Name] | None:
        """The medicine with whose name a claim begins, unless it is a substance too."""
        tag = self._first_tag(place, place + 1)
        name = next((name for name in tag.names if name.lexicon == DRUG), None) if tag else None
        return (tag, name) if tag and name and not _substance(tag) else None

    def _heads(self, mention: int, place: int) -> bool:
        """Whether a mention of a substance is all that its line says, and the sentence at a place belongs to that line.

        It does right after it, and in a row of a table or a list also further down.
        """
        tag = self._substances[mention][0]
        at = bisect_right(self.sentences, (place, len(self.shadow))) - 1
        head = bisect_right(self.sentences, (tag.start, len(self.shadow))) - 1
        start, end = self.sentences[head]
        if any(map(str.isalpha, self.folded.text[start : tag.start] + self.folded.text[tag.end : end])):
            return False
        return at - head == 1 or (at - head <= ROW and self._are_fragments(head + 1, at + 1))

    def _are_fragments(self, first: int, stop: int) -> bool:
        return all(is_fragment(self.folded.text[slice(*sentence)]) for sentence in self.sentences[first:stop])

    def names(self, start: int, end: int) -> Names:
        """The names that stand from `start` to `end`, and in the whole sentence there."""
        return Names(self._named_from(start, end), self._named_from(*self._sentence_at(start)))

    def _named_from(self, start: int, end: int) -> frozenset[str]:
        tags = self.tags[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return frozenset(name.name for tag in tags for name in tag.names)

    def _sentence_at(self, place: int) -> tuple[int, int]:
        return self.sentences[bisect_right(self.sentences, (place, len(self.shadow))) - 1]

    @cached_property
    def _topics(self) -> list[int]:
        """For each mention of a substance, the latest mention so far of the one that is named most so far."""
        counts: Counter[str] = Counter()
        latest: dict[str, int] = {}  # in the order in which the substances were first named
        topics: list[int] = []
        for at, (_, name) in enumerate(self._substances):
            counts[name.name] += 1
            latest[name.name] = at
            topics.append(latest[max(latest, key=counts.__getitem__)])
        return topics

    def mentions(self) -> tuple[Mention, ...]:
        """The substances that the text names, most often named first."""
        counts = Counter((name.name, name.label) for _, name in self._substances)
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Mention(name, label, count) for (name, label), count in ranked)


def _substance(tag: Tag) -> Name | None:
    return next((name for name in tag.names if name.lexicon == SUBSTANCE), None)
