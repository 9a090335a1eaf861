"""Ticks along the scrollbar: where on a long page something is marked, and a way there."""

import pytest

AT = """() => {
    const [range] = CSS.highlights.get('caveat-found') ?? [];
    return range ? String(range) : '';
}"""


@pytest.fixture
def long(chromium, pages, wire):
    """A long page with a dose near its beginning, and one near its end."""
    wire.find_where_it_stands("2 grams", "5 grams")
    page = chromium.open(f"{pages}/markup.html")
    page.set_viewport_size({"width": 800, "height": 600})
    page.evaluate("""() => {
        document.body.innerHTML = '<p>Take 2 grams of it.<p style="height: 4000px">Kratom.<p>Take 5 grams of it.';
    }""")
    chromium.check(page)
    return page


def test_a_click_on_a_tick_leads_to_its_words(long, artifacts):
    long.wait_for_selector("caveat-ticks", state="attached")
    long.screenshot(path=artifacts / "ticks.png")
    before = long.evaluate("scrollY")

    for y in range(560, 600):  # wherever it is drawn there
        long.mouse.click(795, y)
        if long.evaluate(AT):
            break

    assert long.evaluate(AT) == "5 grams"
    assert long.evaluate("scrollY") > before + 3000


def test_they_are_switched_off_and_on_in_the_options(chromium, long):
    long.wait_for_selector("caveat-ticks", state="attached")
    options = chromium.open_own("options/options.html")

    options.click("#ticks")
    long.wait_for_selector("caveat-ticks", state="detached")

    options.click("#ticks")
    long.wait_for_selector("caveat-ticks", state="attached")


def test_a_page_seen_as_a_whole_has_none_and_print_neither(chromium, pages, wire):
    wire.find("5 mg")
    page = chromium.open(f"{pages}/markup.html")
    chromium.check(page)

    assert page.locator("caveat-ticks").count() == 0


def test_drawing_them_has_nothing_read_again(chromium, long, wire):
    long.wait_for_selector("caveat-ticks", state="attached")
    element = long.query_selector("caveat-ticks")

    chromium.pause(2)

    assert element.evaluate("(element) => element.isConnected"), "they are drawn again and again"
    assert len(wire.texts) == 1
