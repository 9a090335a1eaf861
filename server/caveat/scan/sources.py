"""Where pages come from: folders and files of text, Markdown and HTML, JSON Lines, Parquet and WARC.

Whatever the files hold, they give records in one order, numbered from 0; what cannot be read is a record too, with the
reason, so that nothing is lost without a word.
"""

from __future__ import annotations

import glob
import gzip
import itertools
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Bytes of a page; no article comes near.
LARGEST = 5_000_000
_TEXT = {".txt", ".text", ".md", ".markdown"}
_HTML = {".html", ".htm", ".xhtml"}
_LINES = {".jsonl", ".ndjson"}
_PARQUET = {".parquet"}
_WARC = {".warc"}
_KEYS = ("html", "text")


class Unusable(Exception):
    """An input that is not there, or needs a library that is not installed."""


@dataclass(frozen=True, slots=True)
class Record:
    """A page as it was found: `data` is its text or its bytes, `problem` why there is none.

    `source` is the file it stands in, `id` its own name (an address, a path or what its row says).
    """

    number: int
    source: str
    id: str
    data: str | bytes = ""
    html: bool = False
    charset: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Page:
    id: str
    data: str | bytes = ""
    html: bool = False
    charset: str | None = None
    problem: str | None = None


def files_of(inputs: Iterable[str]) -> list[Path]:
    """The files that inputs name, in order: a file itself, all known files of a folder, or what a pattern finds."""
    found: list[Path] = []
    for given in inputs:
        path = Path(given)
        if path.is_dir():
            found += sorted(file for file in path.rglob("*") if file.is_file() and _kind(file))
        elif path.is_file():
            found.append(path)
        else:
            matches = sorted(path for path in map(Path, glob.iglob(given, recursive=True)) if path.is_file())  # noqa: PTH207
            if not matches:
                raise Unusable(f"There is no file or folder '{given}'.")
            found += matches
    if not found:
        raise Unusable("There is nothing to scan: no text, HTML, JSON Lines, Parquet or WARC file.")
    return list(dict.fromkeys(found))


def records(files: Iterable[Path]) -> Iterator[Record]:
    """The records of files, numbered; a file that breaks off gives what it holds, and then a record that says so."""
    numbers = itertools.count()
    for file in files:
        try:
            for page in _pages(file):
                yield Record(next(numbers), str(file), page.id, page.data, page.html, page.charset, page.problem)
        except Unusable:
            raise
        except Exception as error:  # noqa: BLE001 (whatever is wrong with one file, the others are read)
            reason = "cut off" if isinstance(error, (EOFError, zlib.error)) else type(error).__name__
            yield Record(next(numbers), str(file), str(file), problem=f"broken-file: {reason}")


def _kind(file: Path) -> str:
    name = file.name.lower().removesuffix(".gz")
    suffix = Path(name).suffix
    kinds = {"text": _TEXT, "html": _HTML, "lines": _LINES, "parquet": _PARQUET, "warc": _WARC}
    return next((kind for kind, suffixes in kinds.items() if suffix in suffixes), "")


def _pages(file: Path) -> Iterator[_Page]:
    kind = _kind(file)
    if kind == "lines":
        yield from _of_lines(file)
    elif kind == "parquet":
        yield from _of_parquet(file)
    elif kind == "warc":
        yield from _of_warc(file)
    else:
        with _opened(file) as stream:
            data = stream.read(LARGEST + 1)
        yield _checked(_Page(str(file), data, html=kind == "html"))


def _opened(file: Path) -> Any:
    return gzip.open(file, "rb") if file.name.lower().endswith(".gz") else file.open("rb")


def _checked(page: _Page) -> _Page:
    """A page, or the reason why it is none."""
    if len(page.data) > LARGEST:
        return _Page(page.id, problem="too-large")
    if not page.data.strip():
        return _Page(page.id, problem="empty")
    if isinstance(page.data, bytes) and b"\0" in page.data[:1000] and page.data[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        return _Page(page.id, problem="not-text")
    return page


def _of_lines(file: Path) -> Iterator[_Page]:
    with _opened(file) as stream:
        for number in itertools.count(1):
            line = stream.readline(2 * LARGEST)
            if not line:
                return
            id_ = f"{file}:{number}"
            if len(line) == 2 * LARGEST and not line.endswith(b"\n"):
                while rest := stream.readline(LARGEST):
                    if rest.endswith(b"\n"):
                        break
                yield _Page(id_, problem="too-large")
            elif line.strip():
                yield _of_line(id_, line)


def _of_line(id_: str, line: bytes) -> _Page:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return _Page(id_, problem="bad-json")
    return _of_row(id_, row) if isinstance(row, dict) else _Page(id_, problem="no-object")


def _of_row(id_: str, row: dict[str, Any]) -> _Page:
    """A page of a row with `html` or `text`, and perhaps a `url` or an `id`."""
    name = next((str(row[key]) for key in ("url", "id") if row.get(key)), id_)
    key = next((key for key in _KEYS if key in row), None)
    if key is None:
        return _Page(name, problem="no-text")
    if not isinstance(row[key], str | bytes):
        return _Page(name, problem="null" if row[key] is None else "no-text")
    return _checked(_Page(name, row[key], html=key == "html"))


def _of_parquet(file: Path) -> Iterator[_Page]:
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise Unusable("Parquet files need pyarrow: pip install 'caveat[scan]'.") from error
    table = parquet.ParquetFile(file)
    columns = [name for name in ("url", "id", *_KEYS) if name in table.schema_arrow.names]
    number = 0
    for batch in table.iter_batches(batch_size=100, columns=columns):
        for row in batch.to_pylist():
            number += 1
            yield _of_row(f"{file}:{number}", row)


def _of_warc(file: Path) -> Iterator[_Page]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise Unusable("WARC files need fastwarc: pip install 'caveat[scan]'.") from error
    begins = 0
    with file.open("rb") as stream:
        for record in ArchiveIterator(stream, parse_http=True):
            begins = record.stream_pos
            if record.record_type != WarcRecordType.response:
                continue
            kind = (record.http_content_type or "text/html").lower()
            if not kind.startswith(("text/html", "text/plain", "application/xhtml")):
                continue
            address = record.headers.get("WARC-Target-URI") or record.record_id
            data = record.reader.read(LARGEST + 1)
            yield _checked(_Page(str(address), bytes(data), html="html" in kind, charset=record.http_charset))
    if _is_cut_off(file, begins):
        raise EOFError


def _is_cut_off(file: Path, begins: int) -> bool:
    """Whether the last piece of a gzipped archive, which begins at this byte, has no end."""
    with file.open("rb") as stream:
        if stream.read(2) != b"\x1f\x8b":
            return False
        stream.seek(begins)
        unzipped = zlib.decompressobj(wbits=31)
        while data := unzipped.unused_data or stream.read(1 << 20):
            if unzipped.eof:
                unzipped = zlib.decompressobj(wbits=31)
            try:
                unzipped.decompress(data)
            except zlib.error:
                return True
    return not unzipped.eof
