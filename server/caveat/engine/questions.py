"""What a sentence claims by the way it is put: a question claims nothing, unless it does.

"Doesn't it?" asks for assent, "why does kava relieve pain?" takes its claim for granted, and a short answer or a
verdict in the next sentence agrees with a question or denies it. Some statements only suppose something.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caveat.engine.pattern import PhraseSet
from caveat.model import Certainty
from caveat.rules.ruleset import Questions

# Answers and verdicts are short.
LONGEST_ANSWER = 40


@dataclass(frozen=True, slots=True)
class Assent:
    """Whether a sentence claims anything, what the sentence after it makes of that, and whether it only supposes."""

    claims: bool
    verdict: Certainty | None = None
    supposes: bool = False


class QuestionReader:
    """Knows questions, answers and suppositions."""

    def __init__(self, questions: Questions) -> None:
        self._claiming = PhraseSet((*questions.tags, *questions.presupposed))
        self._agreeing = PhraseSet(questions.agreeing)
        self._denying = PhraseSet(questions.denying)
        self._refuting = PhraseSet(questions.refuting)
        self._judged = PhraseSet(questions.judged)
        self._supposing = PhraseSet(questions.supposing)

    def read(self, sentences: Sequence[str]) -> list[Assent]:
        """The assent to each sentence of a page, in its shadow text."""
        following = (*sentences[1:], "")
        return [self._one(sentence, after) for sentence, after in zip(sentences, following, strict=False)]

    def _one(self, sentence: str, after: str) -> Assent:
        question = sentence.rstrip("\"')]").endswith("?")
        answer = after.rstrip(" .!\"')]") if len(after) <= LONGEST_ANSWER else ""
        verdict = None
        if answer and self._refuting.search(answer):
            verdict = Certainty.NEGATED
        elif answer and (question or self._judged.search(sentence)):
            if self._denying.search(answer):
                verdict = Certainty.NEGATED
            elif self._agreeing.search(answer):
                verdict = Certainty.ASSERTED
        if question:
            words = sentence.rstrip(" ?\"')]")
            return Assent(verdict is not None or self._claiming.search(words), verdict)
        return Assent(claims=True, verdict=verdict, supposes=self._supposing.search(sentence))
