"""From HTML to the text a reader sees."""

import pytest

from caveat.document.html import TooComplex, html_to_document


def html_to_text(html):
    return html_to_document(html).text


def test_blocks_are_lines_and_inline_elements_are_not():
    html = (
        "<h1>Kava</h1><p>It <b>binds</b> to\n <i>GABA</i> receptors.<br>Take 2 g.</p><ul><li>one</li><li>two</li></ul>"
    )
    assert html_to_text(html) == "Kava\nIt binds to GABA receptors.\nTake 2 g.\none\ntwo"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>kava</script>",
        "<style>kava</style>",
        "<nav>kava</nav>",
        "<textarea>kava</textarea>",
        "<button>kava</button>",
        "<div hidden>kava</div>",
        "<div style='display: none'>kava</div>",
        "<div aria-hidden='true'>kava</div>",
        "<div contenteditable>kava</div>",
        "<!-- kava -->",
    ],
)
def test_what_is_hidden_typed_or_no_prose_is_left_out(hidden):
    assert html_to_text(f"<p>before</p>{hidden}<p>after</p>") == "before\nafter"


def test_footnotes_are_no_numbers():
    html = "<p>Take 2<sup>3</sup> g<sup><a>[4]</a></sup> or 10<sup>9</sup> CFU of B<sub>12</sub>, 10<sup>th</sup>"
    assert html_to_text(html) == "Take 2 g or 10^9 CFU of B12, 10th"


def test_typeset_text_keeps_the_line_breaks_that_mean_something():
    html = (
        "<pre>A typeset text breaks its lines where these are full, so that\nthis is one sentence.\n\n"
        "- One\n- <b>Two</b>\nShort\nlines</pre><p>No\nmore"
    )
    assert html_to_text(html).split("\n") == [
        "A typeset text breaks its lines where these are full, so that this is one sentence.",
        "- One",
        "- Two",
        "Short",
        "lines",
        "No more",
    ]


def test_sidebars_and_tables_stay():
    html = "<aside>2 g a day</aside><table><tr><td>Dose</td><td>5 mg</td></tr></table>"
    assert html_to_text(html) == "2 g a day\nDose\n5 mg"


def test_a_page_is_decoded_as_it_declares():
    page = "<meta charset='windows-1252'><p>caf\u00e9 “kava”</p>".encode("windows-1252")
    assert html_to_text(page) == "café “kava”"


def test_elements_may_nest_deep_but_not_without_end():
    assert html_to_text("<div>" * 500 + "kava") == "kava"
    with pytest.raises(TooComplex):
        html_to_text("<div>" * 10_000 + "kava")


def test_elements_may_be_many_but_not_without_end():
    assert html_to_text("<p>kava</p>" * 10_000).count("kava") == 10_000
    with pytest.raises(TooComplex):
        html_to_text("<p>a" * 200_000)
