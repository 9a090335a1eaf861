"""Certainty: which cues reach a claim, and where their reach ends. A description of the language, a line a kind."""

import pytest

ASSERTED, HEDGED, ATTRIBUTED, NEGATED = "asserted", "hedged", "attributed", "negated"


def certainties(checker, text, category="benefit"):
    return [str(finding.certainty) for finding in checker.check(text).findings if finding.category == category]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        # A cue ends with its clause.
        ("Even though it tastes of nothing good, kava relieves anxiety.", ASSERTED),
        ("With no sugar and no caffeine, kava relieves anxiety.", ASSERTED),
        ("Kava (which is not cheap) relieves anxiety.", ASSERTED),
        ("Kava - no cheap root - relieves anxiety.", ASSERTED),
        ("Unlike pills, which may not help, kava relieves anxiety.", ASSERTED),
        ("It cannot be bought here, but kava relieves anxiety.", ASSERTED),
        ("Whether the law allows it is unclear, and it relieves anxiety.", ASSERTED),
        ("Kava does not relieve anxiety, stress, or insomnia.", NEGATED),
        ("Nothing in kava relieves anxiety.", NEGATED),
        ("Kava doesnt relieve anxiety.", NEGATED),
        # Idioms and double negation deny nothing.
        ("It is no secret that kava relieves anxiety.", ASSERTED),
        ("Nobody can deny that kava relieves anxiety.", ASSERTED),
        ("Kava never fails to relieve anxiety.", ASSERTED),
        ("Kava does not just relieve anxiety.", ASSERTED),
        ("Believe it or not, kava relieves anxiety.", ASSERTED),
        # A denial may follow, or head the line.
        ("Kava relieves anxiety; this has been disproved.", NEGATED),
        ("Kava relieves anxiety - that is simply false.", NEGATED),
        ("Myth: kava relieves anxiety.", NEGATED),
        ("Claim: kava relieves anxiety. Verdict: false.", NEGATED),
        ("Kava does not help with:\n- anxiety", NEGATED),
        # Hedges, also after the claim; leave to take something is none.
        ("Kava may relieve anxiety.", HEDGED),
        ("Kava relieves anxiety, or so it seems.", HEDGED),
        # Somebody's words.
        ("She said that kava relieves anxiety.", ATTRIBUTED),
        ("Mills et al. found that kava relieves anxiety.", ATTRIBUTED),
        ("Kava is believed to relieve anxiety.", ATTRIBUTED),
        ("Kava is clinically proven to relieve anxiety.", ASSERTED),
    ],
)
def test_the_certainty_of_a_benefit(checker, text, certainty):
    assert certainties(checker, text) == [certainty]


def test_leave_to_take_an_amount_is_no_hedge(checker):
    assert certainties(checker, "You may take 300 mg of ashwagandha twice daily.", "dose") == [ASSERTED]


@pytest.mark.parametrize(
    "question",
    [
        "Kava relieves anxiety, doesn't it?",
        "Did you know that kava relieves anxiety?",
        "Does kava relieve anxiety? Absolutely.",
        "Why does kava relieve anxiety so well?",
    ],
)
def test_a_question_that_wants_assent_claims(checker, question):
    assert certainties(checker, question) == [ASSERTED]


def test_an_answer_belongs_to_its_question(checker):
    assert certainties(checker, "Does kava relieve anxiety?") == []
    assert certainties(checker, "Does kava relieve anxiety? No.") == [NEGATED]
    assert certainties(checker, "Does kava cure cancer? No. Kava relieves anxiety.") == [NEGATED, ASSERTED]
    assert certainties(
        checker, "Can I take kava with Xanax?\nNo, mixing kava with Xanax is dangerous.", "interaction"
    ) == [ASSERTED]


@pytest.mark.parametrize(
    "text",
    [
        "If kava really relieved anxiety, doctors would prescribe it.",
        "Kava would relieve anxiety if it were stronger.",
        "The aim was to find out whether kava relieves anxiety.",
    ],
)
def test_a_supposition_claims_nothing(checker, text):
    assert certainties(checker, text) == []


def test_no_pattern_reaches_over_but_to_its_object(checker):
    assert certainties(checker, "Kava does not cure insomnia but improves sleep.") == [NEGATED, ASSERTED]
