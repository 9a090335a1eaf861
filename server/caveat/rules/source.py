"""Reading YAML so that every value keeps its line and column.

Plain data only: no anchors, no tags, no duplicate keys, and a scalar is a number or a truth value
only where YAML 1.2 says so (`no` is the word "no", not False).
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import regex
import yaml

from caveat.rules.problems import Problem, RuleError

Place = tuple[str | int, ...]


# A rule file needs a dozen levels; from some ten thousand on, the parser itself would crash.
DEEPEST = 50
LARGEST = 2_000_000


class _Loader(yaml.CSafeLoader):
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (the name and type are PyYAML's)
    _depth = 0

    def descend_resolver(self, _node: yaml.Node | None, _index: Any) -> None:
        # PyYAML calls this on its way into every value, and ascend_resolver on its way out.
        self._depth += 1
        if self._depth > DEEPEST:
            raise RecursionError

    def ascend_resolver(self) -> None:
        self._depth -= 1


def _resolves(tag: str, pattern: str, first: str) -> None:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", regex.compile(pattern), list(first))


_resolves("bool", r"^(?:true|false)$", "tf")
_resolves("int", r"^[-+]?[0-9]{1,18}$", "-+0123456789")
_resolves("float", r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789")
_resolves("null", r"^(?:~|null)$", "~n")

_SCALARS: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:bool": lambda value: value == "true",
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": float,
    "tag:yaml.org,2002:null": lambda _: None,
    "tag:yaml.org,2002:str": str,
}


_COLLECTIONS = frozenset({"tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})


@dataclass(frozen=True, slots=True)
class Source:
    """The data of one YAML file, and where each of its values stands."""

    file: str
    data: Any
    places: dict[Place, tuple[int, int]] = field(repr=False)

    def place(self, path: Place) -> str:
        """Where the value that `path` leads to stands, as `file:line`."""
        return f"{self.file}:{self.places.get(path, (1, 1))[0]}"

    def problem(self, path: Place, code: str, message: str) -> Problem:
        """A problem at the value that `path` leads to, or at the nearest value around it."""
        while path and path not in self.places:
            path = path[:-1]
        line, column = self.places.get(path, (1, 1))
        return Problem(self.file, line, column, code, message)


def read(path: Path, name: str | None = None) -> Source:
    """Read a YAML file.

    `name` is what errors call the file. Raises RuleError when it cannot be read or is not plain YAML.
    """
    file = name or str(path)
    try:
        status = path.stat()
        # A pipe or a device may never end.
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST:
            message = f"A rule file is a plain file of at most {LARGEST:,} bytes."
            raise RuleError([Problem(file, 1, 1, "file-unreadable", message)])
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise RuleError([Problem(file, 1, 1, "file-unreadable", f"The file cannot be read: {reason}.")]) from error
    return parse(text, file)


def parse(text: str, file: str) -> Source:
    """Parse YAML text; raises RuleError with the place of the first error."""
    builder = _Builder(file)
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            data = None if node is None else builder.build(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise RuleError(
            [Problem(file, line, column, "yaml-syntax", f"This is not valid YAML: {error.problem}.")]
        ) from error
    except yaml.YAMLError as error:
        raise RuleError([Problem(file, 1, 1, "yaml-syntax", f"This is not valid YAML: {error}.")]) from error
    except RecursionError as error:
        raise RuleError(
            [Problem(file, 1, 1, "yaml-too-deep", "The file nests too deep; a rule file needs few levels.")]
        ) from error
    return Source(file, data, builder.places)


class _Builder:
    """Turns YAML nodes into plain data and notes where each value stands."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Place, tuple[int, int]] = {}
        self._seen: set[int] = set()

    def build(self, node: yaml.Node, path: Place = ()) -> Any:
        if id(node) in self._seen:
            raise self._error(node, "yaml-alias", "Anchors and aliases are not used in rule files; write it out.")
        self._seen.add(id(node))
        self.places[path] = node.start_mark.line + 1, node.start_mark.column + 1
        if isinstance(node, yaml.ScalarNode):
            if node.tag not in _SCALARS:
                raise self._error(
                    node, "yaml-tag", f"The tag {node.tag} is not used in rule files; write a plain value."
                )
            return _SCALARS[node.tag](node.value)
        if node.tag not in _COLLECTIONS:
            raise self._error(node, "yaml-tag", f"The tag {node.tag} is not used in rule files; write a plain value.")
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*path, index)) for index, child in enumerate(node.value)]
        mapping: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._error(key, "yaml-key", "A key must be a plain word.")
            if key.value in mapping:
                raise self._error(key, "yaml-duplicate-key", f"The key '{key.value}' stands twice; keep one.")
            mapping[key.value] = self.build(value, (*path, key.value))
            self.places[*path, key.value, "@key"] = key.start_mark.line + 1, key.start_mark.column + 1
        return mapping

    def _error(self, node: yaml.Node, code: str, message: str) -> RuleError:
        return RuleError([Problem(self.file, node.start_mark.line + 1, node.start_mark.column + 1, code, message)])
