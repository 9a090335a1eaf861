"""The pictures of the README and of the stores, as a reader sees the extension. `make picture` keeps the README's."""

import base64

import pytest
from reports import guide
from servers import Answer

SHEET = """<body style="margin:0;width:{width}px;height:{height}px;display:flex;background:#e8ecef;overflow:hidden">
<img src="{article}" style="width:{wide}px;height:{high}px;margin:30px 0 30px 30px;border-radius:8px;
box-shadow:0 2px 12px #0003"><div style="margin:30px">{popups}</div>"""
POPUP = """<img src="{popup}" style="width:{wide}px;border-radius:8px;box-shadow:0 2px 12px #0003">"""


def embedded(path) -> str:
    return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"


def sheet(page, path, *, size, article, popup, wide) -> None:
    """The article with the popup beside it."""
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.set_content(SHEET.format(
        width=width, height=height, article=embedded(article), wide=width - wide - 90, high=height - 60,
        popups=POPUP.format(popup=embedded(popup), wide=wide),
    ))  # fmt: skip
    page.screenshot(path=path)


def test_an_article_and_its_popup_make_a_picture(chromium, pages, artifacts):
    page = chromium.open(f"{pages}/seed/4.html")
    page.set_viewport_size({"width": 800, "height": 640})
    page.evaluate("document.querySelector('nav').remove()")
    popup = chromium.click_toolbar(page)
    assert "to check" in popup.text
    page.screenshot(path=artifacts / "picture-article.png")
    chromium.picture_popup(artifacts / "picture-popup.png")
    sheet(page, artifacts / "picture.png", size=(1240, 700), article=artifacts / "picture-article.png",
          popup=artifacts / "picture-popup-light.png", wide=340)  # fmt: skip


@pytest.fixture
def article(chromium, pages, wire):
    wire.answer("/v1/analyze", lambda request: Answer.json(guide(request.text)))
    page = chromium.open(f"{pages}/article.html")
    page.set_viewport_size({"width": 810, "height": 740})
    assert chromium.click_toolbar(page).view == "report"
    return page


def test_pictures_of_page_and_popup_for_the_stores(chromium, article, artifacts):
    article.screenshot(path=artifacts / "store-article.png")
    chromium.picture_popup(artifacts / "store-popup.png")

    for name, scheme in (("1-summary", "light"), ("3-dark", "dark")):
        sheet(chromium.open("about:blank"), artifacts / f"store-{name}.png", size=(1280, 800),
              article=artifacts / "store-article.png", popup=artifacts / f"store-popup-{scheme}.png",
              wide=360)  # fmt: skip


def test_a_picture_of_the_panel_for_the_stores(chromium, article, artifacts):
    article.screenshot(path=artifacts / "store-article.png")
    panel = chromium.panel(width=380)
    panel.get_by_text("8 findings").wait_for()
    panel.set_viewport_size({"width": 380, "height": 740})
    panel.screenshot(path=artifacts / "store-panel.png")

    sheet(chromium.open("about:blank"), artifacts / "store-2-findings.png", size=(1280, 800),
          article=artifacts / "store-article.png", popup=artifacts / "store-panel.png", wide=380)  # fmt: skip


def test_a_picture_of_the_card_for_the_stores(chromium, pages, wire, artifacts):
    wire.answer("/v1/analyze", lambda request: Answer.json(guide(request.text)))
    page = chromium.open(f"{pages}/article.html")
    page.set_viewport_size({"width": 1280, "height": 800})
    chromium.click_toolbar(page).choose("2 to 4 grams")
    chromium.close_popup(page)

    page.wait_for_selector("caveat-card", state="attached")
    page.evaluate("scrollTo(0, 120)")
    page.wait_for_timeout(1_700)  # until the words no longer flash
    page.screenshot(path=artifacts / "store-4-card.png")
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=artifacts / "store-4-card-dark.png")


@pytest.mark.parametrize("name", ["options", "welcome", "demo"])
def test_pictures_of_the_pages_of_the_extension_for_the_stores(chromium, artifacts, name):
    page = chromium.open_own(f"{name}/{name}.html")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("h1").first.wait_for()

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=artifacts / f"store-5-{name}-{scheme}.png")


def test_pictures_of_popup_and_panel_for_the_demo_page(chromium, artifacts):
    demo = chromium.open_own("demo/demo.html")
    demo.get_by_text("Caveat has marked this page").wait_for()
    chromium.picture_popup(artifacts / "demo-popup.png")
    demo.bring_to_front()
    panel = chromium.panel()
    panel.get_by_text("8 findings").wait_for()
    panel.set_viewport_size({"width": 360, "height": 420})
    panel.screenshot(path=artifacts / "demo-panel.png")
