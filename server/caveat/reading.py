"""Reading what `caveat check` is given: a file, standard input or a web address, as text or HTML."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import regex
from bs4.dammit import EncodingDetector, UnicodeDammit
from markdown_it import MarkdownIt

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
_MARKDOWN = {".md", ".markdown"}


__all__ = ["Source", "Unreadable", "document_of", "read", "read_data", "sources_of"]


@dataclass(frozen=True, slots=True)
class Source:
    """What was read of a source: its document, its text as it stands there, and whether that has markup."""

    document: Document
    written: str
    marked_up: bool


def sources_of(given: Iterable[str]) -> list[str]:
    """The paths and addresses that are meant: text, Markdown and HTML files of a folder, or what a pattern finds."""
    found: list[str] = []
    for each in given:
        path = Path(each)
        if each == "-" or regex.match(r"https?://", each) or path.is_file():
            found.append(each)
        elif path.is_dir():
            known = _SUFFIXES | _MARKDOWN | {".txt"}
            found += sorted(str(file) for file in path.rglob("*") if file.is_file() and file.suffix.lower() in known)
        elif matches := sorted(glob.glob(each, recursive=True)):  # noqa: PTH207 (a pattern may begin anywhere)
            found += matches
        else:
            found.append(each)  # to be told that it is not there
    return list(dict.fromkeys(found))


def read(source: str) -> Source:
    """What can be read of a path, an http(s) address, or `-` for standard input. Raises Unreadable."""
    if regex.match(r"https?://", source):
        page = fetch(source)
        return _source(source, page.data, html=page.html, charset=page.charset)
    return _source(source, sys.stdin.buffer.read(LARGEST + 1) if source == "-" else _load(Path(source)))


def read_data(name: str, data: bytes) -> Document:
    """What can be read of the bytes of a file of that name. Raises Unreadable."""
    return _source(name, data).document


def _source(source: str, data: bytes, *, html: bool | None = None, charset: str | None = None) -> Source:
    """What bytes hold; where nobody says whether they are HTML, the name does, or how they begin."""
    suffix = Path(source).suffix.lower()
    is_markdown = suffix in _MARKDOWN
    html = suffix in _SUFFIXES if html is None else html
    if len(data) > LARGEST:
        raise Unreadable(f"{source} is larger than {LARGEST // 1_000_000} MB; give a smaller part of it.")
    if data.startswith(b"%PDF"):
        raise Unreadable(f"{source} is a PDF, which Caveat does not read; give its text, as 'pdftotext' makes it.")
    if b"\0" in data[:1000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"{source} is not text; give a text or HTML file.")
    written = decoded(data, charset)
    html = html or bool(_HTML.match(data[:4096]))
    try:
        document = markdown_to_document(written) if is_markdown else document_of(written, html=html)
    except TooComplex:
        raise Unreadable(
            f"The HTML of {source} has too many elements or nests them too deep to be a real page."
        ) from None
    if not document.text.strip():
        raise Unreadable(f"{source} holds no text to read.")
    return Source(document, written, marked_up=html or is_markdown)


def decoded(data: bytes, charset: str | None = None) -> str:
    """The text of a page's bytes: by their charset, by what they declare, or as they look."""
    data, marked = EncodingDetector.strip_byte_order_mark(data)
    declared = EncodingDetector.find_declared_encoding(data, is_html=True)
    charsets = [known for name in (marked, charset, declared) if (known := known_charset(name))]
    return _SURROGATE.sub("\ufffd", UnicodeDammit(data, charsets or ["utf-8"]).unicode_markup or "")


def markdown_to_document(text: str) -> Document:
    """A Markdown file as a reader sees it. Raises TooComplex where it is none that anybody wrote."""
    return html_to_document(MarkdownIt("commonmark").enable("table").render(_SURROGATE.sub("\ufffd", text)))


def document_of(data: str | bytes, *, html: bool, charset: str | None = None) -> Document:
    """A page as it was found: bytes are decoded by their charset, what they declare, or as they look.

    What looks like HTML is read as HTML. Raises TooComplex for HTML that is no real page.
    """
    text = decoded(data, charset) if isinstance(data, bytes) else _SURROGATE.sub("\ufffd", data)
    return html_to_document(text) if html or _HTML.match(text[:4096].encode("utf-8", "replace")) else plain(text)


def _load(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}.") from error
