"""Reading rule files, each checked against the model of its shape: Caveat's own, and those of a reader's folder."""

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

# Problems that a file which cannot be read may bring upon others.
_NOT_FOUND = frozenset({"lexicon-unknown", "lexicon-form", "replacement-unknown", "rule-unknown"})

# Nobody reads more of one file at once.
MOST_PROBLEMS = 50

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class File(Generic[Model]):
    """A rule file: where each of its values stands, and what it says."""

    source: Source
    content: Model
    own: bool = False  # it stands in the reader's folder


def files_of(folder: Path) -> list[Path]:
    """All YAML files of a folder of rules, in order; a name that begins with a dot is its editor's business."""
    found = itertools.chain.from_iterable(folder.glob(level) for level in ("*.y*ml", "*/*.y*ml", "*/*/*.y*ml"))
    return sorted(path for path in found if not any(part[0] == "." for part in path.relative_to(folder).parts))


class Folder:
    """The rule files that come with Caveat, and a reader's own, which add to them or stand in their place.

    Problems are gathered, so that a writer sees all of them at once, or the first fifty.
    """

    def __init__(self, path: Path, own: Path | None = None) -> None:
        """Raises RuleError when the reader's folder is not there."""
        if own and not own.is_dir():
            raise RuleError([Problem(str(own), 1, 1, "folder-missing", "There is no folder of rules here.")])
        self.path = path
        self.own = own
        self.problems: set[Problem] = set()
        self._strangers = set(files_of(own)) if own else set()
        self._mine: list[File[Any]] = []
        self._digest = hashlib.sha256()
        self._incomplete = False

    @property
    def digest(self) -> str:
        """A name for the exact content of all files read so far."""
        return f"sha256:{self._digest.hexdigest()}"

    def one(self, name: str, model: type[Model]) -> File[Model] | None:
        """The file of a name, if it can be used; the reader's, if there is one."""
        base = self.own if self.own and self.own / name in self._strangers else self.path
        return self._read(base, base / name, {"": model})

    def each(self, folder: str, *models: type[Model], by_name: bool = False) -> list[File[Model]]:
        """The usable files of a folder in order, the reader's last.

        Of several models, the `kind` of a file says which is its own. With `by_name`, a file of the reader's
        replaces Caveat's of that name; otherwise both count.
        """
        paths = [(self.path, path) for path in sorted((self.path / folder).glob("*.yaml"))]
        if self.own:
            own = [path for path in self._strangers if path.parent == self.own / folder and path.suffix == ".yaml"]
            names = {path.name for path in own if by_name}
            paths = [(base, path) for base, path in paths if path.name not in names]
            paths += [(self.own, path) for path in sorted(own)]
        if not paths:
            self.problems.add(Problem(folder, 1, 1, "folder-empty", f"{self.path / folder} holds no .yaml file."))
        known = len(self.problems)
        by_kind = {_kind(model): model for model in models}
        files = [file for base, path in paths if (file := self._read(base, path, by_kind))]
        self._incomplete |= len(self.problems) > known
        return files

    def note(self, file: File[Any], place: Place, error: PhraseError) -> None:
        """Gather a problem with the value that `place` leads to."""
        if self._incomplete and error.code in _NOT_FOUND:
            return  # it may stand in the file that cannot be read
        if len(self.problems) >= MOST_PROBLEMS:
            raise RuleError(self.problems)
        problem = file.source.problem(place, error.code, str(error))
        self.problems.add(problem if file.own else self._blamed(problem))

    def check_strangers(self) -> None:
        """Note the reader's files that nothing has read: a misspelled name would lie there without effect."""
        for path in self._strangers:
            file = str(path.relative_to(self.own or path))
            message = "Caveat reads no rule file of this name and place; CONTRIBUTING tells what stands where."
            self.problems.add(Problem(file, 1, 1, "file-unknown", message))

    def stop(self) -> None:
        """Raise RuleError with all problems gathered, if there are any."""
        if self.problems:
            raise RuleError(self.problems)

    def _blamed(self, problem: Problem) -> Problem:
        """A problem that a reader's file brings upon one of Caveat's, told where it can be mended."""
        message = f"With this, {problem.file}:{problem.line}:{problem.column} of Caveat fails: {problem.message}"
        for file in self._mine:
            data = file.source.data
            lexicons = data.get("lexicons", {})
            places: dict[str, Place] = {file.source.file: (), f"'{data.get('lexicon')}'": ("lexicon",)}
            places |= {f"'{name}'": ("lexicons", name, "@key") for name in lexicons}
            for name, place in places.items():
                if name in problem.message:
                    return file.source.problem(place, problem.code, message)
        return self._mine[0].source.problem((), problem.code, message) if self._mine else problem

    def _read(self, base: Path, path: Path, models: Mapping[str, type[Model]]) -> File[Model] | None:
        self._strangers.discard(path)
        try:
            source = read(path, str(path.relative_to(base)))
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
            file = File(source, model.model_validate(source.data), own=base is self.own)
        except ValidationError as error:
            self.problems.update(_problems(source, error, model))
            return None
        if file.own:
            self._mine.append(file)
        return file


def _kind(model: type[BaseModel]) -> str:
    field = model.model_fields.get("kind")
    return str(get_args(field.annotation)[0]) if field else ""


def _problems(source: Source, error: ValidationError, model: type[BaseModel]) -> Iterator[Problem]:
    details = error.errors(include_url=False, include_input=False)[:MOST_PROBLEMS]
    around = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
    for detail in details:
        path = tuple(detail["loc"])
        inner = path in around
        if detail["type"] == "extra_forbidden":
            hint = did_you_mean(str(path[-1]), _keys(model, path[:-1]))
            yield source.problem((*path, "@key"), "key-unknown", f"There is no key '{path[-1]}' here.{hint}")
        elif detail["type"] == "missing":
            yield source.problem(path[:-1], "key-missing", f"The key '{path[-1]}' is missing here.")
        elif detail["type"] == "string_too_long":
            most = detail["ctx"]["max_length"]
            yield source.problem(
                path, "too-long", f"'{'.'.join(map(str, path))}' has more than {most:,} characters; write less."
            )
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
