"""Reading what `caveat check` is given: a file, standard input or a web address, as text or HTML."""

from __future__ import annotations

import sys
import time
from email.message import Message
from pathlib import Path

import regex
import urllib3
from bs4.dammit import UnicodeDammit

from caveat import __version__
from caveat.document.blocks import Document
from caveat.document.html import TooComplex, html_to_document
from caveat.document.plain import plain

LARGEST = 5_000_000  # bytes
LONGEST_WAIT = 10.0  # seconds, for the whole page
_HTML = regex.compile(
    rb"^\s*+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype html|html|head|body|div|p|article|main|h1)\b",
    regex.IGNORECASE | regex.DOTALL,
)
_SUFFIXES = {".html", ".htm", ".xhtml"}


class Unreadable(Exception):
    """What was given cannot be read; the message says why and what to do."""


def read(source: str) -> Document:
    """What can be read of a path, an http(s) address, or `-` for standard input. Raises Unreadable."""
    if regex.match(r"https?://", source):
        data, html, charset = _fetch(source)
    elif source == "-":
        data, html, charset = sys.stdin.buffer.read(LARGEST + 1), False, None
    else:
        data, html, charset = _load(Path(source)), Path(source).suffix.lower() in _SUFFIXES, None
    if len(data) > LARGEST:
        raise Unreadable(f"{source} is larger than {LARGEST // 1_000_000} MB; give a smaller part of it.")
    if b"\0" in data[:1000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"{source} is not text; give a text or HTML file.")
    text = UnicodeDammit(data, [charset] if charset else ["utf-8"]).unicode_markup
    if html or _HTML.match(data[:4096]):
        try:
            document = html_to_document(text if charset and text else data)
        except TooComplex:
            raise Unreadable(
                f"The HTML of {source} has too many elements or nests them too deep to be a real page."
            ) from None
    else:
        document = plain(text or "")
    if not document.text.strip():
        raise Unreadable(f"{source} holds no text to read.")
    return document


def _load(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}.") from error


def _fetch(url: str) -> tuple[bytes, bool, str | None]:
    """The bytes of a page, whether it is HTML, and its charset; within limits of size and time."""
    begun = time.monotonic()
    headers = {"User-Agent": f"caveat/{__version__}", "Accept": "text/html, text/plain;q=0.9"}
    timeout = urllib3.Timeout(connect=10, read=10)
    try:
        with urllib3.PoolManager(timeout=timeout, retries=urllib3.Retry(2, redirect=5)) as pool:
            response = pool.request("GET", url, headers=headers, preload_content=False)
            data = bytearray()
            # read1 gives what has come; anything else would wait for a server that sends a word at a time.
            while chunk := response.read1(65536, decode_content=True):
                data += chunk
                if len(data) > LARGEST or time.monotonic() - begun > LONGEST_WAIT:
                    response.close()
                    break
    except urllib3.exceptions.HTTPError as error:
        raise Unreadable(f"{url} cannot be fetched: {_reason(error)}") from error
    if len(data) <= LARGEST and time.monotonic() - begun > LONGEST_WAIT:
        raise Unreadable(f"{url} took longer than {LONGEST_WAIT:.0f} seconds; save the page and give the file.")
    if response.status != 200:
        raise Unreadable(f"{url} answered {response.status}; open it in a browser, save it and give the file.")
    kind = Message()
    kind["Content-Type"] = response.headers.get("Content-Type", "text/html")
    if kind.get_content_maintype() != "text" and kind.get_content_subtype() != "xhtml+xml":
        raise Unreadable(f"{url} is {kind.get_content_type()}, not a text or an HTML page.")
    return bytes(data), "html" in kind.get_content_subtype(), kind.get_content_charset()


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return f"{str(reason).rsplit(': ', 1)[-1].rstrip('.')}."
