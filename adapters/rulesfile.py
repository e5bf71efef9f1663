"""Reads rules.yaml: the text as plain values with line numbers, then as sound rules or faults."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any

import yaml

from rules.language.fault import Fault, Path, Unreadable
from rules.language.ruleset import RuleSet, RulesFile, build, language

_INT = re.compile(r"[-+]?\d+")
_FLOAT = re.compile(r"[-+]?\d+\.\d+")
# The one written in C where PyYAML was built with it: the same nodes and lines, ten times faster.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}


def load(path: FilePath | None = None) -> RulesFile:
    """The rules at `path`, or the shipped ones; raises Unreadable or Unsound."""
    return parse(read(path))


def read(path: FilePath | None = None) -> str:
    """The text of the file; without a path the one in the project, or in the installed package."""
    try:
        return str(_found(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"Regelfilen går inte att läsa ({type(error).__name__}).") from error


def parse(text: str) -> RulesFile:
    """The rules that `text` states; raises Unreadable for what is no YAML, Unsound for faults."""
    tree, reading = _read(text)
    return build(tree, reading.lines, reading.faults)


def parse_language(text: str) -> RuleSet:
    """The rules of a text that has only the language's sections; raises as `parse`."""
    tree, reading = _read(text)
    return language(tree, reading.lines, reading.faults)


def _read(text: str) -> tuple[object, "_Reading"]:
    reading = _Reading()
    return reading.value(_compose(text), ()), reading


def _found(path: FilePath | None) -> Any:
    if path is not None:
        return path
    package = files("rules")
    shipped = package / "rules.yaml"
    return shipped if shipped.is_file() else FilePath(str(package)).parent / "rules.yaml"


def _compose(text: str) -> Any:
    try:
        return yaml.compose(unicodedata.normalize("NFC", text), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = f" rad {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise Unreadable(f"Regelfilen är inte riktig YAML{line}.") from error
    except yaml.YAMLError as error:
        raise Unreadable("Regelfilen är inte riktig YAML.") from error


@dataclass(slots=True)
class _Reading:
    """Turns YAML nodes into values; notes each line, and what YAML allows but rules do not.

    Only true, false, null and numbers are more than text: no dates, no 10:00 read as 600, no
    yes and no.
    """

    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)

    def value(self, node: Any, path: Path) -> object:
        """The plain value of a node."""
        if node is None:
            return None
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen:
            self.faults.append(Fault(path, "ankare och alias används inte; skriv ut värdet"))
            return None
        self._seen.add(id(node))
        match node:
            case yaml.MappingNode():
                return dict(self._items(node, path))
            case yaml.SequenceNode():
                return [self.value(item, (*path, n)) for n, item in enumerate(node.value)]
            case _:
                return _scalar(node)

    def _items(self, node: Any, path: Path) -> Iterator[tuple[str, object]]:
        names: set[str] = set()
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            line = key.start_mark.line + 1
            if name in names or name == "?":
                message = f'"{name}" står två gånger' if name in names else "ett namn ska vara text"
                self.faults.append(Fault((*path, name), message, line))
                continue
            names.add(name)
            self.lines[(*path, name)] = line
            yield name, self.value(value, (*path, name))


def _scalar(node: Any) -> object:
    text = str(node.value)
    if node.style in ("'", '"', "|", ">"):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
