"""The picture in the README: an article and its popup as a reader sees them. `make picture` keeps it."""

import base64

SHEET = """<body style="margin:0;width:1240px;height:700px;display:flex;background:#e8ecef;overflow:hidden">
<img src="data:image/png;base64,{article}" style="width:800px;height:640px;margin:30px 0 30px 30px;
border-radius:8px;box-shadow:0 2px 12px #0003">
<img src="data:image/png;base64,{popup}" style="width:340px;margin:30px;align-self:start;border-radius:8px;
box-shadow:0 2px 12px #0003">"""


def test_an_article_and_its_popup_make_a_picture(chromium, pages, artifacts):
    page = chromium.open(f"{pages}/seed/4.html")
    page.set_viewport_size({"width": 800, "height": 640})
    page.evaluate("document.querySelector('nav').remove()")
    popup = chromium.click_toolbar(page)
    assert popup.level in popup.text.lower()
    page.screenshot(path=artifacts / "picture-article.png")
    chromium.picture_popup(artifacts / "picture-popup.png")
    shots = {"article": artifacts / "picture-article.png", "popup": artifacts / "picture-popup-light.png"}
    page.set_viewport_size({"width": 1240, "height": 700})
    page.set_content(
        SHEET.format(**{name: base64.b64encode(path.read_bytes()).decode() for name, path in shots.items()})
    )
    page.screenshot(path=artifacts / "picture.png")
