"""Reading the rule files of a folder, each checked against the model of its shape."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from caveat.rules.problems import PhraseError, Problem, RuleError, did_you_mean
from caveat.rules.source import Place, Source, read

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class File(Generic[Model]):
    """A rule file: where each of its values stands, and what it says."""

    source: Source
    content: Model


class Folder:
    """A folder of rule files. Problems are gathered, so that a writer sees all of them at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: set[Problem] = set()
        self._digest = hashlib.sha256()

    @property
    def digest(self) -> str:
        """A name for the exact content of all files read so far."""
        return f"sha256:{self._digest.hexdigest()}"

    def one(self, name: str, model: type[Model]) -> File[Model]:
        """The file of a name. Raises RuleError when it cannot be used."""
        file = self._read(self.path / name, {"": model})
        if file is None:
            raise RuleError(self.problems)
        return file

    def each(self, folder: str, *models: type[Model]) -> list[File[Model]]:
        """The usable files of a folder in order; of several models, the `kind` of a file says which is its own."""
        paths = sorted((self.path / folder).glob("*.yaml"))
        if not paths:
            self.problems.add(Problem(folder, 1, 1, "folder-empty", f"{self.path / folder} holds no .yaml file."))
        by_kind = {_kind(model): model for model in models}
        return [file for path in paths if (file := self._read(path, by_kind))]

    def note(self, file: File[Any], place: Place, error: PhraseError) -> None:
        """Gather a problem with the value that `place` leads to."""
        self.problems.add(file.source.problem(place, error.code, str(error)))

    def stop(self) -> None:
        """Raise RuleError with all problems gathered, if there are any."""
        if self.problems:
            raise RuleError(self.problems)

    def _read(self, path: Path, models: Mapping[str, type[Model]]) -> File[Model] | None:
        try:
            source = read(path, str(path.relative_to(self.path)))
        except RuleError as error:
            self.problems.update(error.problems)
            return None
        if not isinstance(source.data, dict):
            self.problems.add(source.problem((), "file-shape", "A rule file is a mapping of keys to values."))
            return None
        self._digest.update(f"{source.file}\0{source.data}\0".encode())
        kind = str(source.data.get("kind", ""))
        model = models.get(kind) or models.get("")
        if model is None:
            known = ", ".join(models)
            self.problems.add(source.problem(("kind",), "kind-unknown", f"'kind' is one of {known}, not '{kind}'."))
            return None
        try:
            return File(source, model.model_validate(source.data))
        except ValidationError as error:
            self.problems.update(_problems(source, error, model))
            return None


def _kind(model: type[BaseModel]) -> str:
    field = model.model_fields.get("kind")
    return str(get_args(field.annotation)[0]) if field else ""


def _problems(source: Source, error: ValidationError, model: type[BaseModel]) -> Iterator[Problem]:
    details = error.errors(include_url=False, include_input=False)
    for detail in details:
        path = tuple(detail["loc"])
        inner = any(other["loc"][: len(path)] == path and len(other["loc"]) > len(path) for other in details)
        if detail["type"] == "extra_forbidden":
            hint = did_you_mean(str(path[-1]), _keys(model, path[:-1]))
            yield source.problem((*path, "@key"), "key-unknown", f"There is no key '{path[-1]}' here.{hint}")
        elif detail["type"] == "missing":
            yield source.problem(path[:-1], "key-missing", f"The key '{path[-1]}' is missing here.")
        elif detail["type"] == "too_short":
            # With errors in its entries, a list is only too short because these do not count.
            if not inner:
                message = f"'{path[-1]}' needs at least {detail['ctx']['min_length']} entries."
                yield source.problem(path, "too-few", message)
        else:
            yield source.problem(path, "value", f"{'.'.join(map(str, path))}: {detail['msg']}.")


def _keys(model: Any, path: Place) -> Iterable[str]:
    """The keys that a model knows at the end of a path."""
    if isinstance(model, type) and issubclass(model, BaseModel):
        if not path:
            return model.model_fields
        field = model.model_fields.get(str(path[0]))
        return _keys(field.annotation, path[1:]) if field else ()
    inner = path[1:] if path and get_origin(model) in (dict, tuple) else path
    return itertools.chain.from_iterable(_keys(argument, inner) for argument in get_args(model))
