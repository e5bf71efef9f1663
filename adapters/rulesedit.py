"""Changes single values in the text of a rules file; comments and layout stay as they were."""

import unicodedata
from collections.abc import Mapping
from typing import Any

import yaml

from rules.language.fault import Path

_ONE_LINE = 10**9


class NotThere(Exception):
    """Värdet finns inte i regelfilen."""


def rewrite(text: str, values: Mapping[Path, int | str]) -> str:
    """The text with other values in the places named; raises NotThere for a place it lacks."""
    whole = unicodedata.normalize("NFC", text)
    tree = yaml.compose(whole, Loader=yaml.BaseLoader)
    found = [(_scalar(tree, path), value) for path, value in values.items()]
    for node, value in sorted(found, key=lambda it: -it[0].start_mark.index):
        whole = whole[: node.start_mark.index] + _written(value) + whole[node.end_mark.index :]
    return whole


def _scalar(node: Any, path: Path) -> Any:
    for part in path:
        node = _child(node, part)
    if not isinstance(node, yaml.ScalarNode):
        raise NotThere(".".join(map(str, path)))
    return node


def _child(node: Any, part: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part]
    return None


def _written(value: int | str) -> str:
    """A value as YAML; text stands in quotes, so that it can be read as nothing else."""
    if isinstance(value, int):
        return str(value)
    return yaml.dump(value, default_style='"', allow_unicode=True, width=_ONE_LINE).strip()
