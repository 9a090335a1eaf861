"""What a claim is about: a name is given only where the page says it, for a wrong one is worse than none."""

import pytest

from caveat.document.html import html_to_document

# The last claim of each text, and what it is about.
ABOUT = {
    "Vitamin D supports healthy bones, maintains lean muscle, enhances absorption of calcium.": "vitamin_d",
    "Zinc is a mineral. It boosts immunity.": "zinc",
    "Zinc is a mineral. These supplements boost immunity.": "zinc",
    "Zinc is a mineral. Certain vitamins fight cancer.": None,
    "Ginger is a root. Herbs boost immunity.": None,
    "Alcohol is served late. Alcohol is beer.\nThe fiber in it prevents constipation.": None,
}


@pytest.mark.parametrize("text", ABOUT)
def test_a_claim_is_about_what_the_page_says_or_about_nothing_known(checker, text):
    report = checker.check(text)

    claims = [finding for finding in report.findings if finding.category.value in {"benefit", "mechanism"}]
    assert claims[-1].substance == ABOUT[text]


@pytest.mark.parametrize(("heading", "about"), [
    ("Sleep supplements", None), ("Valerian", "valerian"), ("Good to know", "ginger"),
])  # fmt: skip
def test_a_heading_of_other_products_takes_the_page_s_substance_away(checker, heading, about):
    page = html_to_document(f"<p>Ginger is a root. Ginger is hot.</p><h2>{heading}</h2><ul><li>Improves digestion</ul>")

    [claim] = checker.check(page).findings

    assert claim.substance == about
