"""The rules and the weights in force, as `GET /v1/rules` tells them."""

from __future__ import annotations

from typing import Any

from caveat.rules.ruleset import Rule, RuleSet


def rulebook(ruleset: RuleSet) -> dict[str, Any]:
    """All rules, and the formula of the risk with each category's weight."""
    return {
        "digest": ruleset.digest,
        "risk": ruleset.weights.model_dump(mode="json"),
        "rules": [told(rule) for rule in ruleset.rules],
    }


def told(rule: Rule) -> dict[str, Any]:
    """One rule with its proof; a pattern stands as its writer wrote it."""
    return {
        "id": rule.id,
        "category": rule.category,
        "title": rule.title,
        "message": rule.message,
        "stance": rule.stance,
        "firm": rule.firm,
        "rank": rule.rank,
        "under": sorted(rule.under),
        "certainty": rule.certainty,
        "sets": rule.sets,
        "severity": rule.severity,
        "match": [phrase.source for phrase in rule.match],
        "unless": [phrase.source for phrase in rule.unless],
        "examples": [example.model_dump(mode="json") for example in rule.examples],
        "clean": rule.clean,
    }
