"""What can be wrong with a rule file, said so that its writer can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Every code of a problem, and what it means. Codes never change; the last group are weaknesses, which only
# `caveat rules lint` and `caveat facts check` tell: the rules load all the same.
CODES: Mapping[str, str] = {
    "file-shape": "A rule file is a mapping of keys to values.",
    "file-unknown": "The name or the folder of a file is none that Caveat reads.",
    "file-unreadable": "A file cannot be read, or is not UTF-8.",
    "folder-empty": "A folder that must hold rule files holds none.",
    "folder-missing": "The folder of rules is not there.",
    "yaml-alias": "Rule files do without anchors and aliases.",
    "yaml-duplicate-key": "A key stands twice.",
    "yaml-key": "A key is not a plain word.",
    "yaml-syntax": "This is not YAML.",
    "yaml-tag": "Rule files do without tags.",
    "yaml-too-deep": "The file nests deeper than any rule file needs.",
    "key-missing": "A key that must be there is missing.",
    "key-unknown": "There is no such key here.",
    "kind-unknown": "The `kind` of a lexicon is names, words or phrases.",
    "too-few": "A list has too few entries; a rule needs two examples and two clean texts.",
    "value": "A value is not of the kind that its key takes.",
    "lexicon-circle": "A lexicon of phrases is made of itself.",
    "lexicon-form": "A lexicon has no such type, or its words have no such form.",
    "lexicon-twice": "Two lexicons have the same name.",
    "lexicon-unknown": "There is no lexicon of this name.",
    "term-empty": "A name has no form by which a text could speak of it.",
    "term-twice": "A canonical name stands twice in a lexicon.",
    "codes-used-up": "Patterns use too many names as plain words.",
    "cue-empty": "A cue stands for no words at all.",
    "cue-too-wide": "A cue stands for far too many phrases.",
    "phrase-anchor": "`^` stands at the beginning of a pattern, `$` at its end.",
    "phrase-empty": "A pattern could match nothing at all.",
    "phrase-gap": "A gap is too wide, or has nothing before or after it.",
    "phrase-slot": "A slot is `{lexicon}` or `{name:lexicon}`.",
    "phrase-syntax": "A pattern cannot be read, or a bracket in it is open.",
    "phrase-too-long": "A pattern, with all that its lexicons hold, is too long.",
    "phrase-word": "A word of a pattern holds signs that no word has.",
    "regex-name": "A capture of a regular expression has a name that begins with a low line.",
    "regex-syntax": "A regular expression cannot be read.",
    "deprecated-alone": "`deprecated: true` and `replaced_by: ID` belong together.",
    "example-unmarked": "An example does not mark the words of its finding in [[double brackets]].",
    "message-capture": "A message uses what not every pattern of its rule captures.",
    "replacement-unknown": "`replaced_by` names no rule that runs.",
    "rule-id": "The id of a rule does not begin with its category.",
    "rule-unknown": "There is no rule of this id.",
    "rule-twice": "Two rules have the same id.",
    "section-unknown": "There is no section of this name in sections.yaml.",
    "fact-id": "The id of a fact does not begin with its substance.",
    "fact-object": "A fact is about a name that stands in no lexicon.",
    "fact-substance": "A file of facts is about a substance that stands in no lexicon.",
    "fact-unsafe": "What is marked `unsafe` has no fact in its file that says so.",
    "fact-twice": "Two facts have the same id.",
    "alias-twice": "Two names of a lexicon are written alike.",
    "class-empty": "Facts are about a class that nothing belongs to.",
    "class-circle": "A class belongs to itself.",
    "class-unknown": "A medicine belongs to a class that stands in no lexicon.",
    "lexicon-unused": "No pattern and no cue uses a lexicon.",
    "pattern-twice": "A pattern stands twice.",
    "too-many-forms": "A folder of one's own holds more forms of names than Caveat takes.",
    "too-long": "A name, a word or a text is longer than any that a reader reads.",
    "text-twice": "An example or a clean text of a rule stands twice.",
    "words-unseen": "Words of a pattern or a lexicon are read as one name, so that they are never seen as words.",
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One error: its place (line and column count from 1), a stable code, and what to do."""

    file: str
    line: int
    column: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.message}"


class RuleError(Exception):
    """One or more rule files cannot be used; `problems` holds every error found, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class PhraseError(ValueError):
    """A phrase pattern that cannot be read; the loader adds file and line."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint such as ` Did you mean 'severity'?`, or nothing when no known word is near."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f" Did you mean '{near[0]}'?" if near else ""
