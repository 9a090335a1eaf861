"""Pages as they are: what is read of them, what is told as unread, and what is no reason to ask again."""

import pytest


def show(browser, pages, html: str, name: str = "x"):
    page = browser.open(f"{pages}/markup.html?{name}")
    browser.evaluate(page, f"void (document.body.innerHTML = {html!r})")
    return page


@pytest.mark.parametrize(
    ("html", "read", "unread"),
    [
        ("<div aria-hidden=true><main><p>Kratom is a leaf.</p></main></div><div role=dialog>We use cookies.</div>",
         ["Kratom is a leaf.", "We use cookies."], []),
        ("<div aria-hidden=true><main><p>Kratom is a leaf.</p></main></div><p>Shown.</p>", ["Shown."], ["Kratom"]),
        ("<h3><button aria-expanded=true>Is kratom safe?</button></h3><p>No.</p><button>Buy now</button>",
         ["Is kratom safe?", "No."], ["Buy"]),
        ("<p style=display:flex>Take <b>5 mg</b> of kava.</p>", ["Take 5 mg of kava."], []),
        ("<p><i style='font-family: Material Icons'>check_circle</i> Take 5 mg.</p>", ["Take 5 mg."], ["check_circle"]),
        ("<p>Take <span style='text-decoration: line-through'>500 <b>mg</b></span> 5 mg.</p>", ["5 mg."], ["500"]),
    ],
)  # fmt: skip
def test_what_a_reader_sees_is_read_and_nothing_else(browser, pages, wire, html, read, unread):
    page = show(browser, pages, html)
    wire.find()

    browser.check(page)

    [text] = wire.texts
    assert all(words in text for words in read), text
    assert not any(words in text for words in unread), text


def test_what_could_not_be_read_is_told_and_never_passed_over(browser, pages, wire):
    page = show(browser, pages, "<p>5 mg</p><canvas width=400 height=300></canvas><odd-part></odd-part>")
    browser.evaluate(
        page,
        """(() => {
        const root = document.querySelector('odd-part').attachShadow({ mode: 'closed' });
        root.innerHTML = '<p>Kratom cures everything.</p>';
    })()""",
    )
    wire.find("5 mg")

    popup = browser.click_toolbar(page)

    assert "drawings by the page (1)" in popup.text
    assert "closed parts (1)" in popup.text
    assert "Kratom cures" not in wire.texts[0]


@pytest.mark.parametrize(
    ("was", "now", "again"),
    [("It is 12:00:01.", "It is 12:00:02.", False), ("1 minute ago", "2 minutes ago", False),
     ("Take 5 mg.", "Take 50 mg.", True), ("Sale: 5 left", "Kava is safe", True)],
)  # fmt: skip
def test_a_clock_that_ticks_is_no_reason_to_send_the_page_again(browser, pages, wire, was, now, again):
    page = show(browser, pages, f"<p>Kratom is a leaf.</p><p id=clock>{was}</p>")
    wire.find()
    browser.check(page)

    browser.evaluate(page, f"void (document.getElementById('clock').textContent = {now!r})")
    browser.pause(3.6)

    assert len(wire.texts) == (2 if again else 1)


@pytest.mark.parametrize("port", [5061, 6000, 9])
def test_a_port_that_browsers_block_is_named(browser, pages, port):
    browser.use_server(f"http://127.0.0.1:{port}")

    popup = browser.click_toolbar(browser.open(f"{pages}/app.html"))

    assert popup.error == "blocked-port"
    assert "Browsers do not speak to this port" in popup.text


def test_every_key_is_really_assigned(browser):
    api = "(globalThis.browser ?? chrome)"
    commands = browser.in_own_page(f"{api}.commands.getAll()")
    keys = {command["name"]: command["shortcut"] for command in commands if not command["name"].startswith("_")}
    assert len(keys) == 4
    assert all(keys.values()), keys


def test_a_short_page_full_of_names_of_plants_is_english_when_it_says_so(browser, pages, wire):
    wire.find_where_it_stands("300 mg")
    page = browser.open(f"{pages}/app.html")
    herbs = ("Ashwagandha", "Kava", "Valerian", "CBD", "Magnesium")
    words = "".join(f"<h3>{herb}</h3><p>{herb} relieves anxiety. Take 300 mg daily.</p>" for herb in herbs)
    browser.evaluate(page, f"void (document.documentElement.lang = 'en', document.body.innerHTML = {words!r})")

    assert browser.click_toolbar(page).view == "report"
