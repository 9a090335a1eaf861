"""How fast `caveat scan` reads a crawl, and what it costs: `make bench-scan`.

    python tests/benchmarks/crawl.py [--pages N] [--seed N]

The pages are made from a seed: shops, leaflets, blogs, forums and news on substances, and as many pages that have
nothing to do with health; of a hundred records one is broken. Measured are the pages a second with one process and
with two, the floor (a loop that only reads and parses the pages), plain spaCy where it is installed, the memory of
the largest process for a tenth of the pages and for all, and whether a scan that is killed ten times ends with the
same rows.
Writes build/bench/crawl.json.
"""

import argparse
import hashlib
import json
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from caveat.reading import document_of

ROOT = Path(__file__).parents[2]
OUT = ROOT / "build" / "bench" / "crawl.json"
SUBSTANCES = "kratom kava ashwagandha melatonin turmeric ginger ginkgo berberine magnesium zinc kefir reishi".split()
TROUBLES = "anxiety,insomnia,arthritis,diabetes,nausea,headaches,high blood pressure,stress,colds,eczema".split(",")
MEDICINES = "warfarin,antidepressants,blood thinners,metformin,benzodiazepines,statins".split(",")
HEALTH = {
    "shop": [
        "{S} helps with {t}.",
        "Take {n} capsules a day with a meal.",
        "Our {s} is pure and tested.",
        "Only {p} dollars!",
        "Customers love our {s}.",
        "Supports calm nights and clear mornings.",
        "Free delivery from {p} dollars.",
    ],
    "leaflet": [
        "Do not take {s} with {m}.",
        "Ask your doctor before you use {s}.",
        "{S} can cause nausea and dizziness.",
        "The usual dose is {p} mg twice a day.",
        "Keep this leaflet.",
        "Store it in a dry place.",
    ],
    "blog": [
        "I started with {s} last spring.",
        "It binds to receptors in the brain, I read.",
        "My {t} went away in {n} weeks.",
        "I take {p} mg before bed.",
        "The garden needed me more than ever.",
        "Studies suggest that {s} may ease {t}.",
    ],
    "forum": [
        "Has anybody tried {s} for {t}?",
        "No side effects at all here.",
        "I would never mix it with {m}.",
        "Thanks!",
        "Works for me, {n} g in the morning.",
        "Moderators moved this thread.",
        "Ask a pharmacist, please.",
    ],
    "news": [
        "Officials warned of {s} on Monday.",
        "The agency said that it had led to liver failure.",
        "{S} is sold in shops.",
        "A spokesman for the makers declined to comment.",
        "The report is due in {n} weeks.",
    ],
}
PLAIN = [
    "The museum opens at {n}.",
    "Trains run every {n} minutes.",
    "Rain is expected on Sunday.",
    "She sang {n} songs.",
    "The council meets in the town hall.",
    "Tickets cost {p} dollars.",
    "The team won by {n} goals.",
    "Read more below.",
]


def page(chance):
    """The HTML of a page; half of all have nothing to do with health."""
    kind = chance.choice(list(HEALTH)) if chance.random() < 0.5 else ""
    s = chance.choice(SUBSTANCES)
    words = {"s": s, "S": s.capitalize(), "t": chance.choice(TROUBLES), "m": chance.choice(MEDICINES)}
    paragraphs = []
    for _ in range(chance.randrange(4, 14)):
        said = PLAIN if not kind or chance.random() < 0.4 else HEALTH[kind]
        sentences = [
            chance.choice(said).format(**words, n=chance.randrange(2, 9), p=chance.randrange(10, 900))
            for _ in range(chance.randrange(2, 7))
        ]
        tag = chance.choice(["p", "p", "p", "li", "h2", "td"])
        inner = f"<{tag}>{' '.join(sentences)}</{tag}>"
        paragraphs.append({"li": f"<ul>{inner}</ul>", "td": f"<table><tr>{inner}</tr></table>"}.get(tag, inner))
    menu = "".join(f"<a href='/{number}'>Link {number}</a>" for number in range(20))
    return (
        f"<html><head><title>{s}</title></head><body><nav>{menu}</nav><h1>{s}</h1>{''.join(paragraphs)}</body></html>"
    )


def write(path, pages, seed):
    """Write a crawl of so many records; gives how many are broken."""
    broken = 0
    with path.open("w") as file:
        for number in range(pages):
            chance = random.Random(f"{seed}/{number}")
            row = {"url": f"https://site-{number % 500}.example/{number}", "html": page(chance)}
            if number % 100 == 50:
                broken += 1
                row["html"] = chance.choice([None, "", 3, "\0" * 400])
                if chance.random() < 0.3:
                    file.write("{broken\n")
                    continue
            file.write(json.dumps(row) + "\n")
    return broken


def scan(crawl, out, *options, kill_after=None):
    """Run a scan; gives its seconds and the largest memory of a process of it in MB."""
    command = [sys.executable, "-m", "caveat", "scan", crawl, "-o", out, *options]
    begun = time.monotonic()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, start_new_session=True)
    if kill_after is not None:
        try:
            process.wait(kill_after)
        except subprocess.TimeoutExpired:
            subprocess.run(["/bin/kill", f"-{signal.SIGKILL}", "--", f"-{process.pid}"], check=False)
            process.wait()
        return 0.0
    assert process.wait() == 0
    return time.monotonic() - begun


def rows(out):
    """A digest of all rows, in order."""
    digest = hashlib.sha256()
    for part in sorted(out.glob("*/part-*.jsonl")):
        digest.update(part.read_bytes())
    return digest.hexdigest()


def floor(crawl):
    """Pages a second of a loop that only reads and parses."""
    begun, done = time.monotonic(), 0
    for line in crawl.open():
        try:
            document_of(json.loads(line)["html"], html=True)
            done += 1
        except (ValueError, TypeError):
            continue
    return done / (time.monotonic() - begun)


def spacy_rate(crawl, most):
    """Pages a second of plain spaCy with a matcher for the same substances; None where it is not installed."""
    try:
        import spacy
        from spacy.matcher import PhraseMatcher
    except ImportError:
        return None
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("names", [nlp.make_doc(word) for word in (*SUBSTANCES, *TROUBLES, *MEDICINES)])
    begun, done = time.monotonic(), 0
    for line in list(crawl.open())[:most]:
        try:
            text = document_of(json.loads(line)["html"], html=True).text
        except (ValueError, TypeError):
            continue
        matcher(nlp(text))
        done += 1
    return done / (time.monotonic() - begun)


def main():
    """Measure, and tell."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=7)
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="caveat-crawl-"))
    try:
        told = measure(folder, given.pages, given.seed)
    finally:
        shutil.rmtree(folder)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(told, indent=1))
    for name, value in told.items():
        print(f"{name:<44}{value}")


def measure(folder, pages, seed):
    """All figures of a crawl of so many pages."""
    crawl, tenth = folder / "crawl.jsonl", folder / "tenth.jsonl"
    broken = write(crawl, pages, seed)
    write(tenth, pages // 10, seed)
    scan(tenth, folder / "warm", "--workers", 1)
    first = scan(tenth, folder / "tenth", "--workers", 1)
    small = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    two = scan(crawl, folder / "two", "--workers", 2)
    large = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    tenth_two = scan(tenth, folder / "tenth-two", "--workers", 2)
    chance = random.Random(seed)
    for turn in range(10):
        scan(
            crawl, folder / "killed", "--workers", 2, *["--resume"] * bool(turn), kill_after=chance.uniform(2, two / 8)
        )
    scan(crawl, folder / "killed", "--workers", 2, "--resume")
    least = floor(tenth)
    spacy = spacy_rate(tenth, 2_000)
    return {
        "pages": pages,
        "broken records": broken,
        "pages a second, one process": round(pages / 10 / first),
        "pages a second, two processes": round(pages / two),
        "speed-up with two processes, a tenth": round(first / tenth_two, 2),
        "pages a second, only read and parsed": round(least),
        "times the floor": round(least / (pages / 10 / first), 1),
        "pages a second, plain spaCy": round(spacy) if spacy else "spaCy is not installed",
        "largest process, a tenth (MB)": small,
        "largest process, all (MB)": large,
        "killed ten times, the same rows": rows(folder / "killed") == rows(folder / "two"),
        "one process and two, the same rows": rows(folder / "tenth") == rows(folder / "tenth-two"),
        "core hours for a million pages": round(1_000_000 / (pages / 10 / first) / 3600, 2),
    }


if __name__ == "__main__":
    main()
