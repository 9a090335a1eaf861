"""JSON Schemas of the rule files, made from the models that check them, for completion and checks in an editor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel

from caveat.rules import schema

# What a file in each place of a rules folder is; the first pattern that fits counts.
SHAPES: Mapping[str, tuple[str, type[BaseModel]]] = {
    "packs/*.yaml": ("pack", schema.PackFile),
    "cues/*.yaml": ("cues", schema.CuesFile),
    "lexicons/names/*.yaml": ("names", schema.NamesFile),
    "lexicons/words/*.yaml": ("words", schema.WordsFile),
    "lexicons/phrases/*.yaml": ("phrases", schema.PhrasesFile),
    "facts/*.yaml": ("facts", schema.FactsFile),
    "care.yaml": ("care", schema.CareFile),
    "limits.yaml": ("limits", schema.LimitsFile),
    "marks.yaml": ("marks", schema.MarksFile),
    "norms.yaml": ("norms", schema.NormsFile),
    "carried.yaml": ("carried", schema.CarriedFile),
    "clauses.yaml": ("clauses", schema.ClausesFile),
    "inflections.yaml": ("inflections", schema.InflectionsFile),
    "quantities.yaml": ("quantities", schema.QuantitiesFile),
    "questions.yaml": ("questions", schema.QuestionsFile),
    "risk.yaml": ("risk", schema.Weights),
    "sentences.yaml": ("sentences", schema.SentencesFile),
    "voices.yaml": ("voices", schema.VoicesFile),
    "sections.yaml": ("sections", schema.SectionsFile),
    "speakers.yaml": ("speakers", schema.SpeakersFile),
    "subjects.yaml": ("subjects", schema.SubjectsFile),
}
NAMES = tuple(name for name, _ in SHAPES.values())
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_text(name: str) -> str:
    """The JSON Schema (draft 2020-12) of one kind of file, as it stands in `rules/schema/`."""
    model = dict(SHAPES.values())[name]
    made = {"$schema": _DIALECT, **model.model_json_schema(), "title": f"Caveat rules: {name}"}
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas to `schema/` of a rules folder; gives the files."""
    target = folder / "schema"
    target.mkdir(exist_ok=True)
    paths = []
    for name in NAMES:
        path = target / f"{name}.json"
        path.write_text(schema_text(name), encoding="utf-8")
        paths.append(path)
    return paths


def modeline(file: Path) -> str:
    """The first line of a rule file, by which an editor finds its schema; `file` is relative to the rules folder."""
    name = next(name for pattern, (name, _) in SHAPES.items() if file.match(pattern))
    return f"# yaml-language-server: $schema={'../' * (len(file.parts) - 1)}schema/{name}.json"
