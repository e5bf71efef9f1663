"""Reads the pages for people as the tests of them need."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CODED = re.compile(r"`([^`]+)`")


def rows(page: Path) -> list[list[str]]:
    """The cells of every table row of a page, heads and rules left out."""
    return list(_rows(page.read_text("utf-8").splitlines()))


def _rows(lines: list[str]) -> Iterator[list[str]]:
    for number, line in enumerate(lines):
        if line.startswith("|") and not _is_rule(line):
            below = lines[number + 1] if number + 1 < len(lines) else ""
            if not _is_rule(below):
                yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def _is_rule(line: str) -> bool:
    return bool(re.fullmatch(r"\|[-|: ]+\|", line))


def commands(command: Any, path: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each command that can be typed, with its options."""
    inner: dict[str, Any] = getattr(command, "commands", {})
    if not inner:
        options = (name for item in command.params for name in item.opts + item.secondary_opts)
        yield path, frozenset({"--help", *options})
    for name, below in inner.items():
        yield from commands(below, f"{path} {name}")
