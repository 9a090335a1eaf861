"""A rule to begin with: it loads, its examples pass, and its comments say what to put in place of what."""

from __future__ import annotations

_RULE = """\
  - id: {id}
    # What the claim is, as a reader sees it.
    title: Says that it does this
    # How texts word it; ~3 is "up to three words between". One pattern is enough.
    match:
      - "{{substance}} ~3 (does|did) this"
    # Wordings that look like it but are not; one that overlaps a match excuses it. Remove what you do not need.
    unless:
      - "(does|did) this twice"
    message: "Says that {{substance.name}} does this."
    # At least two texts that the rule must find, its exact words in [[double brackets]].
    examples:
      - "[[Kava does this]]."
      - {{text: "Studies suggest that [[valerian root really did this]].", certainty: attributed}}
    # At least two texts in which it must stay silent, one of them for each `unless`.
    clean:
      - "Kava does this twice."
      - "Kava is a plant."
"""


def skeleton(rule_id: str) -> str:
    """The YAML of a new rule, to be put under `rules:` of a pack."""
    return _RULE.format(id=rule_id)
