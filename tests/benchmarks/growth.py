"""How Caveat grows: `growth.py rules 20`, `growth.py lexicons 5`, `growth.py text 0`; one process each, prints JSON."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pages
import yaml
from contestants import pss_mb, timed

from caveat import Checker
from caveat.rules import kept, loader
from caveat.rules.source import read

SIZES = (10_000, 100_000, 1_000_000, 5_000_000)


def more_rules(folder: Path, times: int) -> None:
    """Each pack again under other ids, its patterns with the lexicons they have and words that no page holds."""
    for path in sorted((folder / "packs").glob("*.yaml")):
        pack = dict(read(path, path.name).data)
        live = [rule for rule in pack["rules"] if not rule.get("deprecated")]
        for number in range(1, times):
            pack["rules"] = [again(rule, number) for rule in live]
            (path.parent / f"{path.stem}-{number}.yaml").write_text(yaml.safe_dump(pack, allow_unicode=True), "utf-8")


def again(rule: dict, number: int) -> dict:
    """A rule whose every pattern needs one more word."""
    patterns = [pattern for pattern in rule["match"] if not pattern.startswith(("^", "regex:"))] or ["kava kava"]
    return rule | {
        "id": f"{rule['id']}-{number}",
        "message": "A claim.",
        "match": [f"zyx{number}word ~3 {pattern}" for pattern in patterns],
    }


def more_names(folder: Path, times: int) -> None:
    """Each name of a lexicon again, spelled as nobody does."""
    for path in sorted((folder / "lexicons" / "names").glob("*.yaml")):
        file = dict(read(path, path.name).data)
        file["terms"] = dict(file["terms"])
        for term, entry in list(file["terms"].items()):
            for number in range(1, times):
                forms = entry["forms"] if isinstance(entry, dict) else entry
                file["terms"][f"{term}_{number}"] = {
                    "forms": [f"zq{number}{form}" for form in forms if isinstance(form, str)]
                }
        path.write_text(yaml.safe_dump(file, allow_unicode=True), "utf-8")


def of_text() -> dict[str, object]:
    """The cost of a 10 KB in longer and longer texts, and the memory after 5 MB of distinct pages."""
    checker = Checker()
    checker.warm()
    for page in pages.claim_pages(SIZES[-1], 7):
        checker.check(page)
    memory = pss_mb()
    sizes = {}
    for size in SIZES:
        text = "\n\n".join(pages.claim_pages(size, 8))[:size]
        sizes[size] = timed(lambda text: len(checker.check(text).findings), [text])[0]
    return {"pss_mb": memory, "sizes": sizes}


def main(kind: str, times: int) -> None:
    if kind == "text":
        print(json.dumps(of_text()))
        return
    own = {
        each: list(make(200_000, 3)) for each, make in (("claims", pages.claim_pages), ("neutral", pages.neutral_pages))
    }
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "rules"
        shutil.copytree(loader.rules_dir(), folder)
        {"rules": more_rules, "lexicons": more_names}[kind](folder, times)
        loader.rules_dir = kept.rules_dir = lambda: folder
        Checker()  # keeps the rules, as the first start does
        begun = time.process_time()
        checker = Checker()
        start = time.process_time() - begun
        checker.warm()
        told = {each: timed(lambda text: len(checker.check(text).findings), texts)[0] for each, texts in own.items()}
    print(json.dumps({"start_s": start, "pss_mb": pss_mb()} | told))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
