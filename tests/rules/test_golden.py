"""The findings of the seed articles, kept in a file: what a change of rules changes is seen before it is merged.

When a change is meant, `make golden` keeps the new findings; read the difference in `git diff` first.
"""

import json
import os
from pathlib import Path

GOLDEN = Path(__file__).with_name("golden.jsonl")


def test_the_seeds_are_read_as_before(checker, seeds):
    found = {name: [row(finding) for finding in checker.check(text).findings] for name, text in seeds.items()}
    if os.environ.get("CAVEAT_KEEP_GOLDEN"):
        lines = [
            json.dumps({"seed": name, **finding}, ensure_ascii=False) for name, own in found.items() for finding in own
        ]
        GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")
    kept = {name: [] for name in found}
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        finding = json.loads(line)
        kept[finding.pop("seed")].append(finding)
    report = [f"{name}\n" + "\n".join(lines) for name in found if (lines := changes(kept[name], found[name]))]
    assert not report, "the seeds are read differently (`make golden` keeps this):\n\n" + "\n\n".join(report)


def row(finding):
    return {
        "category": str(finding.category),
        "certainty": str(finding.certainty),
        "start": finding.start,
        "end": finding.end,
        "stance": str(finding.stance),
        "subject": finding.substance,
        "rule": finding.rule,
        "quote": finding.quote,
    }


def changes(before, after):
    """What is new, lost, otherwise certain or moved, a line each."""
    lost = [finding for finding in before if finding not in after]
    lines = []
    for finding in (finding for finding in after if finding not in before):
        old = next((old for old in lost if old["category"] == finding["category"] and overlap(old, finding)), None)
        if old is None:
            lines.append(f"  + new        {told(finding)}")
            continue
        lost.remove(old)
        if old["certainty"] != finding["certainty"]:
            lines.append(f"  ~ certainty  {old['certainty']} -> {finding['certainty']}: {told(finding)}")
        if old["stance"] != finding["stance"]:
            lines.append(f"  ~ stance     {old['stance']} -> {finding['stance']}: {told(finding)}")
        if old["subject"] != finding["subject"]:
            lines.append(f"  ~ subject    {old['subject']} -> {finding['subject']}: {told(finding)}")
        if old["quote"] != finding["quote"]:
            lines.append(f"  ~ span       «{old['quote']}» -> {told(finding)}")
        if old["rule"] != finding["rule"]:
            lines.append(f"  ~ rule       {old['rule']} -> {told(finding)}")
    return lines + [f"  - lost       {told(finding)}" for finding in lost]


def overlap(one, other):
    return one["start"] < other["end"] and other["start"] < one["end"]


def told(finding):
    return f"{finding['rule']} ({finding['certainty']}) «{finding['quote']}»"


def test_the_report_names_each_kind_of_change():
    old = {
        "category": "dose",
        "certainty": "asserted",
        "stance": "states",
        "subject": "valerian",
        "start": 0,
        "end": 9,
        "rule": "dose.amount",
        "quote": "take 2 mg",
    }
    assert changes([], [old]) == ["  + new        dose.amount (asserted) «take 2 mg»"]
    assert changes([old], []) == ["  - lost       dose.amount (asserted) «take 2 mg»"]
    assert changes([old], [old | {"certainty": "hedged"}]) == [
        "  ~ certainty  asserted -> hedged: dose.amount (hedged) «take 2 mg»"
    ]
    assert changes([old], [old | {"stance": "denies"}]) == [
        "  ~ stance     states -> denies: dose.amount (asserted) «take 2 mg»"
    ]
    assert changes([old], [old | {"subject": None}]) == [
        "  ~ subject    valerian -> None: dose.amount (asserted) «take 2 mg»"
    ]
    assert changes([old], [old | {"end": 4, "quote": "take"}]) == [
        "  ~ span       «take 2 mg» -> dose.amount (asserted) «take»"
    ]
