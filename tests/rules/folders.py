"""A folder of rules of one's own, with one rule in it that a test changes."""

RULE = """\
pack: mechanism
rules:
  - id: mechanism.tunes
    title: Says that it tunes the body's chemistry
    match:
      - "{substance} ~3 (tune|tunes) ~3 {target:chemistry}"
    unless:
      - "tunes ~2 radio"
    message: "Says that {substance.name} tunes {target.name}."
    examples:
      - "[[Kava tunes the GABA receptors]]."
      - {text: "[[Kava may tune your cortisol]].", certainty: hedged, captures: {substance.name: kava}}
    clean:
      - "Kava tunes the radio of serotonin fans."
      - "Kava is a plant."
"""


def with_rule(folder, *changes, name="tunes"):
    """The folder with the rule as a pack, some of its text changed; each change is (what stands there, what then)."""
    text = RULE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "packs" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder
