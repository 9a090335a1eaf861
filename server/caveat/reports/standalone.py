"""A page of HTML that reads by itself, without a script and without a request."""

from __future__ import annotations

from markupsafe import Markup


def standalone(title: str, style: str, body: Markup) -> str:
    """The page; `style` is our own, and stands in it as it is."""
    return str(
        Markup(
            "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
            "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            "<meta name='viewport' content='width=device-width'><title>{}</title><style>{}</style></head>"
            "<body>{}</body></html>\n"
        ).format(title, Markup(style), body)  # noqa: S704 (it is our own)
    )
