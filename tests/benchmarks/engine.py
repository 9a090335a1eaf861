"""`make bench-engine`: how long Caveat takes for pages that nobody has read, beside its peers.

Each contestant runs in a process of its own, in turns, and has read 500 KB of other pages before it is timed; times are
CPU medians of nine rounds. Then how Caveat grows: with its rules, its lexicons, the length of a text. The table shows
what must be reached and what is aimed at; results go to `build/bench/` as JSON and as a picture.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "build" / "bench"
ROUNDS = int(os.environ.get("ROUNDS", "9"))
CONTESTANTS = ("bare", "caveat", "caveat_without_prefilter", "spacy", "medspacy", "proselint", "harper")
# Of every figure: what it is called, what must be reached and what is aimed at, and whether less is better.
GOALS = {
    "first reading / bare pass, claims": (15, 8, True),
    "first reading / bare pass, neutral": (8, 4, True),
    "first reading of 10 KB with claims, ms": (15, 8, True),
    "faster than spaCy EntityRuler and Matcher": (80, 150, False),
    "faster than medspaCy": (15, 50, False),
    "faster than proselint": (2, 4, False),
    "faster than Harper": (2, 4, False),
    "worker after 5 MB of distinct pages, MB": (120, 80, True),
    "start of the checker, s": (1.2, 0.5, True),
    "rules x 20, cost on a neutral page": (1.3, 1.1, True),
}


def run(*arguments: str, **environment: str) -> Any:
    """What a program of this folder prints, as JSON."""
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        cwd=HERE,
        env=os.environ | environment,
        check=False,
    )
    if done.returncode:
        sys.exit(f"bench-engine: {' '.join(arguments)} failed.\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def contest() -> dict[str, dict[str, Any]]:
    """Medians of each contestant; the rounds go round, so that a busy minute is everybody's."""
    rounds: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for number in range(ROUNDS):
        for name in CONTESTANTS:
            rounds[name].append(run("contestants.py", name, str(number)))
        found = [[rounds[name][number][kind]["found"] for kind in ("claims", "neutral")] for name in CONTESTANTS[1:3]]
        if found[0] != found[1]:
            sys.exit(f"bench-engine: with and without the prefilter Caveat finds {found[0]} and {found[1]} claims.")
        print(f"round {number + 1} of {ROUNDS}", file=sys.stderr)
    return {
        name: {
            kind: {key: median(each[kind][key] for each in all_rounds) for key in ("first", "again")}
            for kind in ("claims", "neutral")
        }
        | {"pss_mb": median(each["pss_mb"] for each in all_rounds)}
        for name, all_rounds in rounds.items()
    }


def growth() -> dict[str, Any]:
    """How load, memory and the reading of pages grow."""
    with tempfile.TemporaryDirectory() as cache:
        grown = {
            f"{kind} x {times}": run("growth.py", kind, str(times), XDG_CACHE_HOME=cache)
            for kind, steps in {"rules": (1, 2, 5, 20), "lexicons": (1, 5)}.items()
            for times in steps
        }
    return grown | {"text": run("growth.py", "text", "0")}


def figures(peers: dict[str, Any], grown: dict[str, Any]) -> dict[str, float]:
    """The figures of GOALS."""
    caveat, least = peers["caveat"], peers["bare"]

    def faster(name: str) -> float:
        return peers[name]["claims"]["first"] / caveat["claims"]["first"]

    return {
        "first reading / bare pass, claims": caveat["claims"]["first"] / least["claims"]["first"],
        "first reading / bare pass, neutral": caveat["neutral"]["first"] / least["neutral"]["first"],
        "first reading of 10 KB with claims, ms": caveat["claims"]["first"],
        "faster than spaCy EntityRuler and Matcher": faster("spacy"),
        "faster than medspaCy": faster("medspacy"),
        "faster than proselint": faster("proselint"),
        "faster than Harper": faster("harper"),
        "worker after 5 MB of distinct pages, MB": grown["text"]["pss_mb"],
        "start of the checker, s": grown["rules x 1"]["start_s"],
        "rules x 20, cost on a neutral page": grown["rules x 20"]["neutral"] / grown["rules x 1"]["neutral"],
    }


def table(said: dict[str, float]) -> str:
    """The figures beside what they must and should be."""
    lines = ["| figure | is | must | aim |", "| --- | --- | --- | --- |"]
    for name, value in said.items():
        must, aim, less = GOALS[name]
        verdict = "" if (value <= must if less else value >= must) else " (short)"
        sign = "≤" if less else "≥"
        lines.append(f"| {name} | {value:.3g}{verdict} | {sign} {must:g} | {sign} {aim:g} |")
    return "\n".join(lines)


def picture(peers: dict[str, Any], path: Path) -> None:
    """Bars of first readings and repeats of a page with claims, on a logarithmic scale."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    axes = plt.figure(figsize=(9, 4), layout="constrained").subplots()
    places = range(len(peers))
    for shift, key in ((-0.2, "first"), (0.2, "again")):
        bars = axes.barh(
            [at + shift for at in places], [each["claims"][key] for each in peers.values()], 0.38, label=key
        )
        axes.bar_label(bars, fmt="%.3g", padding=3)
    axes.set(yticks=list(places), yticklabels=list(peers), xscale="log", xlabel="CPU ms for 10 KB with claims")
    axes.invert_yaxis()
    axes.legend(title="reading")
    plt.savefig(path, dpi=120)


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    grown = growth()
    peers = contest()
    said = figures(peers, grown)
    (OUT / "engine.json").write_text(json.dumps({"figures": said, "peers": peers, "growth": grown}, indent=2) + "\n")
    picture(peers, OUT / "engine.png")
    print(table(said))
    print("\n| growth | load, s | memory, MB | claims | neutral |\n| --- | --- | --- | --- | --- |")
    for name, each in grown.items():
        if name != "text":
            costs = f"{each['claims']:.1f} | {each['neutral']:.1f}"
            print(f"| {name} | {each['start_s']:.2f} | {each['pss_mb']:.0f} | {costs} |")
    for size, cost in grown["text"]["sizes"].items():
        print(f"| a text of {int(size):,} characters | | | {cost:.1f} | |")
    print(f"\nAll of it is in {OUT}.")


if __name__ == "__main__":
    main()
