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
        ("Researchers at Duke University found that kava relieves anxiety.", ATTRIBUTED),
        ("A meta-analysis of nine trials shows kava relieves anxiety.", ATTRIBUTED),
        ("It is primarily used to relieve anxiety with kava.", ATTRIBUTED),
        ("“Kava relieves anxiety in three days.”", ATTRIBUTED),
        ("The “sleep herb” kava relieves anxiety.", ASSERTED),
        ("“Kava Relieves Anxiety Fast” is a book.", ASSERTED),
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


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Kava cures anxiety and may help you sleep.", ["Kava cures anxiety", "may help you sleep"]),
        ("Kava relieves anxiety and could improve sleep.", ["Kava relieves anxiety", "could improve sleep"]),
        ("By easing stress, kava may help you sleep.", ["By easing stress, kava may help you sleep"]),
    ],
)
def test_a_hedge_between_two_claims_is_of_the_second(checker, text, claims):
    found = [finding for finding in checker.check(text).findings if finding.category == "benefit"]
    assert [finding.quote for finding in found] == claims
    assert [str(finding.certainty) for finding in found] == [ASSERTED] * (len(found) - 1) + [HEDGED]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Ask your doctor about its potential effects before you take kava.", ASSERTED),
        ("Studies suggest that kava is not recommended for children.", ASSERTED),
        ("Never mix kava without a doctor's advice.", ASSERTED),
        ("Kava may cause headache.", HEDGED),
    ],
)
def test_advice_is_sure_of_itself_whatever_it_is_about(checker, text, certainty):
    assert certainties(checker, text, "caution") == [certainty]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Kava should not be used for longer than 4 weeks.", ASSERTED),
        ("Never take 2 g of kava at noon.", ASSERTED),
        ("Kava is not taken twice daily.", NEGATED),
    ],
)
def test_what_forbids_a_dose_is_advice_on_it(checker, text, certainty):
    assert certainties(checker, text, "dose") == [certainty]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("According to the Kava Society, kava relieves anxiety.", "the Kava Society"),
        ("Researchers at Duke University found that kava relieves anxiety.", "Researchers at Duke University"),
        ("Mills et al. found that kava relieves anxiety.", "Mills et al"),
        ("In 2019, Smith and colleagues reported that kava relieves anxiety.", "Smith and colleagues"),
        ("Some studies suggest that kava relieves anxiety.", "Some studies"),
        ("“Kava relieves anxiety and stress,” said Dr. Jane Li of the clinic.", "Dr. Jane Li of the clinic"),
        ("Dr. Jane Li says: “Kava relieves anxiety in three days.”", "Dr. Jane Li"),
        ("“Kava cured my anxiety in three days.” — Jane D., Texas", "Jane D"),
        ("Kava is believed to relieve anxiety.", None),
        ("She said that kava relieves anxiety.", None),
        ("“Kava relieves anxiety and stress,” she said.", None),
        ("Kava relieves anxiety.", None),
    ],
)
def test_who_speaks_is_named_where_the_text_names_somebody(checker, text, speaker):
    finding = next(each for each in checker.check(text).findings if each.category == "benefit")
    assert (finding.slots["speaker"].text if "speaker" in finding.slots else None) == speaker
    assert "”" not in finding.quote
