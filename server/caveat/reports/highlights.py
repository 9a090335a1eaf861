"""A text with the words of its findings marked, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from caveat.model import Finding

_MARK = Markup("<mark class='{}' title='{}'>{}</mark>")
_LINK = Markup("<a class='mark {0}' href='#{1}' title='{2}' data-category='{3}' data-certainty='{4}'>{5}</a>")


def highlighted(text: str, findings: Sequence[Finding], *, linked: bool = False) -> Markup:
    """The text, each finding marked from its beginning or from the end of the one before; `linked` to its id."""
    pieces: list[Markup] = []
    at = 0
    for finding in sorted(findings, key=lambda each: each.start):
        start = max(at, finding.start)
        if start >= finding.end:
            continue
        words = text[start : finding.end]
        pieces.append(escape(text[at:start]))
        if linked:
            said = finding.mark, finding.id, finding.message, finding.category, finding.certainty
            pieces.append(_LINK.format(*said, words))
        else:
            pieces.append(_MARK.format(finding.mark, finding.message, words))
        at = finding.end
    return Markup("").join([*pieces, escape(text[at:])])
