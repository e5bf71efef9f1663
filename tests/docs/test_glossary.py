"""The glossary names what the code has, all of it, and each concept once."""

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest

from rules.events import Event
from rules.level import Level
from rules.milestone import Milestone
from rules.people import Role
from rules.policy import Phase
from rules.statement import AnswerKind, DecisionKind
from tests.docs.reading import CODED, rows
from tests.shape.source import FLOORS, ROOT, sources

PAGE = ROOT / "docs" / "glossary.md"


def names_in_code() -> set[str]:
    """`Class`, `Class.member` and `package.module.function` of the four floors."""
    found: set[str] = set()
    for source in sources():
        if source.floor in FLOORS:
            module = ".".join(Path(source.path).with_suffix("").parts)
            for node in source.tree.body:
                found.update(_names(node, module))
    return found


def _names(node: ast.stmt, module: str) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef):
        yield f"{module}.{node.name}"
    if isinstance(node, ast.ClassDef):
        yield node.name
        for part in node.body:
            yield from (f"{node.name}.{name}" for name in _members(part))


def _members(part: ast.stmt) -> Iterator[str]:
    if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
        yield part.target.id
    if isinstance(part, ast.Assign):
        yield from (name.id for name in part.targets if isinstance(name, ast.Name))
    if isinstance(part, ast.FunctionDef):
        yield part.name


def entries() -> list[tuple[str, str]]:
    """Each word and the one identifier beside it."""
    return [(row[0], name) for row in rows(PAGE) for name in CODED.findall(row[1])]


def test_every_identifier_in_the_glossary_exists() -> None:
    assert {name for _, name in entries()} - names_in_code() == set()


def test_an_identifier_that_is_gone_would_be_seen() -> None:
    assert {"Case", "Case.received_at", "Level.RED", "rules.fold.replay"} <= names_in_code()
    assert "Case.colour" not in names_in_code()


def test_every_row_names_one_identifier_and_says_a_word() -> None:
    assert len(entries()) == len(rows(PAGE)) > 100
    assert all(word for word, _ in entries())


def test_one_word_per_concept_and_one_concept_per_word() -> None:
    words = [word.strip("`") for row, _ in entries() for word in row.split(", ")]
    names = [name for _, name in entries()]

    doubles = {word for word in words if words.count(word) > 1}
    # A milestone is named in rules.yaml as people name what happened.
    assert doubles <= {"inkommen", "mottagen", "fristbrott", "avslutat"}
    assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.parametrize("kind", [Role, Level, AnswerKind, DecisionKind, Phase, Milestone])
def test_every_value_of_the_domain_has_a_word(kind: type[StrEnum]) -> None:
    named = {name for _, name in entries()}

    assert {f"{kind.__name__}.{member.name}" for member in kind} - named == set()


def test_every_event_has_a_word() -> None:
    named = {name for _, name in entries()}

    assert {event.__name__ for event in get_args(Event)} - named == set()


def test_a_milestone_is_written_as_in_the_rules_file() -> None:
    words = {name: word.strip("`") for word, name in entries()}

    for milestone in Milestone:
        assert words[f"Milestone.{milestone.name}"] == milestone.value
