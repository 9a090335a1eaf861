"""The outline of a page: which lines are fragments (headings, list items, table cells), and in which section.

A section begins with a short line that a pattern of `rules/sections.yaml` knows ("Side effects", "may cause:"),
and goes on over the lines after it until another section or a heading of something else begins. Fragments take
their sense from it: "Headache" under "Side effects" is a warning, under "Good for" a promise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import re2

from caveat.rules.phrase import Phrase
from caveat.text.sentences import LONGEST_FRAGMENT, is_fragment

# "Side effects:" only names what follows; "generally safe, but may cause:" says something of its own.
LONGEST_LABEL = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its span, its section (empty where there is none), and the line that opened that.

    A `topic` is a heading that only names what its section is about, and so claims nothing.
    """

    start: int
    end: int
    fragment: bool
    topic: bool
    section: str
    lead: tuple[int, int] | None


class Outliner:
    """Finds the sections of a page."""

    def __init__(self, sections: Mapping[str, tuple[Phrase, ...]]) -> None:
        self._sections = list(sections)
        self._opens = re2.Set.SearchSet()
        self._section_of: list[int] = []
        for number, phrases in enumerate(sections.values()):
            for phrase in phrases:
                self._opens.Add(phrase.plain)
                self._section_of.append(number)
        self._opens.Compile()

    def outline(self, shadow: str) -> list[Line]:
        """The lines of a page that hold anything, in order."""
        spans = _line_spans(shadow)
        lines: list[Line] = []
        section, lead = "", None
        for number, (start, end) in enumerate(spans):
            text = shadow[start:end]
            fragment = is_fragment(text)  # a paragraph opens no section and is no item of one
            opened = self._opened(text) if fragment or text.endswith(":") else None
            if opened is not None:
                section, lead = opened, (start, end)
            elif fragment and not text.endswith(":") and _heads_a_paragraph(spans, number):
                section, lead = "", None
            topic = fragment and opened is not None and (":" not in text or _is_label(text))
            lines.append(Line(start, end, fragment, topic, section, lead))
        return lines

    def _opened(self, text: str) -> str | None:
        """The section that a line opens; where several would, the one that stands first in the file."""
        found = self._opens.Match(text)
        return self._sections[min(self._section_of[number] for number in found)] if found else None


def _line_spans(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + line.index(stripped[0])
            spans.append((start, start + len(stripped)))
        at += len(line) + 1
    return spans


def _is_label(text: str) -> bool:
    """Whether a line with a colon is no more than a heading; what stands after one is said under it, not part of it."""
    return text.endswith(":") and len(text.split()) <= LONGEST_LABEL


def _heads_a_paragraph(spans: list[tuple[int, int]], number: int) -> bool:
    if number + 1 == len(spans):
        return False
    start, end = spans[number + 1]
    return end - start > LONGEST_FRAGMENT
