"""The phrase language: patterns that read like the words they find.

    {agent} ~4 {modulate} {target} activity?

finds up to four words between an agent and a verb. A pattern is made of

    word         the word itself; `re-uptake` with a hyphen, a space or neither
    {lexicon}    a word or name of that lexicon; names and phrases are captured under the lexicon's name
    {slot:lexicon|other.ing}   captured as `slot`: from several lexicons, in one inflected form
    (a|b c)      one of several
    x?           perhaps
    ~4           up to four words between, never across ; or :
    x + y        y after a space, or right behind a number or a sign, as in 500 mg, 500mg and mg/day
    , and :      a comma, a colon
    ^ and $      the beginning and the end of the sentence

A pattern that begins with `regex:` is a regular expression over the folded text, in the syntax of Python's
`regex`. Patterns are compiled for the shadow text of `engine.tagger`, in which each
name is one code of capital letters.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import regex

from caveat.document.fold import fold
from caveat.rules import needs
from caveat.rules.needs import Need, Needs, either
from caveat.rules.problems import PhraseError

# Between neighbours: white space, hyphens, quotes and brackets. Across a gap: commas too.
_NEXT = r"""["')\]*_#]*[\s\-]+["'(\[*_#]*"""
_JOINED = r"(?:[\s\-]+|\b|(?<=\d))"
_ACROSS = r"""[\s,()"\[\]*_#]+"""
_PERHAPS_ACROSS = r"""[\s,()"\[\]*_#]*"""
# Behind a gap at the beginning, which may hold nothing.
_BEGUN = rf"(?:{_ACROSS}|\b)"
_ANY_WORD = r"""[^\s,;:()"\[\]*_#]+"""
_WORDS = regex.compile(_ANY_WORD)
_TOKEN = regex.compile(
    r"\s*(?:(?P<slot>\{[^{}]*\})|~(?P<gap>\d+)|(?P<mark>[()|?,:^$]|\+(?=\s))|(?P<word>[^\s{}()|?,:^$~]+))"
)
_SLOT = regex.compile(r"^\{(?:(?P<name>[a-z_]+):)?(?P<lexicons>[a-z0-9_.]+(?:\|[a-z0-9_.]+)*)\}$")
_PIECE = regex.compile(r"[a-z0-9%'/.+&-]+")
_LETTER_FIRST = regex.compile(r"[A-Za-z](?![?*+{])")
_REGEX = "regex:"
WIDEST_GAP = 12
# Characters of a compiled pattern. Phrases made of phrases made of phrases double with each step.
LONGEST = 100_000
# Brackets in brackets.
DEEPEST = 20
# Bullets, numbers and quotes may stand before the first word; they are no part of the claim.
HEAD = "_head"
# A number may begin with its point, as in ".5 mg".
_INNER_HEAD = r"(?:\b|(?=[.,]\d))"
_END = r"""[\s.!?"')\]]*$"""
_BEGIN = rf"""^(?P<{HEAD}>(?:[\s\-*_#>"'(\[]|\d{{1,2}}[.)]\s)*)\b"""
# The name of a gap ends with the words that it may hold: `_gap4`.
GAP = "_gap"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled pattern: what its writer wrote, and the expression over shadow text.

    `slots` are the names of what it always captures, `may` of what it captures in some alternatives;
    `needs` is what a text that it matches must hold.
    """

    source: str
    expression: str
    slots: frozenset[str]
    may: frozenset[str]
    needs: Needs

    @property
    def is_expression(self) -> bool:
        """Whether it was written as a regular expression."""
        return self.source.startswith(_REGEX)


@dataclass(frozen=True, slots=True)
class Piece:
    """What a word or a lexicon gives to a pattern: an expression, its needs, its captures, and whether it is one."""

    expression: str
    needs: Needs = ()
    slots: frozenset[str] = frozenset()
    captured: bool = True


def any_of(pieces: Iterable[Piece], *, captured: bool = True) -> Piece:
    """A piece that stands for any of several."""
    pieces = list(pieces)
    slots = frozenset[str]().union(*(piece.slots for piece in pieces))
    return Piece(one_of(piece.expression for piece in pieces), either(piece.needs for piece in pieces), slots, captured)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a pattern: its expression, the slots that it always and perhaps binds, and its needs."""

    expression: str
    always: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    needs: Needs = ()


class Lookup(Protocol):
    """What a pattern asks of the vocabulary."""

    def piece(self, lexicon: str) -> Piece:
        """The piece for `modulate` or `modulate.ing`; raises PhraseError for a name nobody knows."""

    def written(self, word: str) -> list[Piece]:
        """The pieces for a plain word, which may also be tagged as a name."""


def compile_phrase(source: str, lookup: Lookup, *, inner: bool = False, stretch: int = 0) -> Phrase:
    """Compile a pattern; raises PhraseError with a code and what to do.

    An `inner` pattern is part of a lexicon of phrases: of its slots only those with a name of their own
    are captures, so that a rule speaks of an amount and not of the numbers in it. To `stretch` a pattern is
    to let each of its gaps hold that many words more than it may.
    """
    if source.startswith(_REGEX):
        return _raw(source)
    parser = _Parser(source, lookup, inner=inner, stretch=stretch)
    whole = parser.sequence(end="")
    expression = whole.expression
    head = "" if expression.startswith("^") else _INNER_HEAD if inner else r"\b"
    tail = "" if expression.endswith(("$", ",", ":")) else r"\b"
    if len(expression) > LONGEST:
        raise PhraseError("phrase-too-long", f"'{source}' stands for too much; use smaller lexicons of phrases.")
    return Phrase(source, head + expression + tail, whole.always, whole.may, whole.needs)


def _raw(source: str) -> Phrase:
    expression = source.removeprefix(_REGEX).strip()
    try:
        names = frozenset(regex.compile(expression).groupindex)
    except (regex.error, RecursionError, OverflowError) as error:
        reason = error if isinstance(error, regex.error) else "it nests too deep, or counts too far"
        raise PhraseError("regex-syntax", f"The regular expression cannot be read: {reason}.") from error
    if any(name.startswith("_") for name in names):
        raise PhraseError("regex-name", "The name of a group does not begin with _; Caveat's own do.")
    # In brackets, for it may hold alternatives, and becomes an option of lexicons of phrases.
    return Phrase(source, f"(?:{expression})", names, names, needs.expression(expression))


def any_phrase(phrases: Sequence[Phrase]) -> Phrase:
    """A phrase that stands where any of several does; it captures nothing in all of them."""
    source = " | ".join(phrase.source for phrase in phrases if not phrase.is_expression)
    return Phrase(source, f"(?:{'|'.join(phrase.expression for phrase in phrases)})", frozenset(), frozenset(), ())


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


def literals(words: str, lookup: Lookup) -> list[Piece]:
    """The pieces for plain words in a row, one for each way in which the first of them can stand there."""
    first, *others = fold(words).text.split() or [""]
    following = [any_of(lookup.written(word)) for word in others]
    rest = "".join(rf"[\s\-]+{piece.expression}" for piece in following)
    after = tuple(need for piece in following for need in piece.needs)
    return [Piece(option.expression + rest, option.needs + after) for option in lookup.written(first)]


def bare(word: str) -> str:
    """The expression for one word as it stands, hyphens open."""
    if not _PIECE.fullmatch(word):
        raise PhraseError("phrase-word", f"'{word}' is not a word; use letters, digits and hyphens.")
    return r"[\s\-]?".join(map(regex.escape, word.split("-")))


def one_of(options: Iterable[str]) -> str:
    """The expression for any of several expressions, of which none has an alternative outside brackets.

    Those in a row that begin with one letter are tried under it: `(?:a(?:id|ssist)|boost)`, and so on letter by letter.
    At a letter that begins none of a hundred verbs, twenty letters are then tried and not a hundred verbs.
    """
    branches: list[str] = []
    for lettered, row in itertools.groupby(options, lambda option: bool(_LETTER_FIRST.match(option))):
        if lettered:
            under: defaultdict[str, list[str]] = defaultdict(list)
            for option in row:
                under[option[0]].append(option[1:])
            branches += (letter + (one_of(rests) if len(rests) > 1 else rests[0]) for letter, rests in under.items())
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
        self.depth = 0

    def sequence(self, end: str) -> _Part:
        """Items up to the token `end` or a `|`."""
        parts: list[str] = []
        needed: list[Need] = []
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
                separator = _ACROSS if started else _BEGUN
            elif token in ("^", "$"):
                parts.append(self._anchor(token, inside=bool(parts), word=not parts or parts[-1][-1] not in ",:"))
            elif token == "+" and parts:
                separator = _JOINED
            elif token in (",", ":"):
                parts.append(rf"(?:\s?{token})?" if self._optional() else rf"\s?{token}")
            else:
                item = self._item(kind, token)
                may |= item.may
                if not self._optional():
                    parts.append(separator + item.expression)
                    always |= item.always
                    needed += item.needs
                    separator = started = _NEXT
                elif started:
                    parts.append(f"(?:{separator}{item.expression})?")
                else:
                    parts.append(f"(?:{separator}{item.expression}{_NEXT})?")
        if not started:
            raise PhraseError(
                "phrase-empty", f"'{self.source}' could match nothing at all; one part must always be there."
            )
        if self.tokens[self.at - 1][0] == "gap":
            raise PhraseError("phrase-gap", "A gap needs something after it; put a word or a {lexicon} there.")
        return _Part("".join(parts), frozenset(always), frozenset(may), tuple(needed))

    def _item(self, kind: str, token: str) -> _Part:
        if kind == "word":
            piece = any_of(self.lookup.written(token))
            return _Part(piece.expression, needs=piece.needs)
        if kind == "slot":
            return self._slot(token)
        if token == "(":
            return self._group()
        raise PhraseError("phrase-syntax", f"'{token}' does not belong here in '{self.source}'.")

    def _group(self) -> _Part:
        options: list[_Part] = []
        self.depth += 1
        if self.depth > DEEPEST:
            raise PhraseError("phrase-syntax", f"Brackets stand in more than {DEEPEST} others; use lexicons.")
        while True:
            options.append(self.sequence(end=")"))
            if self.at >= len(self.tokens):
                raise PhraseError("phrase-syntax", f"A bracket is open at the end of '{self.source}'; close it with ).")
            self.at += 1
            if self.tokens[self.at - 1][1] == ")":
                self.depth -= 1
                return _Part(
                    one_of(option.expression for option in options),
                    frozenset.intersection(*(option.always for option in options)),
                    frozenset[str]().union(*(option.may for option in options)),
                    either(option.needs for option in options),
                )

    def _slot(self, token: str) -> _Part:
        match = _SLOT.match(token)
        if not match:
            raise PhraseError("phrase-slot", f"{token} is not a slot; write {{lexicon}} or {{name:lexicon}}.")
        lexicons = match["lexicons"].split("|")
        pieces = [self.lookup.piece(lexicon) for lexicon in lexicons]
        piece = any_of(pieces)
        name = match["name"]
        if not name and not self.inner and pieces[0].captured:
            name = lexicons[0].partition(".")[0]
        if not name:
            return _Part(f"{piece.expression}(?:'s?)?", may=piece.slots, needs=piece.needs)
        return _Part(f"(?P<{name}>{piece.expression})(?:'s?)?", frozenset((name,)), piece.slots | {name}, piece.needs)

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
