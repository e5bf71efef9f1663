"""Changes single values in the text of a rules file; comments and layout stay as they were."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from rules.language.fault import Path

_ONE_LINE = 10**9

# A number, a text, or the rows of a list such as the examples of a rule.
Value = int | str | Sequence[Mapping[str, object]]


class NotThere(Exception):
    """Värdet finns inte i regelfilen."""


def rewrite(text: str, values: Mapping[Path, Value]) -> str:
    """The text with other values in the places named; raises NotThere for a place it lacks."""
    whole = unicodedata.normalize("NFC", text)
    tree = yaml.compose(whole, Loader=yaml.BaseLoader)
    found = [(_place(tree, path, value), value) for path, value in values.items()]
    for node, value in sorted(found, key=lambda it: -it[0].start_mark.index):
        start, end = node.start_mark.index, _end(node)
        whole = whole[:start] + _written(value, _lines_of(node, whole)) + whole[end:]
    return whole


def _place(node: Any, path: Path, value: Value) -> Any:
    for part in path:
        node = _child(node, part)
    wanted = yaml.ScalarNode if isinstance(value, int | str) else yaml.SequenceNode
    if not isinstance(node, wanted):
        raise NotThere(".".join(map(str, path)))
    return node


def _end(node: Any) -> int:
    """Where the value ends; one that stands on lines of its own ends with the last of them."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(node, yaml.MappingNode) else last)


def _lines_of(node: Any, text: str) -> tuple[str, str]:
    """What stands before the first row of a list, and before each of the others."""
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        return "", "\n" + " " * node.start_mark.column
    line = text[text.rfind("\n", 0, node.start_mark.index) + 1 :]
    between = "\n" + " " * (len(line) - len(line.lstrip(" ")) + 2)
    return between, between


def _written(value: Value, lines: tuple[str, str]) -> str:
    """A value as YAML; text stands in quotes, so that it can be read as nothing else."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _dumped(value, default_style='"')
    first, between = lines
    rows = [f"- {_dumped(dict(row), default_flow_style=True, sort_keys=False)}" for row in value]
    return first + between.join(rows) if rows else "[]"


def _child(node: Any, part: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part]
    return None


def _dumped(value: object, **style: Any) -> str:
    return str(yaml.dump(value, allow_unicode=True, width=_ONE_LINE, **style)).strip()
