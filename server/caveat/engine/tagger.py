"""Tagging names, and the shadow text in which a name is one code.

One Aho-Corasick pass finds every form of every lexicon. Of those that stand on word boundaries, the
leftmost and longest are kept, and written over with the code of their kind: `opioid receptors` becomes
`AKZZZZZZZZZZZZZZ`. Folded text owns no capitals, so a code cannot be mistaken for a word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import regex
from ahocorasick_rs import AhoCorasick, MatchKind

from caveat.document.fold import Folded
from caveat.rules.lexicon import Form, Name
from caveat.rules.slips import LONGEST, SHORTEST_MEDICINE
from caveat.rules.vocabulary import FILLER, Vocabulary

# Words that may be misspelled names, a letter shorter or longer than those; and how many of them are kept at hand.
_LONG = regex.compile(rf"(?<![^\W_])[a-z]{{{SHORTEST_MEDICINE - 1},{LONGEST + 1}}}(?![^\W_])")
_HYPHENED = regex.compile(r"(?<![^\W_])[a-z]{2,16}-[a-z]{2,24}(?![^\W_])")
MOST_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Tag:
    """A place in the folded text where a name stands, or several names that are written alike."""

    start: int
    end: int
    names: tuple[Name, ...]


class Tagger:
    """Finds the names of a vocabulary in a text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._code = vocabulary.code
        self._words: dict[str, tuple[Form, ...]] = {}
        self._forms: list[tuple[Form, ...]] = list(vocabulary.forms.values())
        self._plain = [not any(form.exact or form.near for form in forms) for forms in self._forms]
        self._names = [tuple(form.name for form in forms) for forms in self._forms]
        self._automaton = AhoCorasick(list(vocabulary.forms), matchkind=MatchKind.Standard)

    def tag(self, folded: Folded, sentences: list[tuple[int, int]]) -> list[Tag]:
        """The names in a folded text, in order, none overlapping."""
        text = folded.text
        length = len(text)
        hits = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if (start == 0 or not text[start - 1].isalnum()) and (end == length or not text[end].isalnum())
        ]
        hits += self._misspelled(text, {start for start, _, _ in hits})
        hits.sort()
        tags: list[Tag] = []
        waiting: list[tuple[int, Tag, set[Name]]] = []
        free = 0
        for start, negative_end, index in hits:
            if start < free:
                continue
            end = -negative_end
            is_slip = index < 0
            names = tuple(form.name for form in self._forms_of(text[start:end])) if is_slip else self._names[index]
            if not is_slip and not self._plain[index]:
                written = folded.visible[start:end]
                forms = [form for form in self._forms[index] if not form.exact or form.exact == written]
                if not forms:
                    continue
                names = tuple(form.name for form in forms)
                near = {form.name for form in forms if form.near}.difference(
                    form.name for form in forms if not form.near
                )
                if near:
                    waiting.append((len(tags), Tag(start, end, names), near))
            tags.append(Tag(start, end, names))
            free = end
        return _settle(tags, waiting, sentences) if waiting else tags

    def _misspelled(self, text: str, known: set[int]) -> Iterator[tuple[int, int, int]]:
        """The words of a text that misspell a long name, as hits with the index -1, but in places that are `known`."""
        for pattern in (_LONG, _HYPHENED):
            for word in pattern.finditer(text):
                start, end = word.span()
                if start not in known and self._forms_of(word[0]):
                    yield start, -end, -1

    def _forms_of(self, word: str) -> tuple[Form, ...]:
        """The forms that a word misspells; most words are read again and again."""
        found = self._words.get(word)
        if found is None:
            if len(self._words) >= MOST_WORDS:
                self._words.clear()
            found = self._words[word] = self._vocabulary.forms_of(word)
        return found

    def shadow(self, text: str, tags: list[Tag]) -> str:
        """The folded text with each tag written over by its code; the same length."""
        pieces: list[str] = []
        at = 0
        for tag in tags:
            pieces += (
                text[at : tag.start],
                self._code(text[tag.start : tag.end], tag.names).ljust(tag.end - tag.start, FILLER),
            )
            at = tag.end
        pieces.append(text[at:])
        return "".join(pieces)


def _settle(tags: list[Tag], waiting: list[tuple[int, Tag, set[Name]]], sentences: list[tuple[int, int]]) -> list[Tag]:
    """Keep of the everyday words only those in a sentence that names the same thing by another form."""
    starts = [start for start, _ in sentences]
    doubtful = {at for at, _, _ in waiting}
    sure = {
        (bisect_right(starts, tag.start), name)
        for at, tag in enumerate(tags)
        if at not in doubtful
        for name in tag.names
    }
    settled: list[Tag | None] = list(tags)
    for at, tag, near in waiting:
        sentence = bisect_right(starts, tag.start)
        names = tuple(name for name in tag.names if name not in near or (sentence, name) in sure)
        settled[at] = Tag(tag.start, tag.end, names) if names else None
    return [tag for tag in settled if tag]
