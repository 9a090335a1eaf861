"""All lexicons together: which forms are tagged, under which code, and what `{lexicon}` means in a pattern.

A tagged name stands in the shadow text as a code of two or three capital letters, filled up with Z to its length.
There is one code for each kind of name that can stand at a place: `insulin` is a hormone and a medicine,
so its code belongs to both lexicons, and to a pattern a lexicon of any size is one small character class.
A name that some pattern also uses as a plain word (`sleep`) has a code of its own, so that the pattern sees it; these
are many, and have three letters.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping

from caveat.document.fold import fold
from caveat.rules import needs
from caveat.rules.inflect import FORMS, Inflector
from caveat.rules.lexicon import Form, Name, can_be_misspelled
from caveat.rules.phrase import Piece, any_of, bare, compile_phrase, literals, one_of
from caveat.rules.problems import PhraseError, did_you_mean
from caveat.rules.schema import Phrases, Words
from caveat.rules.slips import Slips

FILLER = "Z"
# Characters from which on an expression is worth to be compiled only once in a pattern.
_LONG = 150
# The letters of a code that every name has room for.
_SHORT = 2
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXY"

# A kind of name: its lexicon and its type within it, such as ("target", "receptor").
Kind = tuple[str, str]


class Vocabulary:
    """The forms of all names, and the pieces that lexicons give to patterns."""

    def __init__(
        self,
        forms: Iterable[Form],
        words: Mapping[str, Words],
        phrases: Mapping[str, Phrases],
        inflector: Inflector,
        plain: Iterable[str],
    ) -> None:
        """`plain` are the plain words that patterns use; those of the lexicons of words are added to them."""
        self._words = words
        self._phrases = phrases
        self._inflector = inflector
        self._pieces: dict[str, Piece] = {}
        self._open: list[str] = []
        self.forms = _homonyms(forms)
        self._slips = Slips(
            (text, (form,)) for text, own in self.forms.items() for form in own if can_be_misspelled(form)
        )
        spellings = itertools.chain.from_iterable(map(self.spellings, words))
        # Of the names, those that patterns also use as plain words.
        plain = {*plain, *(word for spelling in spellings for word in fold(spelling).text.split())}
        self._words_of_patterns = plain
        self._plain = plain.intersection(self.forms)
        self._codes = _codes(self.forms, self._plain)
        self._codes_of: defaultdict[str, list[str]] = defaultdict(list)
        for (_, form), code in self._codes.items():
            self._codes_of[form].append(code)

    def forms_of(self, word: str) -> tuple[Form, ...]:
        """The forms that are written so, or of which a word is a misspelling; no word of a pattern is one."""
        if word in self.forms:
            return self.forms[word]
        return () if word in self._words_of_patterns else self._slips.of(word) or ()

    def code(self, form: str, names: Iterable[Name]) -> str:
        """The code of a place where a form stands for these names."""
        kinds = frozenset((name.lexicon, name.type) for name in names)
        return self._codes[kinds, form if form in self._plain else ""]

    def written(self, word: str) -> list[Piece]:
        """The pieces for a plain word, which may also be tagged as a name."""
        return [Piece(bare(word), needs.word(word)), *map(_coded, sorted(self._codes_of.get(word, ())))]

    def piece(self, lexicon: str) -> Piece:
        """What `{lexicon}` or `{lexicon.form}` stands for; raises PhraseError for a name nobody knows."""
        if lexicon not in self._pieces:
            if lexicon in self._open:
                raise PhraseError("lexicon-circle", f"{{{lexicon}}} is made of itself: {' > '.join(self._open)}.")
            self._open.append(lexicon)
            try:
                self._pieces[lexicon] = self._build(lexicon)
            finally:
                self._open.pop()
        return self._pieces[lexicon]

    def give_up(self, lexicon: str) -> None:
        """Let a lexicon that cannot be built stand for nothing, so that patterns which use it are not blamed too."""
        self._pieces[lexicon] = Piece(FILLER)

    def shared(self) -> list[str]:
        """The long expressions without captures that lexicons give to patterns, the longest first."""
        expressions = {piece.expression for piece in self._pieces.values()}
        shared = (each for each in expressions if len(each) > _LONG and "(?P<" not in each)
        return sorted(shared, key=lambda each: (-len(each), each))

    def spellings(self, lexicon: str) -> list[str]:
        """All words of a lexicon of words, in the form that is asked for."""
        name, _, form = lexicon.partition(".")
        if name not in self._words:
            raise PhraseError(
                "lexicon-unknown", f"There is no lexicon of words '{name}'.{did_you_mean(name, self._words)}"
            )
        words = self._words[name]
        verbs = [self._inflector.verb(verb) for verb in words.verbs]
        if form:
            if form not in FORMS or not verbs:
                raise PhraseError("lexicon-form", f"'{name}' has no form '{form}'; verbs have {', '.join(FORMS)}.")
            return sorted({forms[form] for forms in verbs})
        nouns = itertools.chain.from_iterable(map(self._inflector.noun, words.nouns))
        return sorted({*itertools.chain.from_iterable(forms.values() for forms in verbs), *nouns, *words.words})

    def _build(self, lexicon: str) -> Piece:
        name, _, form = lexicon.partition(".")
        if name in self._words:
            longest_first = sorted(self.spellings(lexicon), key=lambda word: (-len(word), word))
            written = itertools.chain.from_iterable(literals(word, self) for word in longest_first)
            return any_of(written, captured=False)
        if name in self._phrases and not form:
            compiled = [compile_phrase(phrase, self, inner=True) for phrase in self._phrases[name].phrases]
            return any_of(Piece(phrase.expression, phrase.needs, phrase.may) for phrase in compiled)
        codes = [code for (kinds, _), code in self._codes.items() if any(_is(kind, name, form) for kind in kinds)]
        if not codes:
            known = {*self._words, *self._phrases, *(kind[0] for kinds, _ in self._codes for kind in kinds)}
            if form and name in known:
                types = sorted({kind[1] for kinds, _ in self._codes for kind in kinds if kind[0] == name and kind[1]})
                raise PhraseError(
                    "lexicon-form", f"'{name}' has no type '{form}'; it has {', '.join(types) or 'none'}."
                )
            raise PhraseError("lexicon-unknown", f"There is no lexicon '{name}'.{did_you_mean(name, known)}")
        return Piece(one_of(sorted(codes)) + FILLER + "*", needs.either(map(needs.code, codes)))


def _coded(code: str) -> Piece:
    return Piece(code + FILLER + "*", needs.code(code))


def _is(kind: Kind, lexicon: str, type_: str) -> bool:
    return kind[0] == lexicon and (not type_ or kind[1] == type_)


def _homonyms(forms: Iterable[Form]) -> dict[str, tuple[Form, ...]]:
    """The forms by how they are written."""
    listed: defaultdict[str, list[Form]] = defaultdict(list)
    for form in forms:
        listed[form.text].append(form)
    return {text: tuple(found) for text, found in listed.items()}


def _codes(forms: Mapping[str, tuple[Form, ...]], plain: set[str]) -> dict[tuple[frozenset[Kind], str], str]:
    """A code for each set of kinds that can stand at one place, and for each plain word of its own."""
    alike = {
        (frozenset((form.name.lexicon, form.name.type) for form in homonyms), text if text in plain else "")
        for text, homonyms in forms.items()
    }
    wanted = {
        (frozenset(some), text)
        for kinds, text in alike
        for size in range(1, len(kinds) + 1)
        for some in itertools.combinations(kinds, size)
    }
    codes: dict[tuple[frozenset[Kind], str], str] = {}
    long = [want for want in wanted if len(want[1]) > _SHORT]
    for length, some in ((_SHORT, wanted.difference(long)), (_SHORT + 1, long)):
        if len(some) > len(_LETTERS) ** length:
            message = f"Patterns use too many names as plain words ({len(some)}); use {{lexicons}} instead."
            raise PhraseError("codes-used-up", message)
        ordered = sorted(some, key=lambda want: (want[1], sorted(want[0])))
        codes |= dict(zip(ordered, map("".join, itertools.product(_LETTERS, repeat=length)), strict=False))
    return codes
