"""The promises of the risk, kept for whatever a page may hold."""

from hypothesis import given
from hypothesis import strategies as st

from caveat.model import DANGERS, Category, Certainty, Finding, Level, Names, Severity, Slot, Stance
from caveat.risk import missing, summarize

SUBSTANCES = ["kratom", "kava", "melatonin", "ashwagandha", "bacopa"]
NAMED = ["opioids", "alprazolam", "alcohol", "liver_disease", "pregnancy", "cyp3a4_substrates", "ssris"]


OF_DANGERS = (Stance.WARNS, Stance.ADVISES, Stance.PLAYS_DOWN)


@st.composite
def findings(draw, categories=tuple(Category), stances=tuple(Stance)):
    """A finding, and the names that stand in its sentence."""
    slots = {}
    if substance := draw(st.sampled_from([None, *SUBSTANCES])):
        slots["substance"] = Slot(0, 1, "x", substance)
    category = draw(st.sampled_from(categories))
    certainty = draw(st.sampled_from(Certainty))
    stance = draw(st.sampled_from([stance for stance in stances if (category in DANGERS) == (stance in OF_DANGERS)]))
    severity = draw(st.sampled_from([Severity.NOTE, Severity.CAUTION, Severity.WARNING]))
    id_ = f"f{draw(st.integers(1, 10**9))}"
    names = frozenset(draw(st.lists(st.sampled_from(NAMED), max_size=3)))
    finding = Finding(id_, "a.rule", category, certainty, stance, severity, 0, 1, "x", "Title", "Message", slots=slots)
    return finding, Names(names, names)


PAGES = st.lists(findings(), max_size=30)
CLAIMS = findings(tuple(category for category in Category if category not in DANGERS))
PLAYED_DOWN = findings(DANGERS, (Stance.PLAYS_DOWN, Stance.ADVISES))
CAUTIONS = findings(DANGERS, (Stance.WARNS,))


def summed(checker, page):
    rules = checker.ruleset
    own = [finding for finding, _ in page]
    left_out = missing(own, [names for _, names in page], frozenset(), rules.facts, rules.weights.missing)
    return summarize(own, (), left_out, rules.facts, rules.weights)


@given(page=PAGES)
def test_the_reasons_add_up_to_the_score(checker, page):
    summary = summed(checker, page)
    assert sum(reason.points for reason in summary.reasons) == summary.score
    assert 0 <= summary.score <= 100
    assert all(reason.points for reason in summary.reasons)


@given(page=PAGES, claim=CLAIMS | PLAYED_DOWN)
def test_a_claim_never_lowers_the_score(checker, page, claim):
    assert summed(checker, [*page, claim]).score >= summed(checker, page).score


@given(page=PAGES, caution=CAUTIONS)
def test_a_caution_never_raises_the_score(checker, page, caution):
    assert summed(checker, [*page, caution]).score <= summed(checker, page).score


@given(data=st.data(), page=PAGES)
def test_the_order_of_findings_does_not_matter(checker, data, page):
    shuffled = data.draw(st.permutations(page))
    one, other = summed(checker, page), summed(checker, shuffled)
    assert (one.score, one.level, one.headline, one.missing) == (
        other.score,
        other.level,
        other.headline,
        other.missing,
    )
    assert [(reason.code, reason.points) for reason in one.reasons] == [
        (reason.code, reason.points) for reason in other.reasons
    ]


def test_a_page_without_a_finding_has_no_risk(checker):
    summary = summed(checker, [])
    assert (summary.score, summary.level, summary.reasons, summary.missing) == (0, Level.NONE, (), ())
    assert summary.headline == "Caveat found none of the claims it knows. That does not mean that the page is right."
