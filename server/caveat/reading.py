"""Reading what `caveat check` is given: a file, standard input or a web address, as text or HTML."""

from __future__ import annotations

import sys
from pathlib import Path

import regex
from bs4.dammit import EncodingDetector, UnicodeDammit

from caveat.document.blocks import Document
from caveat.document.html import TooComplex, html_to_document
from caveat.document.plain import plain
from caveat.fetch import LARGEST, Unreadable, fetch, known_charset

_HTML = regex.compile(
    rb"^\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype html|html|head|body|div|p|article|main|h1)\b",
    regex.IGNORECASE | regex.DOTALL,
)
_SURROGATE = regex.compile(r"[\ud800-\udfff]")
_SUFFIXES = {".html", ".htm", ".xhtml"}


__all__ = ["Unreadable", "document_of", "read"]


def read(source: str) -> Document:
    """What can be read of a path, an http(s) address, or `-` for standard input. Raises Unreadable."""
    if regex.match(r"https?://", source):
        page = fetch(source)
        data, html, charset = page.data, page.html, page.charset
    elif source == "-":
        data, html, charset = sys.stdin.buffer.read(LARGEST + 1), False, None
    else:
        data, html, charset = _load(Path(source)), Path(source).suffix.lower() in _SUFFIXES, None
    if len(data) > LARGEST:
        raise Unreadable(f"{source} is larger than {LARGEST // 1_000_000} MB; give a smaller part of it.")
    if b"\0" in data[:1000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"{source} is not text; give a text or HTML file.")
    try:
        document = document_of(data, html=html, charset=charset)
    except TooComplex:
        raise Unreadable(
            f"The HTML of {source} has too many elements or nests them too deep to be a real page."
        ) from None
    if not document.text.strip():
        raise Unreadable(f"{source} holds no text to read.")
    return document


def document_of(data: str | bytes, *, html: bool, charset: str | None = None) -> Document:
    """A page as it was found: bytes are decoded by their charset, what they declare, or as they look.

    What looks like HTML is read as HTML. Raises TooComplex for HTML that is no real page.
    """
    given = data.encode("utf-8", "replace") if isinstance(data, str) else data
    if isinstance(data, bytes):
        declared = EncodingDetector.find_declared_encoding(data, is_html=True)
        charsets = [known for name in (charset, declared) if (known := known_charset(name))]
        data = UnicodeDammit(data, charsets or ["utf-8"]).unicode_markup or ""
    text = _SURROGATE.sub("\ufffd", data)
    return html_to_document(text) if html or _HTML.match(given[:4096]) else plain(text)


def _load(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}.") from error
