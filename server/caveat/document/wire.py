"""A page as the extension sends it: blocks with their text and roles. Whatever is unusual is read as a paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from caveat.document.blocks import Document, Part, Role, join

# No real page has more; a page of words alone has one block a line.
MOST_BLOCKS = 100_000
MOST_HEADERS = 8
_HIGHEST = 7
_ROLES = frozenset(Role)


class WireBlock(BaseModel):
    """One block: its text, its role, and the numbers of the blocks that head it or that it hangs on.

    A role that this server does not know is that of a paragraph, a level out of range none, a number out of range is
    left out. `headers` and `lead` count the blocks of the same request from 0.
    """

    model_config = ConfigDict(extra="ignore", strict=True)

    text: str
    role: str = Role.PARAGRAPH.value
    level: int = 0
    headers: Annotated[list[int], Field(max_length=MOST_HEADERS)] = []
    lead: int | None = None
    folded: bool = False


def document_of(blocks: Iterable[WireBlock]) -> Document:
    """The document that blocks make, their texts joined with a line break between two."""
    return join(
        Part(
            block.text,
            Role(block.role) if block.role in _ROLES else Role.PARAGRAPH,
            min(max(block.level, 0), _HIGHEST),
            tuple(block.headers),
            block.lead,
            block.folded,
        )
        for block in blocks
    )
