"""Marks on pages: seen on every background, and only where there is something to see."""

import re

import pytest
from chromium import wait_until

# As a page may write it, and what it comes to.
BACKGROUNDS = {
    "#ffffff": (255, 255, 255), "#000000": (0, 0, 0), "#f6f1e3": (246, 241, 227), "#121212": (18, 18, 18),
    "#808080": (128, 128, 128), "#b0b0b0": (176, 176, 176), "#c0392b": (192, 57, 43), "#0055aa": (0, 85, 170),
    "#2ecc71": (46, 204, 113), "#ffdd00": (255, 221, 0), "#ff8c00": (255, 140, 0), "#6a0dad": (106, 13, 173),
    "#00ced1": (0, 206, 209), "#ff69b4": (255, 105, 180), "#556b2f": (85, 107, 47), "#708090": (112, 128, 144),
    "rgb(255 255 255 / 50%)": (255, 255, 255), "rgb(0 0 0 / 60%)": (102, 102, 102),
    "oklch(70% 0.15 60)": (226, 136, 66),
    "color(srgb 0.2 0.3 0.4)": (51, 76, 102),
}  # fmt: skip
COLOURS = """(() => Object.fromEntries([...CSS.highlights].flatMap(([name, ranges]) => [...ranges].map((range) => {
    const element = range.startContainer.parentElement;
    return [element.id, getComputedStyle(element, `::highlight(${name})`).textDecorationColor];
}))))()"""


def luminance(colour) -> float:
    channels = (each / 255 for each in colour)
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mark", ["check", "know", "warns"])
def test_a_mark_is_seen_on_every_background(browser, pages, wire, mark):
    quotes = [f"dose {chr(97 + number)}" for number in range(len(BACKGROUNDS))]
    wire.find(*quotes, mark=mark)
    page = browser.open(f"{pages}/markup.html")
    words = "".join(
        f"<p id='b{number}' style='background: {background}'>{quotes[number]}</p>"
        for number, background in enumerate(BACKGROUNDS)
    )
    browser.evaluate(page, f"void (document.body.innerHTML = `{words}`)")

    browser.check(page)

    colours = browser.evaluate(page, COLOURS)
    measured = {
        background: contrast(map(float, re.findall(r"[\d.]+", colours[f"b{number}"])[:3]), colour)
        for number, (background, colour) in enumerate(BACKGROUNDS.items())
    }
    assert min(measured.values()) >= 3, measured


def test_a_page_that_turns_dark_keeps_its_marks_in_sight(browser, pages, wire):
    wire.find("2 grams")
    page = browser.open(f"{pages}/app.html")
    browser.check(page)
    layers = "[...CSS.highlights].flatMap(([name, ranges]) => ranges.size ? [name] : [])"
    assert browser.evaluate(page, layers) == ["caveat-know-light"]

    browser.evaluate(page, "void (document.body.style.background = '#111')")

    browser.until(lambda: browser.evaluate(page, layers) == ["caveat-know-dark"], "it is still drawn for a light page")


def test_a_page_that_goes_dark_with_the_system_is_marked_anew(chromium, pages, wire):
    wire.find("5 mg")
    page = chromium.open(f"{pages}/markup.html")
    page.add_style_tag(content=":root { color-scheme: light dark } body { background: Canvas; color: CanvasText }")
    chromium.check(page)
    layers = "() => [...CSS.highlights].filter(([, ranges]) => ranges.size).map(([name]) => name)"
    assert page.evaluate(layers) == ["caveat-know-light"]

    page.emulate_media(color_scheme="dark")

    wait_until(page, lambda: page.evaluate(layers) == ["caveat-know-dark"], "it is still drawn for a light page")


def test_what_is_not_marked_is_neither_drawn_nor_counted(browser, pages, wire):
    wire.find("5 mg", mark="none", certainty="negated")
    page = browser.open(f"{pages}/markup.html")

    popup = browser.click_toolbar(page)

    assert browser.highlighted(page) == {}
    assert browser.badge() == "0"
    assert popup.sentences == []
    browser.close_popup(page)
    panel = browser.beside(page)
    assert panel.quotes == []
    assert "1 more are not marked" in panel.text


def test_each_mark_has_a_line_of_its_own(browser, pages, wire):
    styles = set()
    for mark in ("check", "know", "warns"):
        wire.find("5 mg", mark=mark)
        page = browser.open(f"{pages}/markup.html?{mark}")
        browser.check(page)
        element = "document.querySelector('p')"
        styles.add(browser.evaluate(
            page, f"getComputedStyle({element}, '::highlight(caveat-{mark}-light)').textDecorationStyle"
        ))  # fmt: skip
    assert len(styles) == 3
