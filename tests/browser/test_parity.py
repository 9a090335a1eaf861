"""The extension and the server read the same page alike, block by block: words, roles, levels, heads and leads."""

import json

import pytest

from caveat.document.html import html_to_document
from caveat.document.wire import WireBlock, document_of

PAGES = {
    "headings": "<h1>Herbs</h1><h2>Kava</h2><p>A root.</p><h3>Dose</h3><p>250 mg.</p>"
    "<div role=heading aria-level=4>More</div>",
    "a heading by its role alone": "<div role=heading>Kava</div><p>A root.",
    "a list": "<p>It may cause:</p><ul><li>Rash</li><li>Nausea</li></ul><p>After.</p>",
    "nested lists": "<p>Lead</p><ul><li>One<ol><li>One a</li><li>One b</li></ol></li><li>Two</li></ul>",
    "paragraphs in items": "<h2>Uses</h2><ul><li><p>Sleep</p><p>More of it</p></li><li><p>Calm</p></li></ul>",
    "a heading in an item": "<ul><li><h4>Sleep</h4><p>Better.</p></li></ul>",
    "a table with heads": "<table><thead><tr><th>Herb<th>Good for<th>Side effects</tr></thead>"
    "<tbody><tr><td>Kava<td>Stress<td>Headache</tr>"
    "<tr><td>Valerian<td>Sleep<td>Dreams</tr></tbody></table>",
    "a table without": "<table><tr><td>Herb<td>Dose</tr><tr><td>Kava<td>250 mg</tr></table>",
    "heads of rows": "<table><tr><td></td><th scope=col>Kava<th scope=col>Valerian</tr>"
    "<tr><th scope=row>Dose<td>250 mg<td>450 mg</tr></table>",
    "rowspan and colspan": "<table><tr><th>Herb<th colspan=2>Effects</tr><tr><td rowspan=2>Kava<td>Calm<td>Sleep</tr>"
    "<tr><td>Rest<td>Ease</tr></table>",
    "odd spans": "<table><tr><td colspan=0>A<td rowspan=x>B<td colspan=99999>C</tr><tr><td>D<td>E</tr></table>",
    "a list in a cell": "<table><tr><td>Do not take with:<td><ul><li>alcohol<li>opioids</ul></tr></table>",
    "a table in a cell": "<table><tr><th>Outer<td><table><tr><th>Inner<td>Deep</tr></table></td></tr></table>",
    "a caption": "<table><caption>Doses</caption><tr><td>Kava<td>2 g</tr></table>"
    "<figure><figcaption>A root</figcaption></figure>",
    "definitions": "<dl><dt>Dose<dd>2 g<dd>at night<dt>Side effects<dd>Rash</dl>",
    "definitions in groups": "<dl><div><dt>Dose</dt><dd>2 g</dd></div><div><dt>For</dt><dd>Sleep</dd></div></dl>",
    "a quotation": "<blockquote><p>It works.</p><p>For me.</p></blockquote><p>Said he.</p>",
    "line breaks": "<p>Kratom binds to<br>opioid receptors<br>in the brain.</p><p>One<br>Two</p>",
    "text beside blocks": "<div>Before<p>inside</p>after</div>",
    "inline elements": "<p>Kava <b>re</b>lieves <a href=#>anxiety <em>fast</em></a>.</p>",
    "struck out": "<p>Take <del>20 g</del> <s>10 g</s> 2 g.</p>",
}


def told(document):
    def words(number):
        block = document.blocks[number]
        return " ".join(document.text[block.start : block.end].split())

    return [
        (
            str(block.role),
            block.level if block.role == "heading" else 0,
            words(number),
            [words(head) for head in block.headers],
            None if block.lead is None else words(block.lead),
        )
        for number, block in enumerate(document.blocks)
    ]


@pytest.mark.parametrize("name", PAGES)
def test_both_readers_see_the_same_blocks(browser, pages, wire, name):
    html = PAGES[name]
    page = browser.open(f"{pages}/markup.html")
    browser.evaluate(page, f"document.body.innerHTML = {json.dumps(html)}")
    browser.check(page)
    sent = [WireBlock.model_validate(block) for block in wire.requests[-1].blocks]
    assert told(document_of(sent)) == told(html_to_document(html))
