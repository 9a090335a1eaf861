"""Cues spelled out: `{report}` and `(a|b)?` in a cue stand for every plain phrase they can make."""

from __future__ import annotations

import regex

from caveat.document.fold import fold
from caveat.rules.problems import PhraseError
from caveat.rules.vocabulary import Vocabulary

_PART = regex.compile(r"\{(?P<lexicon>[a-z_.]+)\}|\((?P<options>[^()]*)\)(?P<perhaps>\?)?|(?P<word>[^\s(){}]+)")
MOST = 20_000


def spelled(entry: str, vocabulary: Vocabulary) -> list[str]:
    """All phrases that an entry stands for; raises PhraseError when it stands for too many."""
    phrases = [""]
    for part in _PART.finditer(fold(entry).text):
        if part["lexicon"]:
            choices = vocabulary.spellings(part["lexicon"])
        elif part["options"] is not None:
            choices = [option.strip() for option in part["options"].split("|")] + [""] * bool(part["perhaps"])
        else:
            choices = [part["word"]]
        if len(phrases) * len(choices) > MOST:
            raise PhraseError("cue-too-wide", f"This stands for more than {MOST:,} phrases; write it as several.")
        phrases = [f"{phrase} {choice}".strip() for phrase in phrases for choice in choices]
    if "" in phrases:
        raise PhraseError("cue-empty", f"'{entry}' could stand for nothing at all; one word must always be there.")
    return phrases
