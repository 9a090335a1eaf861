"""Where rows go: a folder of parts, each of which is there as a whole or not at all.

    OUT/scan.json            what is scanned, with which rules; and at the end, the sums
    OUT/pages/part-00000.…   a row a page
    OUT/findings/part-…      a row a finding
    OUT/rejects/part-…       a row a record that could not be read, with the reason

A part is done when its rows of pages are there, which are written last.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from caveat.scan.work import Row, Rows

# The version of the columns; it rises when one is renamed or taken away.
SCHEMA = 1
_COLUMNS = {
    "pages": {
        "record": int, "id": str, "source": str, "characters": int, "truncated_at": int, "level": str, "score": int,
        "reports": bool, "headline": str, "findings": int, "substances": list, "missing": list, "over_limit": int,
    },
    "findings": {
        "record": int, "id": str, "finding": str, "rule": str, "category": str, "certainty": str, "stance": str,
        "severity": str, "mark": str, "start": int, "end": int, "quote": str, "substance": str,
        "condition": str, "claim_type": str,
        "low_mg": float, "high_mg": float, "over_limit": str,
    },
    "rejects": {"record": int, "source": str, "id": str, "reason": str},
}  # fmt: skip


def part_name(number: int, form: str) -> str:
    """The name of a part in its folder."""
    return f"part-{number:05}.{form}"


def is_done(out: Path, number: int, form: str) -> bool:
    """Whether a part has been written."""
    return (out / "pages" / part_name(number, form)).is_file()


def write_part(out: Path, number: int, form: str, rows: Rows) -> None:
    """Write a part. Raises OSError, and then leaves nothing half-written, when the disk is full."""
    write: Callable[[Path, str, list[Row]], None] = _parquet if form == "parquet" else _lines
    for kind, own in (("rejects", rows.rejects), ("findings", rows.findings), ("pages", rows.pages)):
        path = out / kind / part_name(number, form)
        write_whole(path, lambda temporary, kind=kind, own=own: write(temporary, kind, own))  # type: ignore[misc]


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Have a file written beside its place, and then put there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        write(temporary)
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _lines(path: Path, _kind: str, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", errors="replace") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _parquet(path: Path, kind: str, rows: list[Row]) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    types: dict[type, Any] = {
        int: pa.int64(), float: pa.float64(), str: pa.string(), bool: pa.bool_(),
        list: pa.list_(pa.string()),
    }  # fmt: skip
    schema = pa.schema([(name, types[kind_]) for name, kind_ in _COLUMNS[kind].items()])
    parquet.write_table(pa.Table.from_pylist(rows, schema=schema), path, compression="zstd")
