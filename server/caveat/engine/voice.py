"""Whose voice a claim is in: words between quotation marks, and who is told to say something.

Offsets are those of the folded text, in which all double quotation marks are alike.
"""

from __future__ import annotations

from bisect import bisect_right

import regex

from caveat.engine.page import Page
from caveat.rules.ruleset import Voices

Span = tuple[int, int]

# Fewer words between quotation marks are a name or a word in doubt, not speech.
SHORTEST_SPEECH = 4
# In a title such words may go without a capital.
SHORT_WORD = 3
# A speaker is named in so many words at the most.
LONGEST_SPEAKER = 9
# The verb of "et al. found" begins so near behind the cue.
NEXT_WORD = 16
# A mark that opens stands before a word, one that closes behind a word or a stop; 5" is a length.
_OPENS = regex.compile(r'(?<![^\s(\[,:;-])"(?=[^\s"])')
_CLOSES = regex.compile(r'(?<=[^\s"(\[])"(?![a-z0-9])')
_SIGNED = regex.compile(r"-+\s*")
# Within a sentence a full stop only shortens a word.
_STOP = regex.compile(r"""[,;:!?()\[\]"\n]|\s-+\s""")
_EDGE = " \t\n\"'-."


class VoiceReader:
    """Knows the words by which somebody is told to say something."""

    def __init__(self, voices: Voices) -> None:
        self._speaking = regex.compile(rf"\b(?:{voices.speaking})\b")
        self._by = regex.compile(rf"(?:{voices.by})\b")
        self._passive = regex.compile(rf"\b(?:{voices.passive})(?:\s+[a-z]+)?\s+$")
        self._nobody = regex.compile(rf"(?:(?:{voices.nobody})(?:\s+|$))+")

    @staticmethod
    def speeches(page: Page) -> list[Span]:
        """The words between quotation marks, in order; a mark that nothing closes speaks to the end of its block."""
        text = page.folded.text
        found: list[Span] = []
        for line in page.lines if '"' in text else ():
            at = line.start
            while opening := _OPENS.search(text, at, line.end):
                closing = _CLOSES.search(text, opening.end(), line.end)
                end = closing.start() if closing else line.end
                if _is_speech(page.folded.visible[opening.end() : end].split()):
                    found.append((opening.end(), end))
                at = end + 1
        return found

    def of_speech(self, page: Page, speech: Span) -> Span | None:
        """Who says the words of a speech: named in its sentence, or in the one behind it in its block."""
        text = page.folded.text
        start = page.sentence_at(speech[0] - 1)[0]
        at = speech[1] + 1
        while text[at : at + 1] == " ":
            at += 1
        end = min(page.sentence_at(at)[1], page.line_at(speech[0]).end) if at < len(text) else at
        if signed := _SIGNED.match(text, at, end):
            return self._named(text, signed.end(), end)
        if verb := self._speaking.search(text, at, end):
            return self._named(text, at, verb.start()) or self._named(text, verb.end(), end)
        verbs = list(self._speaking.finditer(text, start, speech[0]))
        return self._before(text, start, verbs[-1].start()) if verbs else None

    def of_cue(self, page: Page, cue: Span) -> Span | None:
        """Who is named to say something by a cue such as "Mills et al. found" or "according to Li"."""
        text = page.folded.text
        start, end = page.sentence_at(cue[0])
        if by := self._by.match(text, *cue):
            return self._named(text, by.end(), end)
        verb = self._speaking.search(text, cue[0], min(cue[1] + NEXT_WORD, end))
        return self._before(text, start, verb.start()) if verb else None

    def _before(self, text: str, start: int, end: int) -> Span | None:
        """The speaker named right before a verb."""
        for stop in _STOP.finditer(text, start, end):
            start = stop.end()
        return None if self._passive.search(text, start, end) else self._named(text, start, end)

    def _named(self, text: str, start: int, end: int) -> Span | None:
        """The speaker named from `start` to the first stop; None where that is nobody or too long for a name."""
        start = _trimmed(text, start, end)[0]
        if nobody := self._nobody.match(text, start, end):
            start = nobody.end()
        stop = _STOP.search(text, start, end)
        start, end = _trimmed(text, start, stop.start() if stop else end)
        return (start, end) if 0 < len(text[start:end].split()) <= LONGEST_SPEAKER else None


def _is_speech(words: list[str]) -> bool:
    """Whether words between quotation marks are no title, in which all that matter have capitals."""
    return len(words) >= SHORTEST_SPEECH and not all(word[0].isupper() for word in words if len(word) > SHORT_WORD)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return end - len(words.lstrip(_EDGE)), start + len(words.rstrip(_EDGE))


def inside(spans: list[Span], span: Span) -> Span | None:
    """The one of ordered spans that a span stands in."""
    at = bisect_right(spans, (span[0] + 1,)) - 1
    return spans[at] if at >= 0 and span[1] <= spans[at][1] else None
