"""Reports as Caveat's server sends them, for tests that need certain findings rather than true ones."""

import json
from pathlib import Path


def finding(text: str, quote: str, **fields: object) -> dict:
    """A finding on the words `quote`, which stand in `text`. Offsets count code points, as Python does."""
    start = text.index(quote)
    return {
        "id": f"f{start}", "rule": "dose.amount", "category": "dose", "certainty": "hedged", "severity": "caution",
        "mark": "know",
        "start": start, "end": start + len(quote), "quote": quote,
        "title": "Says how much to take", "message": "No dose of kratom is known to be safe.",
        "cue": {"start": start, "end": start + 1, "text": "may"}, "slots": {}, "facts": [],
        **fields,
    }  # fmt: skip


def fact(**fields: object) -> dict:
    """What a source says."""
    return {
        "substance": "kratom", "kind": "interaction", "object": "opioids", "severity": "major",
        "statement": "Kratom together with opioids has been followed by deaths.",
        "evidence": "case_report", "source": "Journal of Examples 12:34", "tier": "journal", "reproduced_at": None,
        "url": "https://journal.example/12/34",
        **fields,
    }  # fmt: skip


def reason(points: float, text: str, *findings: str) -> dict:
    return {"code": "dose", "points": points, "text": text, "findings": list(findings)}


def missing(fact: str, **fields: object) -> dict:
    """A warning that the page leaves out; `fact` is the id of what proves it."""
    return {
        "substance": "kratom", "label": "Kratom", "object": "opioids", "severity": "major",
        "statement": "Not said: kratom must not be combined with opioids.", "fact": fact,
        **fields,
    }  # fmt: skip


def report(
    *findings: dict, facts: dict[str, dict] | None = None, summary: dict | None = None, **fields: object
) -> dict:
    return {
        "engine": {"name": "caveat", "version": "0.2.0", "rules": "sha256:0", "elapsed_ms": 1.0},
        "findings": list(findings),
        "summary": {
            "level": "low", "score": 12, "headline": "The page tells how much kratom to take.",
            "counts": {"dose": len(findings)}, "substances": [], "reasons": [], "missing": [],
            **(summary or {}),
        },
        "facts": facts or {},
        "notice": "Caveat informs; it does not give medical advice.",
        "truncated_at": None,
        **fields,
    }  # fmt: skip


def guide(text: str) -> dict:
    """A full report on pages/article.html."""
    known = json.loads((Path(__file__).parent / "guide.json").read_text("utf-8"))
    findings = (finding(text, id=f"f{number}", **fields) for number, fields in enumerate(known["findings"]))
    return report(*findings, facts=known["facts"], summary=known["summary"])
