"""Inflection of English verbs and nouns by spelling rules and a table of exceptions.

Forms are named after their endings: base (enhance), s (enhances), ing (enhancing), ed (enhanced, took)
and en (the participle: enhanced, taken).
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from caveat.rules.schema import InflectionsFile

FORMS = ("base", "s", "ing", "ed", "en")
_Y = regex.compile(r"[^aeiou]y$")
_HISSES = regex.compile(r"(?:s|x|z|ch|sh)$")
_MUTE_E = regex.compile(r"[^eoy]e$")
_DOUBLED = regex.compile(r"^[^aeiou]*[aeiou][bdgklmnprt]$")


@dataclass(frozen=True, slots=True)
class Inflector:
    """Spells out the forms of verbs and nouns; of a phrase, the first word is the verb, the last the noun."""

    irregular: InflectionsFile

    def verb(self, phrase: str) -> dict[str, str]:
        """The forms of a verb phrase by name: `interact with` gives `interacts with` under s."""
        base, _, rest = phrase.partition(" ")
        known = self.irregular.verbs.get(base)
        forms = {"base": base, "s": _with_s(base), "ing": _with_ing(base), "ed": _with_ed(base), "en": _with_ed(base)}
        if known:
            forms.update({name: form for name, form in known if form})
            forms["en"] = known.en or forms["ed"]
        return {name: f"{form} {rest}".strip() for name, form in forms.items()}

    def noun(self, phrase: str) -> tuple[str, str]:
        """A noun and its plural."""
        *rest, last = phrase.split(" ")
        return phrase, " ".join([*rest, self.irregular.nouns.get(last) or _with_s(last)])


def _with_s(word: str) -> str:
    if _Y.search(word):
        return word[:-1] + "ies"
    return word + ("es" if _HISSES.search(word) else "s")


def _with_ing(word: str) -> str:
    if _MUTE_E.search(word):
        return word[:-1] + "ing"
    return _stem(word) + "ing"


def _with_ed(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if _Y.search(word):
        return word[:-1] + "ied"
    return _stem(word) + "ed"


def _stem(word: str) -> str:
    return word + word[-1] if _DOUBLED.match(word) else word
