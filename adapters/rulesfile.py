"""Reads rules.yaml: the text as plain values with line numbers, then as sound rules or faults."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any

import yaml

from rules import legible
from rules.language.fault import Fault, Path, TooLarge, Unreadable
from rules.language.limits import MOST_DEEP, MOST_DIGITS, MOST_SIGNS, MOST_VALUES
from rules.language.ruleset import RuleSet, RulesFile, build, language
from rules.language.wording import quoted

_INT = re.compile(r"[-+]?\d+", re.ASCII)
_FLOAT = re.compile(r"[-+]?\d{1,15}\.\d{1,15}")
_TABBED = re.compile(r" *\t")
# The one written in C where PyYAML was built with it: the same nodes and lines, ten times faster.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}


def load(path: FilePath | None = None) -> RulesFile:
    """The rules at `path`, or the shipped ones; raises Unreadable or Unsound."""
    return parse(read(path))


def read(path: FilePath | None = None) -> str:
    """The text of the file; without a path the one in the project, or in the installed package."""
    try:
        return _text(_found(path))
    except UnicodeDecodeError as error:
        raise Unreadable(
            "Regelfilen är inte UTF-8. Spara den med teckenkodningen UTF-8."
        ) from error
    except FileNotFoundError as error:
        raise Unreadable("Regelfilen finns inte.") from error
    except (OSError, ValueError) as error:
        raise Unreadable(f"Regelfilen går inte att läsa ({type(error).__name__}).") from error


def _text(found: Any) -> str:
    """No more than may be read, of a file and not of something that never ends."""
    if isinstance(found, FilePath) and found.exists() and not found.is_file():
        raise Unreadable("Regelfilen är ingen vanlig fil.")
    with found.open("rb") as file:
        content: bytes = file.read(4 * MOST_SIGNS + 1)
    if len(content) > 4 * MOST_SIGNS:
        raise TooLarge(f"mer än {MOST_SIGNS} tecken")
    return content.decode("utf-8-sig")


def parse(text: str) -> RulesFile:
    """The rules that `text` states; raises Unreadable for what is no YAML, Unsound for faults."""
    tree, reading = _read(text)
    return build(tree, reading.lines, reading.faults)


def parse_language(text: str) -> RuleSet:
    """The rules of a text that has only the language's sections; raises as `parse`."""
    tree, reading = _read(text)
    return language(tree, reading.lines, reading.faults)


def _read(text: str) -> tuple[object, "_Reading"]:
    if len(text) > MOST_SIGNS:
        raise TooLarge(f"mer än {MOST_SIGNS} tecken")
    whole = unicodedata.normalize("NFC", text)
    reading = _Reading()
    try:
        reading.faults += _measured(yaml.parse(whole, Loader=_LOADER))
        node = yaml.compose(whole, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = f" rad {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise Unreadable(f"Regelfilen är inte riktig YAML{line}.{_tabs(whole)}") from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise Unreadable("Regelfilen är inte riktig YAML: ett tecken går inte att läsa.") from error
    return reading.value(node, ()), reading


def _measured(events: Iterable[Any]) -> Iterator[Fault]:
    """A fault for each tag; raises TooLarge before anything is built of what is too much."""
    deep = values = 0
    for event in events:
        line = event.start_mark.line + 1
        deep += isinstance(event, yaml.CollectionStartEvent)
        deep -= isinstance(event, yaml.CollectionEndEvent)
        values += isinstance(event, yaml.NodeEvent)
        if deep > MOST_DEEP:
            raise TooLarge(f"mer än {MOST_DEEP} nivåer i varandra, rad {line}")
        if values > MOST_VALUES:
            raise TooLarge(f"mer än {MOST_VALUES} värden, rad {line}")
        if getattr(event, "tag", None):
            yield Fault((), f"taggar som {quoted(event.tag)} används inte; skriv bara värdet", line)


def _tabs(text: str) -> str:
    """A tab looks like spaces, and is the most common reason."""
    tabbed = (number for number, line in enumerate(text.split("\n"), 1) if _TABBED.match(line))
    number = next(tabbed, None)
    return f" Rad {number} börjar med en tabb; använd mellanslag." if number else ""


def _found(path: FilePath | None) -> Any:
    if path is not None:
        return path
    package = files("rules")
    shipped = package / "rules.yaml"
    return shipped if shipped.is_file() else FilePath(str(package)).parent / "rules.yaml"


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
        if isinstance(node, yaml.ScalarNode):
            self.faults += (Fault(path, told) for _, told in legible.faults(str(node.value)))
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
            self.faults += (Fault(path, told, line) for _, told in legible.faults(name))
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
        return _whole(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _whole(text: str) -> int:
    """The number; one that no field could take is as large as one can be, so that it is told."""
    digits = text.lstrip("+-")
    if len(digits.lstrip("0")) <= MOST_DIGITS:
        return int(text)
    largest = int(10**MOST_DIGITS)
    return -largest if text.startswith("-") else largest
