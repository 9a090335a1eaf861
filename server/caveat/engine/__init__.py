"""From a text to its findings: tag names, match rules, read certainty, cut clauses."""
