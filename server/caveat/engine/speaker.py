"""Whether a page reports on claims or makes them: a regulator's letter, a recall, a court or news report, a fact check.

Signs are counted once a page, twice in a heading or the first line; a page that sells something makes its claims
itself.
"""

from __future__ import annotations

import re2

from caveat.document.blocks import Role
from caveat.engine.page import Page
from caveat.rules.ruleset import Speakers


class SpeakerReader:
    """Knows the signs of a report."""

    def __init__(self, speakers: Speakers) -> None:
        self._needed = speakers.needed
        self._weights = [weight for _, weight in speakers.signs]
        self._signs = re2.Set.SearchSet()
        for phrase in (*(phrase for phrase, _ in speakers.signs), *speakers.selling):
            self._signs.Add(phrase.plain)
        self._signs.Compile()

    def reports(self, page: Page) -> bool:
        """Whether a page only reports what others claim."""
        found: dict[int, int] = {}
        for at, line in enumerate(page.lines):
            factor = 2 if at == 0 or line.role is Role.HEADING else 1
            for number in self._signs.Match(page.shadow[line.start : line.end]) or ():  # None where nothing matches
                if number >= len(self._weights):
                    return False
                found[number] = max(found.get(number, 0), factor * self._weights[number])
        return sum(found.values()) >= self._needed
