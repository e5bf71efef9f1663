"""What is wrong in a rules file: where it stands, and a sentence about what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Path = tuple[str | int, ...]

_LONGEST_NAME = 100
_NAMED = {"rules": ("regeln", "rule"), "indicators": ("frågan", "id"), "facts": ("uppgiften", "id")}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `path` leads to it from the top of the file."""

    path: Path
    message: str
    line: int | None = None
    place: str = ""

    def sentence(self, file: str) -> str:
        """As a person reads it: file, line, rule, field and what to do."""
        line = f" rad {self.line}" if self.line else ""
        place = f", {self.place}" if self.place else ""
        return f"{file}{line}{place}: {self.message}"


class Unreadable(Exception):
    """Regelfilen går inte att läsa."""


class TooLarge(Unreadable):
    """Regelfilen är för stor."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Regelfilen är för stor: {what}. Gränserna står i docs/rules.md.")


class Unsound(Exception):
    """The rules file has faults; all of them are here, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(fault.sentence("regelfilen") for fault in self.faults))


def placed(faults: Iterable[Fault], tree: object, lines: Mapping[Path, int]) -> tuple[Fault, ...]:
    """The faults with line and place filled in, in the order of the file, none twice."""
    found = {_placed(fault, tree, lines): None for fault in faults}
    return tuple(sorted(found, key=lambda fault: (fault.line or 0, fault.place)))


def _placed(fault: Fault, tree: object, lines: Mapping[Path, int]) -> Fault:
    line = fault.line or _line(fault.path, lines)
    return Fault(fault.path, fault.message, line, fault.place or _place(fault.path, tree))


def _line(path: Path, lines: Mapping[Path, int]) -> int | None:
    """The line of the nearest thing that is written in the file."""
    for length in range(len(path), -1, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def _place(path: Path, tree: object) -> str:
    if not path:
        return ""
    section, rest = str(path[0]), path[1:]
    parts = [f'stycket "{section}"']
    if section in _NAMED and rest:
        parts, rest = [_named(section, rest[0], tree)], rest[1:]
    if rest:
        parts.append(f'fältet "{_field(rest)}"')
    return ", ".join(parts)


def _named(section: str, index: str | int, tree: object) -> str:
    word, key = _NAMED[section]
    items = tree.get(section) if isinstance(tree, Mapping) else None
    if isinstance(items, list) and isinstance(index, int) and index < len(items):
        item = items[index]
        name = item.get(key) if isinstance(item, Mapping) else None
        known = isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME
        return f'{word} "{name}"' if known else f"{word} nummer {index + 1}"
    return f"{word} {index}"


def _field(path: Path) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
