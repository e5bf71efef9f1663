"""Reads the pages for people as the tests of them need."""

import re
from collections.abc import Iterator
from pathlib import Path

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
