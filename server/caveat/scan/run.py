"""A scan from its inputs to its parts: records go in batches to processes, each of which writes its own part."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import asdict, dataclass
from pathlib import Path

from caveat.scan.sink import SCHEMA, is_done, write_part, write_whole
from caveat.scan.sources import Record, Unusable, files_of, records
from caveat.scan.work import Scanner, sampled

# Records of a part, and their bytes: few enough that little is lost when a scan is killed, and memory is bounded.
BATCH = 200
LARGEST_BATCH = 20_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What is scanned, and how; a scan goes on only by the plan that it was begun with."""

    inputs: tuple[str, ...]
    form: str = "jsonl"
    shard: tuple[int, int] = (1, 1)
    sample: float = 1.0
    only_health: bool = False
    lang: str | None = None


# The rules, loaded before the processes are forked, which so share them.
_scanner: Scanner | None = None


def scan(  # noqa: PLR0913 (what, where to, and how)
    plan: Plan,
    out: Path,
    *,
    rules: Path | None = None,
    workers: int = 1,
    resume: bool = False,
    told: Callable[[int], None] = lambda _: None,
) -> dict[str, object]:
    """Scan what a plan names into a folder; gives the sums. `told` is called with the number of records done.

    Raises Unusable when the inputs cannot be used, or the folder holds another scan.
    """
    global _scanner  # noqa: PLW0603 (forked processes find it here)
    files = files_of(plan.inputs)
    _scanner = Scanner(rules, only_health=plan.only_health, only_english=plan.lang == "en")
    _scanner.warm()
    _begin(plan, out, _scanner.digest, resume=resume)
    begun = time.monotonic()
    sums: Counter[str] = Counter()
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
        running: set[Future[Counter[str]]] = set()
        for number, batch in _batches(plan, files):
            if is_done(out, number, plan.form):
                sums["resumed"] += len(batch)
                told(len(batch))
                continue
            running.add(pool.submit(_part, out, number, plan.form, batch))
            if len(running) >= 2 * workers:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    sums += future.result()
                    told(future.result()["records"])
        for future in running:
            sums += future.result()
            told(future.result()["records"])
    result: dict[str, object] = {**sums, "seconds": round(time.monotonic() - begun, 1)}
    _write(out, {"schema": SCHEMA, "rules": _scanner.digest, "plan": asdict(plan), "done": result})
    return result


def _part(out: Path, number: int, form: str, batch: list[Record]) -> Counter[str]:
    assert _scanner  # noqa: S101 (it was loaded before the fork)
    rows = _scanner.read(batch)
    write_part(out, number, form, rows)
    reasons = Counter(f"rejected: {row['reason']}" for row in rows.rejects)
    sums = {"records": len(batch), "pages": len(rows.pages), "findings": len(rows.findings)}
    sums |= {"skipped": rows.skipped, "foreign": rows.foreign}
    return Counter(sums) + reasons


def _batches(plan: Plan, files: list[Path]) -> Iterator[tuple[int, list[Record]]]:
    """The records of this shard and sample in numbered batches."""
    own, shards = plan.shard
    batch: list[Record] = []
    number = size = 0
    for record in records(files):
        if record.number % shards != own - 1 or (plan.sample < 1 and not sampled(record, plan.sample)):
            continue
        batch.append(record)
        size += len(record.data)
        if len(batch) == BATCH or size > LARGEST_BATCH:
            yield number, batch
            batch, number, size = [], number + 1, 0
    if batch:
        yield number, batch


def _begin(plan: Plan, out: Path, digest: str, *, resume: bool) -> None:
    path = out / "scan.json"
    wanted = {"schema": SCHEMA, "rules": digest, "plan": json.loads(json.dumps(asdict(plan)))}
    if path.is_file():
        before = json.loads(path.read_text(encoding="utf-8"))
        if not resume:
            raise Unusable(f"{out} holds a scan already; add --resume to go on with it, or name another folder.")
        if {key: before.get(key) for key in wanted} != wanted:
            raise Unusable(f"{out} holds a scan of other inputs, options or rules; name another folder.")
        for left in out.glob("*/.part-*"):  # of processes that were killed
            left.unlink()
    elif out.exists() and any(out.iterdir()):
        raise Unusable(f"{out} is not empty, and holds no scan; name another folder.")
    else:
        _write(out, wanted)


def _write(out: Path, content: dict[str, object]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1)

    def write(path: Path) -> None:
        path.write_text(text, encoding="utf-8")

    write_whole(out / "scan.json", write)
