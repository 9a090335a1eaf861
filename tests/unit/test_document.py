"""A page as a document: blocks with roles, out of HTML and out of plain text."""

import pytest

from caveat.document.blocks import Part, Role, join
from caveat.document.html import html_to_document
from caveat.document.plain import plain


def told(document):
    """Each block as its role and its words."""
    return [(str(block.role), document.text[block.start : block.end]) for block in document.blocks]


def heads(document, words):
    """The words of what heads the block with these words."""
    [block] = [block for block in document.blocks if document.text[block.start : block.end] == words]
    return [document.text[other.start : other.end] for other in (document.blocks[number] for number in block.headers)]


def lead(document, words):
    [block] = [block for block in document.blocks if document.text[block.start : block.end] == words]
    return None if block.lead is None else document.text[slice(*_span(document.blocks[block.lead]))]


def _span(block):
    return block.start, block.end


def test_each_element_has_its_role():
    document = html_to_document(
        "<h2>Kava</h2><p>A root.</p><blockquote>Said.</blockquote><ul><li>One</li></ul>"
        "<dl><dt>Dose</dt><dd>2 g</dd></dl><table><caption>Table</caption><tr><td>Cell</td></tr></table>"
    )
    assert told(document) == [
        ("heading", "Kava"),
        ("paragraph", "A root."),
        ("quote", "Said."),
        ("item", "One"),
        ("term", "Dose"),
        ("definition", "2 g"),
        ("caption", "Table"),
        ("cell", "Cell"),
    ]
    assert document.blocks[0].level == 2


def test_a_cell_knows_the_heads_of_its_row_and_column():
    document = html_to_document(
        "<table><tr><th>Herb<th>Good for<th>Side effects</tr><tr><td>Kava<td>Stress<td>Headache</tr></table>"
    )
    assert heads(document, "Stress") == ["Kava", "Good for"]
    assert heads(document, "Headache") == ["Kava", "Side effects"]


def test_cells_that_span_rows_and_columns_head_all_of_them():
    document = html_to_document(
        "<table><tr><th>Herb<th colspan=2>Effects</tr>"
        "<tr><td rowspan=2>Kava<td>Calm<td>Sleep</tr><tr><td>Rest<td>Ease</tr></table>"
    )
    assert heads(document, "Sleep") == ["Kava", "Effects"]
    assert heads(document, "Ease") == ["Kava", "Effects"]


def test_herbs_may_stand_in_columns():
    document = html_to_document(
        "<table><tr><td></td><th>Kava<th>Valerian</tr><tr><th>Dose<td>250 mg<td>450 mg</tr></table>"
    )
    assert heads(document, "450 mg") == ["Dose", "Valerian"]


def test_an_item_hangs_on_the_line_before_its_list():
    document = html_to_document("<p>It may cause:</p><ul><li>Rash<ul><li>on hands</ul><li>Nausea</ul>")
    assert lead(document, "Rash") == "It may cause:"
    assert lead(document, "on hands") == "Rash"
    assert lead(document, "Nausea") == "It may cause:"


def test_what_is_taken_back_is_not_read_and_what_is_folded_away_is_marked():
    document = html_to_document(
        "<p>Take <del>20 g</del> 2 g.</p><details><summary>More</summary><p>Hidden</p></details>"
    )
    assert told(document) == [("paragraph", "Take 2 g."), ("paragraph", "More"), ("paragraph", "Hidden")]
    assert [block.folded for block in document.blocks] == [False, False, True]


def test_a_line_that_only_goes_on_is_part_of_its_block():
    document = html_to_document("<p>Kratom binds to<br>opioid receptors<br>in the brain.</p><p>One<br>Two")
    assert [words for _, words in told(document)] == [
        "Kratom binds to\nopioid receptors\nin the brain.",
        "One",
        "Two",
    ]


def test_the_signs_of_markdown_are_roles():
    document = plain(
        "# Kava\n\nIt may cause:\n- rash\n- nausea\n\n> Said so.\n\nA text that was broken where\nits lines were full."
    )
    assert told(document) == [
        ("heading", "# Kava"),
        ("paragraph", "It may cause:"),
        ("item", "- rash"),
        ("item", "- nausea"),
        ("quote", "> Said so."),
        ("paragraph", "A text that was broken where\nits lines were full."),
    ]
    assert lead(document, "- nausea") == "It may cause:"


@pytest.mark.parametrize("headers", [(0,), (7,), (-1,)])
def test_what_points_nowhere_is_left_out(headers):
    assert join([Part("Kava", Role.CELL, headers=headers, lead=3)]).blocks[0].headers == ()
    assert join([Part("Kava", Role.CELL, lead=3)]).blocks[0].lead is None
