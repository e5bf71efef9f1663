"""Every commit by the name of the function that makes it, and how a process dies at one."""

import ast
import os
import signal
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from tests.shape.source import Source, sources

FLOORS = ("workflows", "adapters", "hub")
BEFORE, AFTER = "before", "after"
WHEN = (BEFORE, AFTER)


def commit_points() -> frozenset[str]:
    """The functions that commit, as `module.function`; one that only passes it on is none."""
    found: set[str] = set()
    for source in sources():
        if source.floor in FLOORS and "/versions/" not in source.path:
            found.update(points_in(source))
    return frozenset(found)


def points_in(source: Source) -> Iterator[str]:
    """The commit points of one file: `.commit()`, and a transaction as a block."""
    module = source.path.removesuffix(".py").replace("/", ".")
    yield from _points(source.tree, module, ())


def _points(node: ast.AST, module: str, path: tuple[str, ...]) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        inside = path
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            inside = (*path, child.name)
        commits = _is_call(child, "commit") and inside[-1:] != ("commit",)
        begins = isinstance(child, ast.withitem) and _is_call(child.context_expr, "begin")
        if commits or begins:
            yield ".".join((module, *inside))
        yield from _points(child, module, inside)


def _is_call(node: ast.AST, name: str) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
    )


def point_now() -> str | None:
    """The commit point that is being passed, seen from within the commit."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        module: str = frame.f_globals.get("__name__", "")
        name = frame.f_code.co_qualname.replace(".<locals>", "")
        if module.split(".", maxsplit=1)[0] in FLOORS and name.split(".")[-1] != "commit":
            return f"{module}.{name}"
        frame = frame.f_back
    return None


Meet = Callable[[str, str], None]


def at_every_commit(meet: Meet) -> None:
    """From now on `meet` is called with the point and the moment, just before and just after.

    For a process of a test's own: nothing undoes it.
    """
    commit = DefaultDialect.do_commit

    def watched(dialect: DefaultDialect, connection: Any) -> None:
        point = point_now()
        if point is not None:
            meet(point, BEFORE)
        commit(dialect, connection)  # type: ignore[no-untyped-call]
        if point is not None:
            meet(point, AFTER)

    DefaultDialect.do_commit = watched  # type: ignore[method-assign]


def die() -> None:
    """As when the power is cut: nothing is closed, nothing is said."""
    os.kill(os.getpid(), signal.SIGKILL)
