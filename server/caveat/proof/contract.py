"""The words of the API as the extension checks them, made from the models that the server speaks by."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from caveat.model import Category, Certainty, Evidence, FactSeverity, Kind, Level, Mark, Severity, Stance, Tier

HEAD = """\
/**
 * The words that a server's report is made of. Made from server/caveat/model.py; do not edit, but run
 * caveat rules contract > extension/lib/contract.js
 */
"""
WIDTH = 120
# What is never sent: findings that are not shown, and facts that no reader sees.
UNSENT: frozenset[StrEnum] = frozenset({Severity.OFF, Tier.SECONDARY})
LISTS: Mapping[str, type[StrEnum]] = {
    "CATEGORIES": Category,
    "CERTAINTIES": Certainty,
    "STANCES": Stance,
    "SEVERITIES": Severity,
    "MARKS": Mark,
    "LEVELS": Level,
    "FACT_KINDS": Kind,
    "FACT_SEVERITIES": FactSeverity,
    "EVIDENCE": Evidence,
    "TIERS": Tier,
}


def contract_text() -> str:
    """The lists as they stand in `extension/lib/contract.js`."""
    return HEAD + "".join(_list(name, [word for word in words if word not in UNSENT]) for name, words in LISTS.items())


def _list(name: str, words: list[StrEnum]) -> str:
    quoted = [f"'{word}'" for word in words]
    line = f"export const {name} = /** @type {{const}} */ ([{', '.join(quoted)}]);\n"
    if len(line) <= WIDTH:
        return line
    inner = "".join(f"  {word},\n" for word in quoted)
    return f"export const {name} = /** @type {{const}} */ ([\n{inner}]);\n"
