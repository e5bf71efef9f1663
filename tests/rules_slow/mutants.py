"""Every single mistake in the shipped rules file."""

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby
from typing import Any

from adapters.rulesfile import _read, read
from rules.language.fault import Fault, Path, Unsound
from rules.language.ruleset import build
from rules.language.shape import Language
from rules.policy import Policy

SECTIONS = (*Language.model_fields, *Policy.model_fields)

# What a mistyped value becomes.
TYPES: Mapping[str, object] = {
    "null": None, "true": True, "float": 1.5, "empty text": "", "blank text": "  ", "text": "xyz",
    "number": 7, "list": ["xyz"], "mapping": {"xyz": "xyz"}, "empty list": [], "empty mapping": {},
    "huge": 10**400, "below nothing": -1, "list of mappings": [{"xyz": 1}],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake: of which kind, where, what stood there, and what it becomes."""

    kind: str
    path: Path
    was: object
    change: Callable[[Any, Any], Any]

    @property
    def tree(self) -> Any:
        """The whole file with the mistake in it."""
        return changed(shipped()[0], self.path, self.change)

    @property
    def sort(self) -> tuple[str, ...]:
        """The kind, and the place without its numbers and the board's own names."""
        around = zip((None, *self.path), self.path, strict=False)
        return (self.kind, *(_sort(outer, part) for outer, part in around))


# What a board names itself in these, and an example by what it is about.
NAMES = {
    "units", "clocks", "parties", "grounds", "breach_causes", "sources", "areas", "groups",
    "parameters", "words",
}  # fmt: skip


def _sort(outer: str | int | None, part: str | int) -> str:
    if isinstance(part, int):
        return "#"
    return "*" if outer in NAMES or part in _asked() else part


@cache
def _asked() -> frozenset[str]:
    """The questions and facts of the file, as an example names them."""
    whole, _ = shipped()
    return frozenset(it["id"] for it in (*whole["indicators"], *whole["facts"]))


@cache
def shipped() -> tuple[Mapping[str, Any], Mapping[Path, int]]:
    """The tree of the shipped file, read once, with its lines."""
    tree, reading = _read(read())
    assert isinstance(tree, dict)
    return tree, reading.lines


def places(tree: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Everything in the tree, with its place."""
    if path:
        yield path, tree
    inner: Any = ()
    if isinstance(tree, dict):
        inner = tree.items()
    elif isinstance(tree, list):
        inner = enumerate(tree)
    for key, value in inner:
        yield from places(value, (*path, key))


def changed(tree: Any, path: Path, change: Any) -> Any:
    """The tree with what stands around the end of the path changed; the rest is shared."""
    fresh = copy.copy(tree)
    if len(path) == 1:
        return change(fresh, path[0])
    fresh[path[0]] = changed(fresh[path[0]], path[1:], change)
    return fresh


def mutants(section: str) -> Iterator[Mutant]:
    """Every single mistake in a section."""
    whole, _ = shipped()
    for path, was in places({section: whole[section]}):
        for kind, change in chain(_mistyped(was), _misnamed(path, was)):
            yield Mutant(kind, path, was, change)


def sampled(section: str, each: int) -> Iterator[Mutant]:
    """So many of each sort: the first ones, in the order of the file."""
    ordered = sorted(mutants(section), key=lambda it: it.sort)
    for _, alike in groupby(ordered, key=lambda it: it.sort):
        yield from list(alike)[:each]


def _mistyped(was: object) -> Iterator[tuple[str, Any]]:
    yield "removed", _without
    for name, wrong in TYPES.items():
        if wrong != was or type(wrong) is not type(was):
            yield name, lambda inner, key, wrong=wrong: _with(inner, key, wrong)


def _misnamed(path: Path, was: object) -> Iterator[tuple[str, Any]]:
    if isinstance(path[-1], str):
        yield "misnamed", _renamed
    if isinstance(was, str):
        yield "misspelt", lambda inner, key: _with(inner, key, f"{was}x")
        yield "shortened", lambda inner, key: _with(inner, key, was[:-1])


def _without(inner: Any, key: Any) -> Any:
    del inner[key]
    return inner


def _with(inner: Any, key: Any, value: object) -> Any:
    inner[key] = value
    return inner


def _renamed(inner: Any, key: str) -> Any:
    return {f"{name}x" if name == key else name: value for name, value in inner.items()}


def faults(mutant: Mutant) -> tuple[Fault, ...]:
    """What is said of a mutant; nothing when it is sound."""
    try:
        build(mutant.tree, shipped()[1])
    except Unsound as unsound:
        return unsound.faults
    return ()
