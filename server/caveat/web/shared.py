"""What the pages share with the rest of the project: the looks of the extension, its documents, its seed articles."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from textwrap import shorten

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]
_FILES = {
    "theme.css": "extension/lib/theme.css",
    "page.css": "extension/content/page.css",
    "icon.png": "extension/icons/32.png",
    "README.md": "README.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "SECURITY.md": "SECURITY.md",
    "PRIVACY.md": "PRIVACY.md",
}


def shared(name: str) -> bytes:
    """A file of the extension or of the documents: inside the installed package, or in the checkout."""
    packaged = _PACKAGE / "_shared" / name
    return (packaged if packaged.is_file() else _CHECKOUT / _FILES[name]).read_bytes()


@cache
def seeds() -> dict[str, str]:
    """The seed articles, by the first words of each."""
    packaged = _PACKAGE / "_shared" / "seeds"
    folder = packaged if packaged.is_dir() else _CHECKOUT / "seeds"
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    return {shorten(text.strip().splitlines()[0], 80, placeholder=" …"): text for text in texts}
