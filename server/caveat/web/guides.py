"""The documents of the project as pages: read as Markdown, with places to link to, and no link that leads nowhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import regex
from bs4 import BeautifulSoup
from flask import Blueprint, abort, render_template
from markdown_it import MarkdownIt
from markupsafe import Markup

from caveat.web.reload import LiveRules
from caveat.web.shared import shared


@dataclass(frozen=True, slots=True)
class Guide:
    """A document: its file, and what it is called among the pages."""

    file: str
    title: str


GUIDES = {
    "use": Guide("README.md", "How to use Caveat"),
    "write-rules": Guide("CONTRIBUTING.md", "Writing rules"),
    "security": Guide("SECURITY.md", "Security"),
    "privacy": Guide("PRIVACY.md", "Privacy"),
}
_PAGE_OF = {guide.file: f"/docs/{name}" for name, guide in GUIDES.items()}
_NO_WORD = regex.compile(r"[^\w\s-]")


def guides(rules: LiveRules) -> Blueprint:
    """The routes of the guides."""
    routes = Blueprint("guides", __name__)

    @routes.get("/docs/categories")
    def categories() -> str:
        counts = Counter(rule.category for rule in rules.now.checker.ruleset.rules)
        return render_template("categories.html", counts=counts)

    @routes.get("/docs/risk")
    def risk() -> str:
        return render_template("risk.html", weights=rules.now.checker.ruleset.weights.model_dump(mode="json"))

    @routes.get("/docs/<name>")
    def guide(name: str) -> str:
        if name not in GUIDES:
            abort(404)
        return render_template("guide.html", title=GUIDES[name].title, body=_html(name))

    return routes


@cache
def _html(name: str) -> Markup:
    """The page of a guide. Pictures are left out, and what is not on this server loses its link but keeps its words."""
    markdown = shared(GUIDES[name].file).decode("utf-8")
    html = BeautifulSoup(MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown), "lxml")
    for picture in html.find_all("img"):
        picture.decompose()
    for heading in html.find_all(["h1", "h2", "h3", "h4"]):
        heading["id"] = _NO_WORD.sub("", heading.get_text().lower()).replace(" ", "-")
    for link in html.find_all("a"):
        address, _, place = str(link["href"]).partition("#")
        here = _PAGE_OF.get(address, "" if not address else None)
        if here is not None:
            link["href"] = here + (f"#{place}" if place else "")
        elif address.startswith("https://"):
            link["rel"] = "noopener noreferrer"
        else:
            link.unwrap()
    for code in html.find_all("pre"):
        code["tabindex"] = "0"  # a long line scrolls, by keyboard too
    for table in html.find_all("table"):
        table.wrap(html.new_tag("div", attrs={"class": "scroll", "tabindex": "0"}))
    body = html.body
    return Markup(body.decode_contents() if body else "")  # noqa: S704 (made from our own documents, without their HTML)
