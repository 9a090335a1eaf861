"""The card on the page, by pointer and by keyboard."""

import pytest
from chromium import call_wrong, card_edges, card_text, click_in_card, decoration, highlighted, wait_until
from reports import fact, finding, report
from servers import Answer


def test_hovering_a_finding_opens_a_card_that_explains_it(chromium, pages, wire, artifacts):
    wire.find("2 to 3 grams", certainty="hedged", cue={"start": 0, "end": 3, "text": "may"})
    page = chromium.open(f"{pages}/markup.html")
    chromium.check(page)

    page.hover("u")

    text = card_text(page)
    assert "Worth knowing · Dose" in text
    assert "Says how much to take" in text
    assert "No dose of kratom is known to be safe." in text
    assert "Hedged: the page says “may”" in text
    page.screenshot(path=artifacts / "card.png")

    page.mouse.move(600, 500)
    page.wait_for_selector("caveat-card", state="detached")


def find_with_facts(wire, *quotes: str, facts: dict[str, dict]) -> None:
    """From now on a finding on each quote is answered, and each is told all of these facts."""

    def answer(request) -> Answer:
        findings = (finding(request.text, quote, facts=list(facts)) for quote in quotes)
        return Answer.json(report(*findings, facts=facts))

    wire.answer("/v1/analyze", answer)


def test_a_card_tells_what_sources_say(chromium, pages, wire, artifacts):
    find_with_facts(wire, "2 to 3 grams", facts={
        "kratom-037": fact(),
        "kratom-008": fact(severity="moderate", evidence="regulator", source="FDA", tier="mirror",
                           statement="Kratom is not approved for any use.",
                           reproduced_at="mirror.example", url="https://mirror.example/fda"),
    })  # fmt: skip
    page = chromium.open(f"{pages}/markup.html")
    chromium.check(page)

    page.hover("u")

    text = card_text(page)
    assert "What sources say" in text
    assert "Kratom together with opioids has been followed by deaths." in text
    assert "Major · Case report · Journal of Examples 12:34" in text
    assert "Moderate · Regulator · FDA, as reproduced at mirror.example" in text
    assert "Caveat informs; it does not give medical advice." in text
    page.screenshot(path=artifacts / "card-light.png")
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=artifacts / "card-dark.png")


def test_a_source_opens_in_a_tab_that_learns_nothing_of_the_page(chromium, pages, wire):
    url = f"{pages.replace('http:', 'https:')}/source"
    find_with_facts(wire, "2 to 3 grams", facts={"kratom-037": fact(url=url)})
    page = chromium.open(f"{pages}/markup.html")
    chromium.click_toolbar(page).choose()
    chromium.close_popup(page)

    page.keyboard.press("Tab")
    with page.context.expect_event("request", lambda request: request.url == url) as request:
        page.keyboard.press("Enter")

    assert "referer" not in request.value.all_headers()


def test_tab_stays_within_a_card_until_escape_gives_the_focus_back(chromium, pages, wire):
    find_with_facts(wire, "2 to 3 grams", facts={"kratom-037": fact()})
    page = chromium.open(f"{pages}/markup.html")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<button>Before</button>')")
    page.focus("button")
    chromium.click_toolbar(page).choose()
    chromium.close_popup(page)

    for key in ["Tab"] * 7 + ["Shift+Tab"] * 7:
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.localName") == "caveat-card"
    page.keyboard.press("Escape")

    assert page.evaluate("document.activeElement.textContent") == "Before"


def test_a_page_hears_no_key_that_is_typed_in_a_card(chromium, pages, wire):
    wire.find("2 to 3 grams")
    page = chromium.open(f"{pages}/markup.html")
    page.evaluate(
        "() => { window.heard = []; for (const type of ['keydown', 'keypress', 'keyup'])"
        " document.addEventListener(type, ({ key }) => heard.push(key)) }"
    )
    chromium.click_toolbar(page).choose()
    chromium.close_popup(page)

    page.keyboard.press("j")
    page.keyboard.press("Escape")
    assert page.evaluate("heard") == []

    page.keyboard.press("j")
    assert page.evaluate("heard") == ["j", "j", "j"]


def test_findings_that_overlap_share_a_card_the_gravest_first(chromium, pages, wire):
    def answer(request) -> Answer:
        whole = finding(request.text, "2 to 3 grams", mark="know", title="The note")
        part = finding(request.text, "to 3", mark="check", title="The warning")
        return Answer.json(report(whole, part))

    wire.answer("/v1/analyze", answer)
    page = chromium.open(f"{pages}/markup.html")
    chromium.check(page)

    page.hover("u")

    text = card_text(page)
    assert 0 < text.index("The warning") < text.index("The note")


@pytest.mark.parametrize("margin", [0, 150])
def test_a_long_card_in_a_low_window_leaves_the_words_in_sight(chromium, pages, wire, margin):
    find_with_facts(wire, "2 to 3 grams", facts={f"kratom-{number}": fact() for number in range(9)})
    page = chromium.open(f"{pages}/markup.html")
    page.set_viewport_size({"width": 600, "height": 360})
    page.evaluate("(margin) => { document.body.style.marginTop = `${margin}px` }", margin)
    chromium.check(page)

    page.hover("u")

    top, bottom = card_edges(page)
    words = page.locator("u").bounding_box()
    assert bottom <= words["y"] or top >= words["y"] + words["height"]
    assert 0 <= top < bottom <= 360


def test_words_under_a_dialog_of_the_page_open_no_card(chromium, pages, wire):
    wire.find("2 to 3 grams")
    page = chromium.open(f"{pages}/markup.html")
    chromium.check(page)
    page.evaluate("""() => {
        const cover = document.createElement('div');
        cover.style = 'position: fixed; inset: 0; background: white';
        document.body.append(cover);
    }""")

    page.hover("u", force=True)
    page.wait_for_timeout(400)

    assert page.locator("caveat-card").count() == 0


def test_a_card_in_a_shadow_root(chromium, pages, wire):
    wire.find("Take 2 grams")
    page = chromium.open(f"{pages}/shadow.html")
    chromium.check(page)

    page.hover("health-card p", position={"x": 20, "y": 10})

    assert "Says how much to take" in card_text(page)


def test_choosing_a_finding_in_the_popup_goes_to_it(chromium, pages, wire, artifacts):
    page = chromium.open(f"{pages}/seed/0.html")
    page.evaluate("document.querySelector('a').focus()")
    popup = chromium.click_toolbar(page)
    [last] = [each for each in wire.report["findings"] if each["quote"] in popup.sentences[-1]][:1]

    popup.choose(popup.sentences[-1])

    assert last["title"] in card_text(page)
    words = " ".join(last["quote"].split())
    assert [" ".join(w.split()) for w in highlighted(page)["found"]] == [words]
    top, bottom = page.evaluate(
        "() => { const [range] = CSS.highlights.get('caveat-found');"
        " const { top, bottom } = range.getBoundingClientRect(); return [top, bottom] }"
    )
    assert 0 <= top < bottom <= page.viewport_size["height"]
    page.screenshot(path=artifacts / "jumped.png")
    chromium.close_popup(page)

    assert page.evaluate("document.activeElement.localName") == "caveat-card"
    page.keyboard.press("Escape")
    page.wait_for_selector("caveat-card", state="detached")
    assert page.evaluate("document.activeElement.localName") == "a"


def test_the_page_itself_is_left_as_it_was(chromium, pages):
    chromium.store(ticks=False)
    page = chromium.open(f"{pages}/seed/0.html")
    before = page.evaluate("document.documentElement.outerHTML")

    chromium.check(page)

    assert highlighted(page)
    assert page.evaluate("document.documentElement.outerHTML") == before


def test_highlights_are_not_printed(chromium, pages, wire):
    wire.find("Take 2 to 4 grams")
    page = chromium.open(f"{pages}/strict-csp.html")
    chromium.check(page)

    page.emulate_media(media="print")

    assert "rgba(0, 0, 0, 0)" in decoration(page, "#dose")  # transparent


@pytest.fixture
def pinned(chromium, pages, wire):
    """A page with three findings, and the card of the first, opened from the popup."""
    wire.find("2 to 3 grams", "Not more", "5 mg")
    page = chromium.open(f"{pages}/markup.html")
    chromium.click_toolbar(page).choose()
    chromium.close_popup(page)
    return page


def hide(pinned) -> None:
    for key in ("Tab", "Tab", "Tab", "Enter"):  # "Useful", "Wrong", "Hide"
        pinned.keyboard.press(key)


def test_hiding_a_finding_by_keyboard(chromium, pinned):
    hide(pinned)
    wait_until(pinned, lambda: highlighted(pinned)["know"] == ["Not more", "5 mg"], "nothing is hidden")

    assert chromium.settings["hidden"] == [{"category": "dose", "quote": "2 to 3 grams"}]
    assert "Hidden, here and wherever a page says the same." in card_text(pinned)
    assert pinned.evaluate("document.activeElement.localName") == "caveat-card"
    pinned.keyboard.press("Enter")  # on the button that undoes it
    assert pinned.locator("caveat-card").count() == 0


def test_hiding_a_kind(chromium, pinned):
    hide(pinned)
    click_in_card(pinned, "Hide this kind")
    wait_until(pinned, lambda: highlighted(pinned) == {}, "nothing is hidden")

    assert chromium.settings["categories"]["dose"] is False
    assert "Hidden: Dose, on every page." in card_text(pinned)


def test_muting_a_site(chromium, pages, pinned):
    hide(pinned)
    click_in_card(pinned, "Mute on this site")
    wait_until(pinned, lambda: highlighted(pinned) == {}, "nothing is hidden")

    assert chromium.settings["muted"] == [pages]
    assert "Nothing is marked on this site any more." in card_text(pinned)


def test_hiding_one_of_two_findings_moves_the_focus_to_the_other(chromium, pages, wire):
    wire.find("2 to 3 grams", "to 3")
    page = chromium.open(f"{pages}/markup.html")
    chromium.check(page)
    page.hover("i")
    assert card_text(page).count("Says how much to take") == 2

    click_in_card(page, "Hide")

    wait_until(page, lambda: len(highlighted(page)["know"]) == 1, "nothing is hidden")
    assert card_text(page).count("Says how much to take") == 1
    page.keyboard.press("Enter")  # the focus is on the other's button
    wait_until(page, lambda: highlighted(page) == {}, "nothing is hidden")


def test_what_was_hidden_can_be_had_back_for_eight_seconds(chromium, pinned):
    hide(pinned)
    wait_until(pinned, lambda: chromium.settings.get("hidden"), "nothing is hidden")

    click_in_card(pinned, "Undo")

    wait_until(pinned, lambda: len(highlighted(pinned)["know"]) == 3, "it does not come back")
    assert chromium.settings["hidden"] == []
    assert pinned.locator("caveat-card").count() == 0


def test_a_click_opens_a_card_at_once_and_one_elsewhere_closes_it(chromium, pages, wire):
    wire.find("2 to 3 grams")
    page = chromium.open(f"{pages}/markup.html")
    chromium.check(page)
    box = page.locator("u").bounding_box()

    page.mouse.click(box["x"] + 5, box["y"] + 5)
    assert page.locator("caveat-card").count() == 1

    page.mouse.click(600, 500)
    assert page.locator("caveat-card").count() == 0


def test_what_is_useful_is_noted_here_and_stands_in_a_report(chromium, pinned):
    click_in_card(pinned, "Useful")
    wait_until(pinned, lambda: "Noted, in this browser only." in card_text(pinned), "it is not noted")
    wait_until(pinned, lambda: chromium.settings.get("useful") == {"dose.amount": 1}, "it is not counted")

    report = call_wrong(pinned)
    report.get_by_text('useful: "1"').wait_for()


def test_in_a_frame_of_an_advertisement_no_card_is_squeezed(chromium, pages, wire):
    wire.find_where_it_stands("2 grams")
    page = chromium.open(f"{pages}/markup.html")
    page.evaluate("""() => document.body.insertAdjacentHTML('afterbegin',
        '<iframe width=300 height=90 srcdoc="<p>Take 2 grams of kratom."></iframe>')""")
    frame = page.frame_locator("iframe").locator("p")
    frame.wait_for()
    chromium.check(page)

    frame.click(position={"x": 45, "y": 8})

    chromium.await_panel(page)
    assert page.frame_locator("iframe").locator("caveat-card").count() == 0
