"""The phrase language: what a pattern finds, and what is said of one that cannot be read."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from caveat.rules.phrase import Piece, bare, compile_phrase, one_of
from caveat.rules.problems import PhraseError


class Lookup:
    """Two lexicons: verbs, and names under the code AB."""

    def piece(self, lexicon):
        pieces = {"verb": Piece("(?:binds|binding)", captured=False), "target": Piece("ABZ*")}
        if lexicon not in pieces:
            raise PhraseError("lexicon-unknown", f"There is no lexicon '{lexicon}'.")
        return pieces[lexicon]

    def written(self, word):
        return [Piece(bare(word))]


def find(pattern, text):
    match = regex.search(compile_phrase(pattern, Lookup()).expression, text)
    return match and match[0]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("{verb} to {target}", "it binds to ABZZ now", "binds to ABZZ"),
        ("{verb} ~2 {target}", "it binds to the ABZZ", "binds to the ABZZ"),
        ("{verb} ~2 {target}", "it binds well, to (the) ABZZ", None),
        ("{verb} ~3 {target}", "it binds well, to (the) ABZZ", "binds well, to (the) ABZZ"),
        ("{verb} ~5 {target}", "it binds; the ABZZ is other", None),
        ("{target} activity?", "ABZZ's activity", "ABZZ's activity"),
        ("{target} activity?", "the ABZZ alone", "ABZZ"),
        ("(take|use) the? herb", "use herb", "use herb"),
        ("(take|use) the? herb", "take the herb", "take the herb"),
        ("co-administer", "coadminister", "coadminister"),
        ("co-administer", "co administer", "co administer"),
        ("5 + mg", "5mg", "5mg"),
        ("5 + mg", "5 mg", "5 mg"),
        ("mg + day", "mgday", None),
        ("^ {verb}", "- binds", "- binds"),
        ("^ {verb}", "it binds", None),
        ("^ ~2 : {verb}", "how it: binds", "how it: binds"),
        ("{verb} $", "it binds.", "binds."),
        ("{verb} , {verb}", "binds, binding", "binds, binding"),
        ("herb", "herbs", None),
    ],
)
def test_a_pattern_finds(pattern, text, found):
    assert find(pattern, text) == found


def test_names_are_captured_under_their_lexicon_and_words_only_under_a_name():
    assert compile_phrase("{verb} {target}", Lookup()).slots == {"target"}
    assert compile_phrase("{how:verb} {target}", Lookup()).slots == {"how", "target"}
    assert compile_phrase("(a {target}|b)", Lookup()).slots == set()


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("(a|b", "phrase-syntax"),
        ("a )", "phrase-syntax"),
        ("~2 a", "phrase-gap"),
        ("a ~2", "phrase-gap"),
        ("a ~99 b", "phrase-gap"),
        ("a? b?", "phrase-empty"),
        ("{no such}", "phrase-slot"),
        ("{unknown}", "lexicon-unknown"),
        ("a ^ b", "phrase-anchor"),
        ("wörd$x", "phrase-anchor"),
        ("regex:(a", "regex-syntax"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_told_by_a_code(pattern, code):
    with pytest.raises(PhraseError) as error:
        compile_phrase(pattern, Lookup())
    assert error.value.code == code


@given(
    st.lists(st.text("ab", max_size=3).map(regex.escape) | st.just("(?:a|ba)b?"), max_size=6),
    st.text("abc", max_size=8),
)
def test_of_several_options_the_first_that_fits_is_found(options, text):
    assert regex.findall(one_of(options), text) == regex.findall("|".join(f"(?:{option})" for option in options), text)


def test_a_regular_expression_stays_whole_among_other_options():
    either = compile_phrase("regex:kava|kratom", Lookup()).expression

    assert regex.findall(one_of(["kudzu", either]), "kratom, kava, kudzu") == ["kratom", "kava", "kudzu"]
