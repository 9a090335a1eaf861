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
        """The canonical names that stand in sentences of care."""
        found: set[str] = set()
        for start, end in page.sentences:
            named = page.named_from(start, end)
            if named and not named <= found:
                shadow = page.shadow[start:end]
                if self._care.search(shadow) and not self._calm.search(shadow):
                    found |= named
        return frozenset(found)
