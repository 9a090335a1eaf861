"""What a text cannot do without for a pattern to match it, as far as that can be read off the pattern.

A need is a set of literals of which one must stand in the text; the needs of a pattern stand there in their order.
A literal is a run of letters, a run of digits or the code of a name, with an `EDGE` where the run begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

EDGE = "\x1f"
# A run of letters or of digits: `500mg` is two.
RUN = re.compile(r"[^\W\d_]+|\d+")

Need = frozenset[str]
Needs = tuple[Need, ...]

_DIGITS = frozenset("0123456789")


def word(written: str) -> Needs:
    """The need of a plain word: the longest run in it. Where it has a hyphen, two runs may be one."""
    return _longest(written, glue="-")


def code(letters: str) -> Needs:
    """The need of a name's code."""
    return (frozenset({EDGE + letters + EDGE}),)


def either(options: Iterable[Needs]) -> Needs:
    """The needs of any one of several: as many as each of them has, and of each those that are met least often."""
    options = list(options)
    count = min(map(len, options), default=0)
    chosen = [_rarest(needs, count) for needs in options]
    return tuple(frozenset().union(*(needs[at] for needs in chosen)) for at in range(count))


def expression(source: str) -> Needs:
    """The needs of a regular expression; none where Python's own `re` cannot read it."""
    try:
        return tuple(_walk(parser.parse(source), left=False, right=False))
    except (re.error, RecursionError, OverflowError):
        return ()


def _rarest(needs: Needs, count: int) -> list[Need]:
    """So many of the needs, in their order: those that are met least often, which are those of long words."""
    by_rarity = sorted(range(len(needs)), key=lambda at: sum(1 / len(literal) ** 2 for literal in needs[at]))
    return [needs[at] for at in sorted(by_rarity[:count])]


def _longest(written: str, glue: str = "", *, left: bool = True, right: bool = True) -> Needs:
    """The need for the longest run in what is written, with its edges but beside a letter of `glue`.

    `left` and `right` tell whether a run at the beginning or the end of what is written has its edge there.
    """
    run = max(RUN.finditer(written), key=lambda found: len(found[0]), default=None)
    if run is None:
        return ()
    begins = left if run.start() == 0 else written[run.start() - 1] not in glue
    ends = right if run.end() == len(written) else written[run.end()] not in glue
    return (frozenset({EDGE * begins + run[0] + EDGE * ends}),)


def _walk(sequence: Iterable[tuple[Any, Any]], *, left: bool, right: bool) -> Iterator[Need]:
    """The needs of a parsed expression; `left` and `right` tell whether words begin and end with it."""
    written, edge = "", left
    items = list(sequence)
    for at, (kind, value) in enumerate(items):
        if kind is kinds.LITERAL:
            written += chr(value)
            continue
        boundary = kind is kinds.AT and value is kinds.AT_BOUNDARY
        yield from _longest(written, left=edge, right=boundary)
        if written:
            edge = not written[-1].isalnum()
        written = ""
        following = items[at + 1] if at + 1 < len(items) else None
        ends = right if following is None else following == (kinds.AT, kinds.AT_BOUNDARY)
        yield from _needs_of(kind, value, left=edge, right=ends)
        edge = boundary or (edge and _is_space(kind, value))
    yield from _longest(written, left=edge, right=right)


def _needs_of(kind: Any, value: Any, *, left: bool, right: bool) -> Needs:
    if kind is kinds.IN and value == [(kinds.CATEGORY, kinds.CATEGORY_DIGIT)]:
        return (_DIGITS,)
    if kind is kinds.SUBPATTERN:
        # Flags of its own, such as (?i:…), change what a literal means.
        return () if value[1] or value[2] else tuple(_walk(value[3], left=left, right=right))
    if kind is kinds.BRANCH:
        return either(tuple(_walk(branch, left=left, right=right)) for branch in value[1])
    if kind in {kinds.MAX_REPEAT, kinds.MIN_REPEAT} and value[0]:
        return tuple(_walk(value[2], left=False, right=False))
    return ()


def _is_space(kind: Any, value: Any) -> bool:
    """Whether an item is white space, perhaps none."""
    if kind in {kinds.MAX_REPEAT, kinds.MIN_REPEAT}:
        return all(_is_space(*item) for item in value[2])
    return kind is kinds.IN and value == [(kinds.CATEGORY, kinds.CATEGORY_SPACE)]
