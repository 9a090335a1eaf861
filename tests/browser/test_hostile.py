"""Pages that would rather not be read, or would have the extension show what they like."""

from pathlib import Path

import pytest
from chromium import everyday_chromium
from reports import finding, report
from servers import Answer

EXTENSION = Path(__file__).parents[2] / "extension"
OURS = "CSS.highlights.get('caveat-know-light')"
ADD_ANOTHER = (
    "[document.querySelector('h1')].forEach((words) => { const range = new Range(); range.selectNode(words);"
    " CSS.highlights.get('caveat-know-light').add(range); })"
)
CARD = "!!document.querySelector('caveat-card')"


@pytest.fixture
def page(browser, pages, wire):
    wire.find_where_it_stands("2 grams", "5 grams")
    page = browser.open(f"{pages}/app.html")
    browser.check(page)
    assert browser.highlighted(page) == {"know": ["2 grams", "5 grams"]}
    return page


def rest_on(browser, page, selector: str) -> None:
    """Moves the pointer onto the beginning of an element's text."""
    box = browser.evaluate(page, f"document.querySelector('{selector}').getBoundingClientRect().toJSON()")
    browser.move_pointer(page, box["x"] + 5, box["y"] + box["height"] / 2)


@pytest.mark.parametrize(
    "attack",
    [
        "CSS.highlights.clear()",
        "CSS.highlights.delete('caveat-know-light')",
        "CSS.highlights.set('caveat-dose', new Highlight())",
        "CSS.highlights.get('caveat-know-light').clear()",
        ADD_ANOTHER,
        f"({ADD_ANOTHER}, {OURS}.delete([...{OURS}][0]))",
        "[...CSS.highlights.get('caveat-know-light')][0].selectNode(document.querySelector('h1'))",
    ],
)
def test_a_page_that_takes_highlights_away_or_puts_its_own_in(browser, page, attack):
    browser.evaluate(page, f"void {attack}")

    rest_on(browser, page, "h1")  # whatever makes the extension look

    browser.until(lambda: sorted(browser.highlighted(page).get("know", [])) == ["2 grams", "5 grams"], "not put right")
    browser.pause(0.4)
    assert not browser.evaluate(page, CARD)


def test_names_and_prototypes_that_a_page_has_taken(browser, pages, wire):
    wire.find("2 grams")
    page = browser.open(f"{pages}/clobber.html")

    popup = browser.click_toolbar(page)

    assert popup.view == "report"
    assert wire.texts[0].strip() == "For sleep, take 2 grams of kratom."
    size = "CSS.highlights.get('caveat-know-light').size"
    assert browser.evaluate(page, size) == 1
    assert browser.evaluate(page, "CSS.highlights.get('caveat-know-light').values().next().value.startOffset") == 16


def test_events_and_messages_of_a_page_are_no_reader_s(browser, page, wire):
    wire.reset()
    browser.evaluate(
        page,
        "(() => { for (const kind of ['check', 'stop', 'hide', 'step', 'analyze', 'shown']) {"
        " window.postMessage({ kind, by: 1, scope: 'site' }, '*');"
        " document.dispatchEvent(new CustomEvent(kind, { detail: { kind } })); }"
        " const { x, y } = document.getElementById('first').getBoundingClientRect();"
        " const at = { clientX: x + 200, clientY: y + 12, bubbles: true };"
        " document.dispatchEvent(new PointerEvent('pointermove', at));"
        " dispatchEvent(new Event('visibilitychange')); })()",
    )
    browser.pause(0.5)

    assert browser.highlighted(page) == {"know": ["2 grams", "5 grams"]}
    assert not browser.evaluate(page, CARD)
    assert wire.requests == []
    assert browser.evaluate(page, "typeof globalThis.chrome?.runtime?.sendMessage + typeof globalThis.caveat") == (
        "undefinedundefined"
    )


def test_a_flood_of_changes(browser, page, wire):
    wire.reset()
    wire.find_where_it_stands("2 grams", "5 grams")
    browser.evaluate(
        page,
        "void (globalThis.flood = setInterval(() => { for (let n = 0; n < 200; n += 1) {"
        " document.getElementById('more').textContent = `${Math.random()} of kratom`;"
        " document.body.className = `c${n}`; } }, 1))",
    )
    browser.pause(4)

    assert len(wire.texts) <= 2
    assert browser.highlighted(page) == {"know": ["2 grams", "5 grams"]}
    assert browser.tell({"kind": "state"})["view"] == "report"
    frames = (
        "new Promise((done) => { let count = 0; const until = performance.now() + 1000;"
        " const next = () => { count += 1; performance.now() < until ? requestAnimationFrame(next) : done(count); };"
        " next(); })"
    )
    assert browser.evaluate(page, frames) > 5, "the page hardly draws any more"
    browser.evaluate(page, "clearInterval(globalThis.flood)")


def test_a_page_that_ends_while_it_is_read(browser, pages, wire):
    page = browser.open(f"{pages}/app.html")
    browser.evaluate(
        page,
        "(() => { const words = document.getElementById('more');"
        " for (let n = 0; n < 4000; n += 1) words.append(Object.assign(document.createElement('p'), { textContent:"
        " `Paragraph ${n} on kratom.` }));"
        " let left = 40; const timer = setInterval(() => { words.replaceChildren(...[...words.children].reverse());"
        " if (--left === 0) clearInterval(timer); }, 1); })()",
    )

    popup = browser.click_toolbar(page)

    assert popup.view == "report"
    browser.until(lambda: wire.texts[-1].count("Paragraph") == 4000, "the page was never read as a whole")


def test_ten_thousand_findings_on_one_page(browser, page, wire):
    words = "document.getElementById('more').textContent = 'kratom 7 mg. '.repeat(10_000)"
    browser.evaluate(page, words)

    def everywhere(request):
        text, found = request.text, []
        for index in range(10_000):
            start = text.find("7 mg", found[-1]["end"] if found else 0)
            if start < 0:
                break
            found.append(finding(text, "7 mg") | {"id": f"f{index}", "start": start, "end": start + 4})
        return Answer.json(report(*found))

    wire.answer("/v1/analyze", everywhere)
    assert browser.tell({"kind": "check"})["view"] == "report"
    assert browser.badge() == "999+"
    assert len(browser.highlighted(page)["know"]) >= 5_000
    assert set(browser.highlighted(page)["know"]) == {"7 mg"}


def test_the_extension_is_reloaded_while_the_page_stands(pages, wire):
    """In a browser of its own, as it loses its extension."""
    with everyday_chromium(EXTENSION, "http://localhost/*") as own:
        own.use_server(wire.address)
        own.store(automatic="sites", sites=["http://localhost/*"])
        own.until(lambda: own.in_background("() => chrome.scripting.getRegisteredContentScripts()"), "not registered")
        wire.find_where_it_stands("2 grams")
        page = own.open(f"{pages}/app.html")
        own.until(lambda: own.highlighted(page), "nothing was highlighted")
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))

        own.in_background("() => { setTimeout(() => chrome.runtime.reload(), 50); }")
        own.pause(1)
        own.move_pointer(page, 300, 300)

        own.until(lambda: own.highlighted(page) == {}, "the highlights stayed")
        assert failures == []
