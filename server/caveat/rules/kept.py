"""The rules once loaded, kept for the next start: to unpack them takes a third of the time that reading them does.

What is kept is named by the content of every rule file and of Caveat's own code, so that nothing old is ever taken. It
is unpacked with no other classes than those of rules, from a file that nobody else can have written.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import sys
import tempfile
from pathlib import Path
from typing import Any

from caveat.rules.files import files_of
from caveat.rules.loader import collector_at_rest, load, rules_dir
from caveat.rules.ruleset import RuleSet

# Those of a few folders of one's own, and of what they were a moment ago.
MOST_KEPT = 4
# What rules are made of besides classes of Caveat's own.
_PLAIN = {("builtins", "list"), ("builtins", "set"), ("collections", "defaultdict"), ("datetime", "date")}
_OTHERS_MAY_WRITE = 0o022


def load_kept(own: Path | None = None) -> RuleSet:
    """The rules that come with Caveat and, over them, those of a folder of one's own; as `load` gives them.

    Raises RuleError with every problem found in the files. Where nothing can be kept, they are loaded each time.
    """
    name = ""
    try:
        name = _name(own)
        return _unpack(kept_folder() / name)
    except Exception:  # noqa: BLE001 (whatever is wrong with what is kept, the files are there)
        rules = load(own)
    with contextlib.suppress(OSError, RuntimeError):
        if name == _name(own):  # a file may have been written meanwhile
            _keep(kept_folder() / name, rules)
    return rules


def kept_folder() -> Path:
    """Where loaded rules are kept, as the XDG base directories have it."""
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (given if given.is_absolute() else Path.home() / ".cache") / "caveat"


def _name(own: Path | None) -> str:
    """Of the content of all that the rules are made from, and by."""
    digest = hashlib.sha256(f"{sys.version}\0".encode())
    code = Path(__file__).parents[1]
    for base, paths in (
        (code, sorted(code.rglob("*.py"))),
        (rules_dir(), files_of(rules_dir())),
        (own, files_of(own) if own else []),
    ):
        for path in paths:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(base) if base else path}\0{len(content)}\0".encode())
            digest.update(content)
        digest.update(b"\0\0")
    return f"{digest.hexdigest()}.rules"


class _Unpacker(pickle.Unpickler):
    """Makes nothing but what rules are made of."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _PLAIN and not (module == "caveat.model" or module.startswith("caveat.rules.")):
            raise pickle.UnpicklingError(f"{module}.{name} is no part of rules")
        found = super().find_class(module, name)
        if not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name} is no class")
        return found


def _unpack(file: Path) -> RuleSet:
    """Raises an error of any kind when the file is not there, is another's, or holds anything else than rules."""
    with file.open("rb") as opened:
        status = os.fstat(opened.fileno())
        if status.st_uid != os.getuid() or status.st_mode & _OTHERS_MAY_WRITE:
            raise PermissionError(file)
        content = opened.read()
    with collector_at_rest():
        rules = _Unpacker(io.BytesIO(content)).load()
    if not isinstance(rules, RuleSet):
        raise TypeError(file)
    return rules


def _keep(file: Path, rules: RuleSet) -> None:
    """As a whole or not at all; the oldest go."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as made:
        made.write(pickle.dumps(rules, protocol=5))
    Path(made.name).replace(file)
    for old in sorted(file.parent.glob("*.rules"), key=lambda path: path.stat().st_mtime)[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
