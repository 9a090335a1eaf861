"""Reports as Caveat's server sends them, for tests that need certain findings rather than true ones."""


def finding(text: str, quote: str, **fields: object) -> dict:
    """A finding on the words `quote`, which stand in `text`. Offsets count code points, as Python does."""
    start = text.index(quote)
    return {
        "id": f"f{start}", "rule": "dose.amount", "category": "dose", "certainty": "hedged", "severity": "caution",
        "start": start, "end": start + len(quote), "quote": quote,
        "title": "Says how much to take", "message": "No dose of kratom is known to be safe.",
        "cue": {"start": start, "end": start + 1, "text": "may"}, "slots": {}, "facts": [],
        **fields,
    }  # fmt: skip


def report(*findings: dict, **fields: object) -> dict:
    return {
        "engine": {"name": "caveat", "version": "0.1.0", "rules": "sha256:0", "elapsed_ms": 1.0},
        "findings": list(findings),
        "summary": {
            "level": "low", "score": 12, "headline": "The page tells how much kratom to take.",
            "counts": {"dose": len(findings)}, "substances": [], "reasons": [], "missing": [],
        },
        "facts": {},
        "truncated_at": None,
        **fields,
    }  # fmt: skip
