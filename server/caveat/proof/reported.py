"""Reports of something wrong, as the extension writes them: YAML whose strings are those of JSON."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

REPORT_FIELDS = ("expected", "found", "rule", "mark", "category", "certainty", "substance", "server", "extension")


def read_report(text: str) -> Mapping[str, str] | None:
    """The fields of a report, with the `sentence` that it is about; None when the text is no report.

    Around it may stand what a tracker adds, such as the fence of a code block.
    """
    _, begin, rest = text.partition("caveat_report: 1")
    try:
        said = yaml.safe_load(begin + rest.partition("```")[0])
    except yaml.YAMLError:
        return None
    if not isinstance(said, dict) or not str(said.get("sentence", "")).strip():
        return None
    return {str(key): str(value) for key, value in said.items()}
