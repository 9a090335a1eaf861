"""Text from elsewhere, such as a page or the name of a file, that does not steer a terminal."""

from __future__ import annotations

import regex

# Nor may it turn lines round; one character for one keeps the offsets.
_CONTROL = regex.compile(r"[[\p{Cc}\p{Bidi_Control}]--[\n\t]]", regex.V1)


def safe(text: str) -> str:
    """The text with U+FFFD for every character that steers."""
    return _CONTROL.sub("\ufffd", text)
