"""What a page speaks of with care, whether or not a rule finds a warning in it.

Nobody is told that a page leaves out what one of its sentences names with a word of harm or of care, and with no word
that calms.
"""

from __future__ import annotations

from caveat.engine.page import Page
from caveat.engine.pattern import PhraseSet
from caveat.rules.ruleset import Care


class CareReader:
    """Knows the words of care, and those that calm."""

    def __init__(self, care: Care) -> None:
        self._care = PhraseSet(care.care)
        self._calm = PhraseSet(care.calm)

    def names(self, page: Page) -> frozenset[str]:
        """The canonical names that stand in sentences of care, and in the questions that these answer."""
        found: set[str] = set()
        asked: frozenset[str] = frozenset()
        for start, end in page.sentences:
            shadow = page.shadow[start:end]
            named = page.named_from(start, end) | asked
            if named and not named <= found and self._care.search(shadow) and not self._calm.search(shadow):
                found |= named
            # "Are you on the pill? The herb can leave you unprotected."
            asked = page.named_from(start, end) if shadow.endswith("?") else frozenset()
        return frozenset(found)
