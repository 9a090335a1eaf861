"""Sends Caveat what nobody would, and holds it to what it promises: `make fuzz`.

    python -m tests.fuzz.fuzz [--seed N] [--inputs N]

Every input is made from the seed and its number. One that breaks a promise is written to build/fuzz/, and belongs as a
test where its like are tested. Exit code 1 when any did.
"""

import argparse
import json
import logging
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from tests.fuzz import generators

from caveat.reading import Unreadable, read_data
from caveat.rules.loader import load
from caveat.rules.problems import RuleError
from caveat.web import LiveRules, create_app

# Of a thousand inputs so many are rule packs (each loads all rules), files, and targets of HTTP; the rest are bodies.
PACKS, FILES, TARGETS = 2, 200, 50
# Seconds of CPU.
SLOWEST = 5.0
ROOT = Path(__file__).parents[2]


class Fuzzer:
    """What is fuzzed: a server without its sockets, the readers of files and the loader of rules."""

    def __init__(self, folder: Path) -> None:
        self._client = create_app(LiveRules()).test_client()
        self._folder = folder
        (folder / "packs").mkdir(parents=True, exist_ok=True)

    def run(self, seed: int, number: int) -> str:
        """Give Caveat the input of that number; gives its kind. Raises AssertionError, or whatever broke."""
        chance = random.Random(f"{seed}/{number}")  # noqa: S311 (no secret)
        turn = number % 1000
        begun = time.process_time()
        if turn < PACKS:
            kind = self._pack(chance)
        elif turn < PACKS + FILES:
            kind = self._file(chance)
        elif turn < PACKS + FILES + TARGETS:
            kind = self._target(chance)
        else:
            kind = self._body(chance)
        assert time.process_time() - begun < SLOWEST, "it took too long"
        return kind

    def _body(self, chance: random.Random) -> str:
        sent = generators.body(chance)
        reply = self._client.post("/v1/analyze", data=sent, content_type="application/json")
        assert reply.status_code in {200, 400, 413, 415, 422}, reply.status_code
        said = json.loads(reply.data)
        if reply.status_code == 200:
            holds(said, said["text"] if "text" in said else json.loads(sent)["text"])
            return "answered"
        assert said["status"] == reply.status_code
        assert said["detail"].endswith((".", ".'")), said
        return "refused"

    def _target(self, chance: random.Random) -> str:
        path = (
            "/" + chance.choice(["", "v1/", "rules/", "facts/"]) + quote(generators.text(chance, 3), errors="replace")
        )
        method = chance.choice(["GET", "POST", "PUT", "OPTIONS", "HEAD", "DELETE"])
        reply = self._client.open(path, method=method, headers={"Accept": chance.choice(["*/*", "text/html", "odd"])})
        assert reply.status_code < 500, (method, path, reply.status_code)
        return "asked"

    @staticmethod
    def _file(chance: random.Random) -> str:
        try:
            document = read_data(*generators.file(chance))
        except Unreadable as error:
            assert str(error).startswith("odd") or "odd" in str(error), error
            return "unreadable"
        ends = [block.end for block in document.blocks]
        assert ends == sorted(ends)
        return "read"

    def _pack(self, chance: random.Random) -> str:
        (self._folder / "packs" / "odd.yaml").write_text(generators.pack(chance), encoding="utf-8", errors="replace")
        try:
            load(self._folder)
        except RuleError as error:
            assert "odd.yaml" in str(error), error
            return "broken pack"
        return "pack"


def holds(report: dict, text: str) -> None:
    """Hold a report to what it promises of its text."""
    findings, summary = report["findings"], report["summary"]
    for finding in findings:
        assert text[finding["start"] : finding["end"]] == finding["quote"], finding
        assert set(finding["facts"]) <= set(report["facts"])
        for slot in finding["slots"].values():
            assert text[slot["start"] : slot["end"]] == slot["text"], slot
    assert [each["start"] for each in findings] == sorted(each["start"] for each in findings)
    assert summary["score"] == sum(reason["points"] for reason in summary["reasons"])
    assert 0 <= summary["score"] <= 100
    ids = {finding["id"] for finding in findings}
    assert all(set(reason["findings"]) <= ids for reason in summary["reasons"])


def fuzz(seed: int, inputs: int, kept: Path, folder: Path) -> tuple[Counter, list[int]]:
    """Run so many inputs; gives how many there were of each kind, and the numbers of those that broke something."""
    fuzzer, kinds, broken = Fuzzer(folder), Counter(), []
    for number in range(inputs):
        try:
            kinds[fuzzer.run(seed, number)] += 1
        except Exception:  # noqa: BLE001 (whatever it is, it is what is looked for)
            broken.append(number)
            kept.mkdir(parents=True, exist_ok=True)
            (kept / f"{seed}-{number}.txt").write_text(traceback.format_exc(), encoding="utf-8", errors="replace")
    return kinds, broken


def main() -> int:
    """Fuzz by the options that are given."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--inputs", type=int, default=100_000)
    given = options.parse_args()
    kept = ROOT / "build" / "fuzz"
    logging.disable(logging.CRITICAL)  # bytes that cannot be decoded are told thousands of times
    kinds, broken = fuzz(given.seed, given.inputs, kept, kept / "rules")
    print(f"seed {given.seed}: " + ", ".join(f"{times:,} {kind}" for kind, times in sorted(kinds.items())))
    print(f"{len(broken)} broke a promise" + (f"; see {kept}: {broken[:20]}" if broken else ""))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
