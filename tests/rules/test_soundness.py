"""The soundness check finds what a person misses when rules are changed."""

import dataclasses
from collections.abc import Mapping

import pytest

from rules.engines.soundness import soundness
from rules.language.rule import Rule
from rules.language.syntax import (
    All,
    Answered,
    AnyOf,
    AtLeast,
    Bound,
    Condition,
    Not,
    Side,
    Unanswered,
)
from rules.level import Level
from tests.rules import language

Row = Mapping[str, object]


def messages(*rules: Rule) -> list[str]:
    found = soundness(language.ruleset(rules))
    return [fault.message for fault in (*found.faults, *found.remarks)]


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


@pytest.mark.parametrize(
    "when",
    [
        All((Answered("a"), Not(Answered("a")))),
        All((Bound("n", Side.BELOW, 2), Bound("n", Side.AT_LEAST, 3))),
        All((AtLeast(5, language.QUESTIONS), Not(Answered("c")))),
    ],
)
def test_a_rule_that_can_never_hold_is_a_fault(when: Condition) -> None:
    found = messages(rule(when, fires={"a": "ja"}, silent={}))

    assert "villkoret kan aldrig bli sant" in found


def test_a_rule_that_another_always_outdoes_is_remarked_on() -> None:
    narrow = rule(
        All((Answered("a"), Answered("b"))), fires={"a": "ja", "b": "ja"}, silent={"a": "ja"}
    )
    wide = dataclasses.replace(rule(Answered("a"), fires={"a": "ja"}, silent={"b": "ja"}), id="vid")

    assert messages(narrow, wide) == ["andra regler ger alltid samma eller högre nivå"]


def test_a_rule_at_a_higher_level_is_not_outdone_by_a_wider_one_below() -> None:
    narrow = rule(
        All((Answered("a"), Answered("b"))), fires={"a": "ja", "b": "ja"}, silent={"a": "ja"}
    )
    wide = dataclasses.replace(
        rule(Answered("a"), fires={"a": "ja"}, silent={}, level=Level.ORANGE), id="vid"
    )

    assert messages(narrow, wide) == []


def test_a_count_is_shown_with_questions_that_no_other_rule_reads() -> None:
    count = rule(AtLeast(2, ("a", "b", "c")), fires={"b": "ja", "c": "ja"}, silent={"b": "ja"})
    single = dataclasses.replace(rule(Answered("a"), fires={"a": "ja"}, silent={}), id="en")

    assert messages(count, single) == []


def test_a_condition_with_too_many_alternatives_is_a_fault() -> None:
    pairs = tuple(AnyOf((Answered(f"q{n}"), Answered(f"p{n}"))) for n in range(12))

    assert "villkoret har för många alternativ; dela regeln" in messages(
        rule(All(pairs), fires={}, silent={})
    )


def test_a_rule_on_some_answer_being_given_can_hold() -> None:
    known = rule(Not(Unanswered(("a", "b"))), fires={"a": "nej"}, silent={"c": "ja"})
    both = rule(
        All((Answered("b"), Not(Unanswered(("a", "b"))))), fires={"b": "ja"}, silent={"a": "ja"}
    )

    assert messages(known) == []
    assert messages(both) == []


def test_engines_that_differ_about_an_example_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rules.engines.soundness.Durable.fire", lambda *_: frozenset({"annan"}))

    found = messages(rule(Answered("a"), fires={"a": "ja"}, silent={"a": "nej"}))

    assert set(found) == {"de två regelmotorerna är oense om ett exempel"}


def test_emptiness_can_hold() -> None:
    empty = rule(Unanswered(language.QUESTIONS), fires={}, silent={"a": "nej"})

    assert messages(empty) == []
