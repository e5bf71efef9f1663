"""Examples are tried in both engines, and what the live engine cannot carry is told."""

from collections.abc import Mapping

import pytest

from rules.engines.soundness import soundness
from rules.language.rule import Rule
from rules.language.syntax import (
    All,
    Answered,
    AnyOf,
    Condition,
)
from rules.level import Level
from tests.rules import language

Row = Mapping[str, object]


def messages(*rules: Rule) -> list[str]:
    return [fault.message for fault in soundness(language.ruleset(rules))]


def rule(when: Condition, *, fires: Row, silent: Row, level: Level = Level.RED) -> Rule:
    return Rule("r", level, when, because="Därför.", fires=(fires,), silent=(silent,))


def test_examples_that_hold_are_no_fault() -> None:
    assert messages(rule(Answered("a"), fires={"a": "ja"}, silent={"a": "nej"})) == []


def test_an_example_that_does_not_fire_is_a_fault() -> None:
    found = messages(rule(Answered("a"), fires={"b": "ja"}, silent={"a": "nej"}))

    assert found == ["regeln är tyst men ska slå till"]


def test_an_example_that_is_not_silent_is_a_fault() -> None:
    found = messages(rule(Answered("a"), fires={"a": "ja"}, silent={"a": "ja", "b": "ja"}))

    assert found == ["regeln slår till men ska vara tyst"]


def test_a_condition_with_too_many_alternatives_is_a_fault() -> None:
    pairs = tuple(AnyOf((Answered(f"q{n}"), Answered(f"p{n}"))) for n in range(12))

    assert "villkoret har för många alternativ; dela regeln" in messages(
        rule(All(pairs), fires={}, silent={})
    )


def test_engines_that_differ_about_an_example_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rules.engines.soundness.Durable.fire", lambda *_: frozenset({"annan"}))

    found = messages(rule(Answered("a"), fires={"a": "ja"}, silent={"a": "nej"}))

    assert set(found) == {"de två regelmotorerna är oense om ett exempel"}
