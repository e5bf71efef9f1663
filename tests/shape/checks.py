"""What a source file may look like: each check takes one file and tells its faults."""

import ast
import re
from collections.abc import Callable, Iterator

from tests.shape.source import FLOORS, Source

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
LONGEST_TEMPLATE = 120
DEEPEST_NESTING = 4
MOST_POSITIONAL = 3
COMMANDS = ("hub/cli.py", "hub/commands/", "hub/rules_commands/")

BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
CLOCKS = {"now", "today", "utcnow"}
OUTER_WORLD = {
    "asyncio", "http", "io", "logging", "os", "pathlib", "random", "secrets", "shutil", "smtplib",
    "socket", "sqlite3", "subprocess", "tempfile", "time", "urllib",
}  # fmt: skip
FRAMEWORK_DECORATORS = {
    "api_route", "callback", "command", "delete", "exception_handler", "get", "middleware", "patch",
    "post", "put", "route",
}  # fmt: skip

Check = Callable[[Source], Iterator[str]]


def fits_in_the_head(source: Source) -> Iterator[str]:
    lines = source.text.count("\n")
    if lines > LONGEST_FILE:
        yield f"{lines} lines, at most {LONGEST_FILE}"
    for function in _functions(source.tree):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > LONGEST_FUNCTION:
            yield f"{function.name} has {length} lines, at most {LONGEST_FUNCTION}"


def is_flat(source: Source) -> Iterator[str]:
    for function in _functions(source.tree):
        depth = max((_depth(child) for child in function.body), default=0)
        if depth > DEEPEST_NESTING:
            yield f"{function.name} is nested {depth} deep, at most {DEEPEST_NESTING}"


def says_what_it_is(source: Source) -> Iterator[str]:
    if not (ast.get_docstring(source.tree) or "").strip():
        yield "opens without a docstring"


def imports_at_the_top(source: Source) -> Iterator[str]:
    for function in _functions(source.tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield f"line {node.lineno}: an import inside {function.name}"


def is_told_the_time(source: Source) -> Iterator[str]:
    if source.floor not in FLOORS or source.path == "adapters/clock.py":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and _reads_a_clock(node):
            yield f"line {node.lineno}: reads the clock with .{node.attr}"
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield f"line {node.lineno}: takes a clock from time"


def touches_nothing_outside(source: Source) -> Iterator[str]:
    if source.floor not in ("rules", "workflows"):
        return
    for node in ast.walk(source.tree):
        for name in _imported(node):
            if name.split(".")[0] in OUTER_WORLD:
                yield f"line {node.lineno}: imports {name}"  # type: ignore[attr-defined]
        if _calls(node, {"open", "input", "exec", "eval"}):
            yield f"line {node.lineno}: opens, asks or executes"  # type: ignore[attr-defined]


def names_its_arguments(source: Source) -> Iterator[str]:
    if source.floor not in FLOORS:
        return
    for function in _functions(source.tree):
        if _is_called_by_a_framework(function):
            continue
        names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
        count = len([name for name in names if name not in ("self", "cls")])
        if count > MOST_POSITIONAL:
            yield f"{function.name} has {count} positional parameters, at most {MOST_POSITIONAL}"


def prints_only_at_the_command_line(source: Source) -> Iterator[str]:
    if source.floor not in FLOORS or source.path.startswith(COMMANDS):
        return
    for node in ast.walk(source.tree):
        if _calls(node, {"print"}):
            yield f"line {node.lineno}: prints"  # type: ignore[attr-defined]


def keeps_init_empty(source: Source) -> Iterator[str]:
    if not source.path.endswith("__init__.py"):
        return
    if len(source.tree.body) > 1 or ast.get_docstring(source.tree) is None:
        yield "holds more than a docstring"


def has_no_globals(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Global):
            yield f"line {node.lineno}: global {', '.join(node.names)}"


def names_no_mock(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        for name in _imported(node):
            if name.startswith(("unittest.mock", "mock", "pytest_mock")):
                yield f"line {node.lineno}: a mock, write a fake"  # type: ignore[attr-defined]


CHECKS: tuple[Check, ...] = (
    fits_in_the_head,
    is_flat,
    says_what_it_is,
    imports_at_the_top,
    is_told_the_time,
    touches_nothing_outside,
    names_its_arguments,
    prints_only_at_the_command_line,
    keeps_init_empty,
    has_no_globals,
    names_no_mock,
)

# Written so that it does not find itself.
MACHINE = re.compile(
    r"(?<![\w.}\])/])/(?:root|work|home|Users|tmp|opt)/|[.]pyenv/"
    r"|pypi[.]org|pythonhosted[.]org|npmjs[.]org|crates[.]io"
)


def machine_words(text: str) -> list[str]:
    """Paths of one machine, and hosts of registries."""
    return [found.group() for found in MACHINE.finditer(text)]


def is_short_template(text: str) -> bool:
    return text.count("\n") <= LONGEST_TEMPLATE


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS))


def _depth(node: ast.AST) -> int:
    """How many blocks deep; an elif is beside its if, a function within starts anew."""
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        return 0
    children = ast.iter_child_nodes(node)
    inner = max((_depth(child) - _is_elif(child, node) for child in children), default=0)
    return inner + isinstance(node, BLOCKS)


def _is_elif(node: ast.AST, above: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(above, ast.If) and above.orelse == [node]


def _reads_a_clock(node: ast.Attribute) -> bool:
    owner = node.value.id if isinstance(node.value, ast.Name) else ""
    return node.attr in CLOCKS or (owner == "time" and node.attr in ("time", "time_ns"))


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def _calls(node: ast.AST, names: set[str]) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def _is_called_by_a_framework(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A route or a command is called by name, and a dunder as Python says."""
    if function.name.startswith("__"):
        return True
    calls = (mark.func for mark in function.decorator_list if isinstance(mark, ast.Call))
    return any(isinstance(it, ast.Attribute) and it.attr in FRAMEWORK_DECORATORS for it in calls)
