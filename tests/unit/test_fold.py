"""Folding: lowercase ASCII, one character for one, with a way back to the text received."""

import pytest

from caveat.document.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Kratom’s “effects” — 5 µg", 'kratom\'s "effects" - 5 ug'),
        ("Açaí and café", "acai and cafe"),
        ("α-GPC, β-alanine, κ-opioid", "a-gpc, b-alanine, k-opioid"),
        ("½ teaspoon", "1 teaspoon"),
        ("İstanbul", "istanbul"),
        ("💊 Take", "  take"),
        ("Женьшень", "xxxxxxxx"),
        ("tab\tand\u00a0space", "tab and space"),
        ("• one\r\n▪ two", "- one\n\n- two"),
    ],
)
def test_every_character_becomes_one(text, folded):
    result = fold(text)
    assert result.text == folded
    assert result.places is None
    assert len(result.text) == len(text)


def test_what_cannot_be_seen_is_left_out_and_its_place_kept():
    text = "x mitra\u00adgy\u200bnine cafe\u0301"
    folded = fold(text)
    assert folded.text == "x mitragynine cafe"
    start = folded.text.index("mitragynine")
    begin, end = folded.span(start, start + len("mitragynine"))
    assert text[begin:end] == "mitra\u00adgy\u200bnine"


def test_a_text_of_many_scripts_is_folded_like_one_of_few():
    many = "".join(map(chr, range(0x4E00, 0x4E00 + 5000)))
    assert fold(many).text == "x" * 5000
