"""The phrase language: patterns that read like the words they find.

    {agent} ~4 {modulate} {target} activity?

finds up to four words between an agent and a verb. A pattern is made of

    word         the word itself; `word*` also with any ending; `re-uptake` with a hyphen, a space or neither
    {lexicon}    a word or name of that lexicon; names and phrases are captured under the lexicon's name
    {slot:lexicon|other.ing}   captured as `slot`: from several lexicons, in one inflected form
    (a|b c)      one of several
    x?           perhaps
    ~4           up to four words between, never across ; or :
    x + y        y right behind x or after a space, as in 500mg and 500 mg
    , and :      a comma, a colon
    ^ and $      the beginning and the end of the sentence

A pattern that begins with `regex:` is a regular expression over the folded text (the Python `regex`
syntax that RE2 reads too). Patterns are compiled for the shadow text of `engine.tagger`, in which each
name is one code of capital letters.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import re2
import regex

from caveat.document.fold import fold
from caveat.rules.problems import PhraseError

# Between neighbours: white space, hyphens, quotes and brackets. Across a gap: commas too.
_NEXT = r"""["')\]*_#]*[\s\-]+["'(\[*_#]*"""
_JOINED = r"[\s\-]*"
_ACROSS = r"""[\s,()"\[\]*_#]+"""
_PERHAPS_ACROSS = r"""[\s,()"\[\]*_#]*"""
_ANY_WORD = r"""[^\s,;:()"\[\]*_#]+"""
_WORDS = regex.compile(_ANY_WORD)
_TOKEN = regex.compile(
    r"\s*(?:(?P<slot>\{[^{}]*\})|~(?P<gap>\d+)|(?P<mark>[()|?,:^$]|\+(?=\s))|(?P<word>[^\s{}()|?,:^$~]+))"
)
_SLOT = regex.compile(r"^\{(?:(?P<name>[a-z_]+):)?(?P<lexicons>[a-z0-9_.]+(?:\|[a-z0-9_.]+)*)\}$")
_PIECE = regex.compile(r"[a-z0-9%'/.+&-]+\*?")
_LETTER_FIRST = regex.compile(r"[A-Za-z](?![?*+{])")
_GROUP_NAME = regex.compile(r"\?P<\w+>")
_REGEX = "regex:"
_QUIET = re2.Options()
_QUIET.log_errors = False
WIDEST_GAP = 12
# Characters of a compiled pattern. Phrases made of phrases made of phrases double with each step.
LONGEST = 1_000_000
# Bullets, numbers and quotes may stand before the first word; they are no part of the claim.
HEAD = "_head"
_END = r"""[\s.!?"')\]]*$"""
_BEGIN = rf"""^(?P<{HEAD}>(?:[\s\-*_#>"'(\[]|\d{{1,2}}[.)]\s)*)\b"""
# The name of a gap ends with the words that it may hold: `_gap4`.
GAP = "_gap"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled pattern: what its writer wrote, and the expression over shadow text.

    `slots` are the names of what it always captures, `may` of what it captures in some alternatives.
    """

    source: str
    expression: str
    slots: frozenset[str]
    may: frozenset[str]

    @property
    def plain(self) -> str:
        """The expression without captures, for RE2, which wants each name only once."""
        return _GROUP_NAME.sub("?:", self.expression)


def search_for(phrases: Iterable[Phrase]) -> re2._Regexp:
    """A search of shadow text for any of several phrases."""
    return re2.compile("|".join(phrase.plain for phrase in phrases))


@dataclass(frozen=True, slots=True)
class Piece:
    """What a lexicon gives to a pattern: an expression, the captures inside it, and whether it is one itself."""

    expression: str
    slots: frozenset[str] = frozenset()
    captured: bool = True


class Lookup(Protocol):
    """What a pattern asks of the vocabulary."""

    def piece(self, lexicon: str) -> Piece:
        """The piece for `modulate` or `modulate.ing`; raises PhraseError for a name nobody knows."""

    def written(self, word: str) -> list[str]:
        """The expressions for a plain word, which may also be tagged as a name; `word*` for any ending."""


def compile_phrase(source: str, lookup: Lookup, *, inner: bool = False, stretch: int = 0) -> Phrase:
    """Compile a pattern; raises PhraseError with a code and what to do.

    An `inner` pattern is part of a lexicon of phrases: of its slots only those with a name of their own
    are captures, so that a rule speaks of an amount and not of the numbers in it. To `stretch` a pattern is
    to let each of its gaps hold that many words more than it may.
    """
    if source.startswith(_REGEX):
        return _raw(source)
    parser = _Parser(source, lookup, inner=inner, stretch=stretch)
    expression, slots, may = parser.sequence(end="")
    head = "" if expression.startswith("^") else r"\b"
    tail = "" if expression.endswith(("$", ",", ":")) else r"\b"
    if len(expression) > LONGEST:
        raise PhraseError("phrase-too-long", f"'{source}' stands for too much; use smaller lexicons of phrases.")
    return Phrase(source, head + expression + tail, slots, may)


def _raw(source: str) -> Phrase:
    expression = source.removeprefix(_REGEX).strip()
    try:
        names = frozenset(regex.compile(expression).groupindex)
    except regex.error as error:
        raise PhraseError("regex-syntax", f"The regular expression cannot be read: {error}.") from error
    if any(name.startswith("_") for name in names):
        raise PhraseError("regex-name", "The name of a group does not begin with _; Caveat's own do.")
    # In brackets, for it may hold alternatives, and becomes an option of lexicons of phrases.
    phrase = Phrase(source, f"(?:{expression})", names, names)
    try:
        re2.compile(phrase.plain, _QUIET)
    except re2.error as error:
        message = "RE2 cannot read this expression; do without lookarounds and back references."
        raise PhraseError("regex-not-re2", message) from error
    return phrase


def words_between(shadow: str) -> int:
    """How many words stand in a gap, as its width counts them."""
    return len(_WORDS.findall(shadow))


def words_of(patterns: Iterable[str]) -> frozenset[str]:
    """The plain words that stand in patterns; patterns that cannot be read have none."""
    words: set[str] = set()
    for pattern in patterns:
        if pattern.startswith(_REGEX):
            continue
        try:
            words.update(token for kind, token in tokens(pattern) if kind == "word")
        except PhraseError:
            continue
    return frozenset(words)


def literals(words: str, lookup: Lookup) -> list[str]:
    """The expressions for plain words in a row, one for each way in which the first of them can stand there."""
    first, *others = fold(words).text.split()
    rest = "".join(rf"[\s\-]+{one_of(lookup.written(word))}" for word in others)
    return [option + rest for option in lookup.written(first)]


def bare(word: str) -> str:
    """The expression for one word as it stands: hyphens open, `*` for any ending."""
    if not _PIECE.fullmatch(word):
        raise PhraseError("phrase-word", f"'{word}' is not a word; use letters, digits, hyphens, and * at the end.")
    stem = r"[\s\-]?".join(map(regex.escape, word.removesuffix("*").split("-")))
    return stem + (r"\w*" if word.endswith("*") else "")


def one_of(options: Iterable[str]) -> str:
    """The expression for any of several expressions, of which none has an alternative outside brackets.

    Those in a row that begin with one letter are tried under it: `(?:a(?:id|ssist)|boost)`. At a letter that begins
    none of a hundred verbs, `regex` then tries twenty letters and not a hundred verbs, which halves its time.
    """
    branches: list[str] = []
    for lettered, row in itertools.groupby(options, lambda option: bool(_LETTER_FIRST.match(option))):
        if lettered:
            under: defaultdict[str, list[str]] = defaultdict(list)
            for option in row:
                under[option[0]].append(option[1:])
            branches += (letter + _any(rests) for letter, rests in under.items())
        else:
            branches += row
    return _any(branches)


def _any(options: list[str]) -> str:
    return f"(?:{'|'.join(options)})" if len(options) != 1 else options[0]


class _Parser:
    """Recursive descent over the tokens of one pattern.

    Each item brings its own separator before it, so that an item that is not there leaves none behind.
    """

    def __init__(self, source: str, lookup: Lookup, *, inner: bool, stretch: int) -> None:
        self.source = source
        self.lookup = lookup
        self.inner = inner
        self.stretch = stretch
        self.tokens = list(tokens(source))
        self.at = 0

    def sequence(self, end: str) -> tuple[str, frozenset[str], frozenset[str]]:
        """Items up to the token `end` or a `|`: expression, slots always bound, slots perhaps bound."""
        parts: list[str] = []
        always: set[str] = set()
        may: set[str] = set()
        separator = started = ""
        while self.at < len(self.tokens):
            kind, token = self.tokens[self.at]
            if end and token in ("|", ")") and kind == "mark":
                break
            self.at += 1
            if kind == "gap":
                parts.append(self._gap(token, anchored=bool(parts) and not started))
                separator = _ACROSS if started else _PERHAPS_ACROSS
            elif token in ("^", "$"):
                parts.append(self._anchor(token, inside=bool(parts), word=not parts or parts[-1][-1] not in ",:"))
            elif token == "+" and parts:
                separator = _JOINED
            elif token in (",", ":"):
                parts.append(rf"(?:\s?{token})?" if self._optional() else rf"\s?{token}")
            else:
                expression, bound, maybe = self._item(kind, token)
                may |= maybe
                if not self._optional():
                    parts.append(separator + expression)
                    always |= bound
                    separator = started = _NEXT
                elif started:
                    parts.append(f"(?:{separator}{expression})?")
                else:
                    parts.append(f"(?:{separator}{expression}{_NEXT})?")
        if not started:
            raise PhraseError(
                "phrase-empty", f"'{self.source}' could match nothing at all; one part must always be there."
            )
        if self.tokens[self.at - 1][0] == "gap":
            raise PhraseError("phrase-gap", "A gap needs something after it; put a word or a {lexicon} there.")
        return "".join(parts), frozenset(always), frozenset(may)

    def _item(self, kind: str, token: str) -> tuple[str, frozenset[str], frozenset[str]]:
        if kind == "word":
            return one_of(self.lookup.written(token)), frozenset(), frozenset()
        if kind == "slot":
            return self._slot(token)
        if token == "(":
            return self._group()
        raise PhraseError("phrase-syntax", f"'{token}' does not belong here in '{self.source}'.")

    def _group(self) -> tuple[str, frozenset[str], frozenset[str]]:
        options: list[str] = []
        bound: list[frozenset[str]] = []
        may: set[str] = set()
        while True:
            expression, always, maybe = self.sequence(end=")")
            options.append(expression)
            bound.append(always)
            may |= maybe
            if self.at >= len(self.tokens):
                raise PhraseError("phrase-syntax", f"A bracket is open at the end of '{self.source}'; close it with ).")
            self.at += 1
            if self.tokens[self.at - 1][1] == ")":
                return one_of(options), frozenset.intersection(*bound), frozenset(may)

    def _slot(self, token: str) -> tuple[str, frozenset[str], frozenset[str]]:
        match = _SLOT.match(token)
        if not match:
            raise PhraseError("phrase-slot", f"{token} is not a slot; write {{lexicon}} or {{name:lexicon}}.")
        lexicons = match["lexicons"].split("|")
        pieces = [self.lookup.piece(lexicon) for lexicon in lexicons]
        slots = frozenset[str]().union(*(piece.slots for piece in pieces))
        options = one_of(piece.expression for piece in pieces)
        name = match["name"]
        if not name and not self.inner and pieces[0].captured:
            name = lexicons[0].partition(".")[0]
        if not name:
            return f"{options}(?:'s?)?", frozenset(), slots
        return f"(?P<{name}>{options})(?:'s?)?", frozenset((name,)), slots | {name}

    def _gap(self, token: str, *, anchored: bool) -> str:
        if self.at == 1 and not anchored:
            raise PhraseError("phrase-gap", "A gap needs something before it; begin with ^, a word or a {lexicon}.")
        if not 0 < int(token) <= WIDEST_GAP:
            raise PhraseError("phrase-gap", f"A gap is from ~1 to ~{WIDEST_GAP} words wide, not ~{token}.")
        most = int(token) + self.stretch
        more = f"(?:{_ACROSS}{_ANY_WORD})"
        words = f"(?:{_PERHAPS_ACROSS}{_ANY_WORD}{more}{{0,{most - 1}}}?)??" if anchored else f"{more}{{0,{most}}}?"
        return f"(?P<{GAP}{token}>{words})"

    def _anchor(self, token: str, *, inside: bool, word: bool) -> str:
        following = self.tokens[self.at][1] if self.at < len(self.tokens) else ")"
        if inside if token == "^" else following not in ("|", ")"):
            raise PhraseError("phrase-anchor", "^ stands at the beginning of a pattern and $ at its end.")
        return _BEGIN if token == "^" else (r"\b" if word else "") + _END

    def _optional(self) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at] == ("mark", "?"):
            self.at += 1
            return True
        return False


def tokens(source: str) -> Iterator[tuple[str, str]]:
    """The parts of a pattern with their kinds: word, slot, gap or mark. Raises PhraseError for what is none."""
    text = fold(source).text
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if not match or match.end() == at:
            raise PhraseError("phrase-syntax", f"'{text[at:].strip()[:20]}' cannot be read as a pattern in '{source}'.")
        at = match.end()
        kind = str(match.lastgroup)
        yield kind, match[kind]
