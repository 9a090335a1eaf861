"""Fetching a page for `caveat check URL`: within a time for all of it, a size, and the reader's own network."""

from __future__ import annotations

import codecs
import ipaddress
import socket
import threading
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urljoin, urlsplit

import urllib3

from caveat import __version__

LARGEST = 5_000_000  # bytes
LONGEST_WAIT = 10.0  # seconds, for the whole page
REDIRECTS = 5
# Encodings of real pages; others ("unicode_escape") are programs for Python.
_CHARSETS = ("utf-8", "utf-16", "ascii", "iso8859", "latin", "cp", "koi8", "gb", "big5", "shift", "euc", "mac", "tis")


class Unreadable(Exception):
    """What was given cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The bytes of a page, at most one more than LARGEST, whether it is HTML, and the charset that it is sent with."""

    data: bytes
    html: bool
    charset: str | None


def fetch(url: str) -> Fetched:
    """Fetch a page. Raises Unreadable when that fails, takes too long, or gives something else."""
    done: list[Fetched | Exception] = []

    def run() -> None:
        try:
            done.append(_fetch(url))
        except Exception as error:  # noqa: BLE001 (whatever a hostile server brings about is told, not shown)
            done.append(error)

    # A server may drip its headers, or send "continue" without end; no timeout of a library holds for all of it.
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(LONGEST_WAIT)
    shown = _without_user(url)
    if not done:
        raise Unreadable(f"{shown} took longer than {LONGEST_WAIT:.0f} seconds; save the page and give the file.")
    result = done[0]
    if isinstance(result, Fetched):
        return result
    if isinstance(result, Unreadable):
        raise result
    raise Unreadable(f"{shown} cannot be fetched: {_reason(result)}") from None


def known_charset(name: str | None) -> str | None:
    """A charset that real pages use, or none."""
    try:
        codec = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None
    return codec if codec.startswith(_CHARSETS) else None


def _fetch(url: str) -> Fetched:
    headers = {"User-Agent": f"caveat/{__version__}", "Accept": "text/html, text/plain;q=0.9"}
    # A page of the internet has no business with the reader's own network; who asks for that network gets it.
    private_allowed = _is_private(url)
    with urllib3.PoolManager(timeout=LONGEST_WAIT, retries=False) as pool:
        for _ in range(REDIRECTS + 1):
            response = pool.request("GET", url, headers=headers, preload_content=False, redirect=False)
            target = response.get_redirect_location()
            if not target:
                return _answered(url, response)
            response.close()
            url = urljoin(url, target)
            if urlsplit(url).scheme not in {"http", "https"}:
                raise Unreadable(f"{_without_user(url)} is no web address, and the page leads there.")
            if not private_allowed and _is_private(url):
                raise Unreadable(f"{_without_user(url)} is not on the internet, and the page leads there.")
    raise Unreadable(f"{_without_user(url)} leads from page to page without end.")


def _answered(url: str, response: urllib3.BaseHTTPResponse) -> Fetched:
    shown = _without_user(url)
    if response.status != 200:
        response.close()
        raise Unreadable(f"{shown} answered {response.status}; open it in a browser, save it and give the file.")
    kind = Message()
    kind["Content-Type"] = response.headers.get("Content-Type", "text/html")
    if kind.get_content_maintype() != "text" and kind.get_content_subtype() != "xhtml+xml":
        response.close()
        raise Unreadable(f"{shown} is {kind.get_content_type()}, not a text or an HTML page.")
    data = bytearray()
    # read1 gives what has come; anything else would wait for a server that sends a word at a time.
    while len(data) <= LARGEST and (chunk := response.read1(65536, decode_content=True)):
        data += chunk
    response.close()
    return Fetched(bytes(data[: LARGEST + 1]), "html" in kind.get_content_subtype(), kind.get_content_charset())


def _is_private(url: str) -> bool:
    """Whether an address leads to this machine or its own network."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = socket.getaddrinfo(parts.hostname or "", port, type=socket.SOCK_STREAM)
    return any(not ipaddress.ip_address(str(each[4][0]).partition("%")[0]).is_global for each in found)


def _without_user(url: str) -> str:
    """An address without the name and the password in it."""
    scheme, mark, rest = url.partition("://")
    place, slash, path = rest.partition("/")
    return scheme + mark + place.rpartition("@")[2] + slash + path


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return f"{str(reason).rsplit(': ', 1)[-1].rstrip('.')}."
