"""Sections and subjects: what a fragment means by where it stands, and what a claim is about."""

import pytest

from caveat.document.html import html_to_document


def found(checker, html):
    """Each finding as its category, words and substance."""
    findings = checker.check(html_to_document(html)).findings
    return [(str(finding.category), finding.quote, finding.substance) for finding in findings]


def test_cells_take_their_sense_from_the_head_of_their_column(checker):
    html = (
        "<table><tr><th>Herb<th>Benefits<th>Side effects</tr>"
        "<tr><td>Kava<td>Anxiety<td>Headache</tr><tr><td>Valerian<td>Insomnia<td>Nausea</tr></table>"
    )
    assert found(checker, html) == [
        ("benefit", "Anxiety", "kava"),
        ("caution", "Headache", "kava"),
        ("benefit", "Insomnia", "valerian"),
        ("caution", "Nausea", "valerian"),
    ]


def test_a_section_is_closed_by_the_next_heading_of_its_level(checker):
    html = "<h1>Kava</h1><h2>Side effects</h2><ul><li>Headache</ul><h2>Where it grows</h2><ul><li>Headache Island</ul>"
    assert [words for _, words, _ in found(checker, html)] == ["Headache"]


def test_a_section_goes_on_under_headings_below_its_own(checker):
    html = "<h1>Kava</h1><h2>Side effects</h2><h3>Common</h3><ul><li>Headache</ul><h3>Rare</h3><ul><li>Rash</ul>"
    assert [(category, words) for category, words, _ in found(checker, html)] == [
        ("caution", "Headache"),
        ("caution", "Rash"),
    ]


def test_a_definition_takes_its_sense_from_its_term(checker):
    html = "<h1>Kava</h1><dl><dt>Side effects</dt><dd>Headache</dd><dt>Dosage</dt><dd>250 mg daily</dd></dl>"
    assert found(checker, html) == [("caution", "Headache", "kava"), ("dose", "250 mg daily", "kava")]


def test_the_head_of_a_row_opens_a_section_for_its_list(checker):
    html = (
        "<table><tr><td>Do not combine kava with:</td><td><ul><li>alcohol</li><li>opioids</li></ul></td></tr></table>"
    )
    assert [(category, words) for category, words, _ in found(checker, html)] == [
        ("interaction", "alcohol"),
        ("interaction", "opioids"),
    ]


@pytest.mark.parametrize(
    ("html", "substance"),
    [
        ("<p>Kava is a root. It relieves anxiety.</p>", "kava"),
        ("<h2>Valerian</h2><p>It relieves anxiety.</p><h2>Kava</h2><p>It relieves anxiety.</p>", "kava"),
        ("<p>Kava, kava, kava.</p><p>Valerian is a root. It relieves anxiety.</p>", "valerian"),
        ("<p>Kava is a root.</p><p>We tested Relaxium®, and here Relaxium relieves anxiety.</p>", None),
        ("<p>Unlike kava, valerian relieves anxiety.</p>", "valerian"),
    ],
)
def test_the_last_claim_is_about_the_right_substance(checker, html, substance):
    assert found(checker, html)[-1][2] == substance


def test_what_has_no_known_subject_carries_no_fact(checker):
    report = checker.check(
        html_to_document("<p>Kava is a root.</p><p>We love Relaxium®, as Relaxium relieves anxiety.</p>")
    )
    [finding] = report.findings
    assert (finding.substance, finding.facts) == (None, ())
