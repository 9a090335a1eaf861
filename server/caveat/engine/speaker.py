"""Whether a page reports on claims or makes them: a regulator's letter, a recall, a court or news report, a fact check.

Signs are counted once a page, twice in a heading or the first line; a page that sells something makes its claims
itself.
"""

from __future__ import annotations

from caveat.document.blocks import Role
from caveat.engine.page import Page
from caveat.engine.pattern import PhraseSet
from caveat.rules.ruleset import Speakers


class SpeakerReader:
    """Knows the signs of a report."""

    def __init__(self, speakers: Speakers) -> None:
        self._needed = speakers.needed
        self._weights = [weight for _, weight in speakers.signs]
        self._signs = PhraseSet((*(phrase for phrase, _ in speakers.signs), *speakers.selling))

    def reports(self, page: Page) -> bool:
        """Whether a page only reports what others claim."""
        found: dict[int, int] = {}
        for at, line in enumerate(page.lines):
            factor = 2 if at == 0 or line.role is Role.HEADING else 1
            for number in self._signs.found(page.shadow[line.start : line.end]):
                if number >= len(self._weights):
                    return False
                found[number] = max(found.get(number, 0), factor * self._weights[number])
        return sum(found.values()) >= self._needed
