"""The word list by which the extension tells, before anything is sent, whether a page speaks of health.

It holds the names of the lexicons, cut short and without those that others imply, so that it is small: no page with a
claim on a known substance is missed because the list was shortened, only a few more are let through.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import regex

from caveat.rules.files import Folder
from caveat.rules.loader import rules_dir
from caveat.rules.schema import NamesFile, QuantitiesFile, SubjectsFile

# Letters of a word that count: so "ashwagandhas" and most misspellings are known by the same entry.
LETTERS = 8
WIDTH = 120
# What claims speak of, besides substances.
SIGNS = frozenset({"condition", "property", "target"})
HEAD = """\
/**
 * Words by which a page is known to speak of health. Made from the lexicons in rules/; do not edit, but run
 * caveat rules words > extension/content/words.js
 * Of each word only the first {letters} letters count. Foods are what people also cook with.
 */
globalThis.caveat ??= /** @type {{any}} */ ({{}});

caveat.words ??= {{
  letters: {letters},
"""


def words_text() -> str:
    """The list as it stands in `extension/content/words.js`."""
    return (
        HEAD.format(letters=LETTERS)
        + "".join(f"  {name}: `\n{_wrapped(words)}`,\n" for name, words in word_lists().items())
        + "};\n"
    )


def word_lists() -> dict[str, set[str]]:
    """Names, foods, signs and units, as the extension reads text."""
    folder = Folder(rules_dir())
    lexicons = folder.each("lexicons/names", NamesFile)
    subjects = folder.one("subjects.yaml", SubjectsFile)
    quantities = folder.one("quantities.yaml", QuantitiesFile)
    folder.stop()
    assert subjects  # noqa: S101 (else `stop` has raised)
    assert quantities  # noqa: S101
    names: set[str] = set()
    foods: set[str] = set()
    signs: set[str] = set()
    for file in lexicons:
        for term in file.content.terms.values():
            forms = {_cut(form) for form in (*term.forms, *term.constituents, *term.strains)}
            if file.content.lexicon in subjects.content.named:
                (foods if term.food else names).update(forms)
            elif file.content.lexicon in SIGNS:
                signs.update(form for form in forms if " " not in form)
    units = {
        form
        for unit in quantities.content.units.values()
        for form in unit.forms
        if unit.dimension != "volume" and form.isalpha()
    }
    foods = _shortest(foods)
    names = _shortest(names - foods, foods)
    signs = _shortest(signs - foods - names)
    return {"names": names, "foods": foods, "signs": signs, "units": units}


def _cut(form: str) -> str:
    """A form as the extension reads text: plain lowercase words, each cut short."""
    plain = regex.sub(r"[\p{Mn}\p{Cf}]", "", unicodedata.normalize("NFKD", form)).lower()
    return " ".join(word[:LETTERS] for word in regex.findall("[a-z0-9]+", plain))


def _shortest(forms: Iterable[str], known: Iterable[str] = ()) -> set[str]:
    """The forms that no shorter one, or known one, stands within."""
    kept = set(known)
    for form in sorted(forms, key=lambda form: (form.count(" "), len(form), form)):
        if form and not any(part in kept for part in _parts(form)):
            kept.add(form)
    return kept.difference(known)


def _parts(form: str) -> Iterator[str]:
    """Every run of words of a form, also without the s of a plural."""
    words = form.split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            part = " ".join(words[start:end])
            yield from (part, part.removesuffix("s"))


def _wrapped(words: set[str]) -> str:
    """All words, with commas between them and lines that a reader can take in."""
    lines = [""]
    for word in sorted(words):
        if len(lines[-1]) + len(word) >= WIDTH:
            lines.append("")
        lines[-1] += word + ","
    return "\n".join(lines).rstrip(",")
