"""The example concerns: each gets a level that reasonable practitioners accept."""

from typing import Any

import pytest

from rules.answer import Answer, Value
from rules.engines.oracle import Oracle
from rules.engines.situation import Situation, counted
from rules.level import Level, highest
from tests.rules import shipped

EXAMPLES = shipped.examples()


ORACLE = Oracle(shipped.file().ruleset.all_rules)


def oracle_level(facts: dict[str, Any], answers: dict[str, Answer]) -> Level:
    fired = ORACLE.fire(Situation(counted(answers), facts))
    rules = shipped.file().ruleset.all_rules
    return highest(*(rule.level for rule in rules if rule.id in fired))


def by_id(name: str) -> dict[str, Any]:
    return next(concern for concern in EXAMPLES if concern["id"] == name)


@pytest.mark.parametrize("concern", EXAMPLES, ids=lambda concern: concern["id"])
def test_the_level_is_one_that_practitioners_accept(concern: dict[str, Any]) -> None:
    expected = concern["expected"]
    low, high = (Level(level) for level in expected["level_interval"])

    found = shipped.engine().classify(concern["facts"], shipped.answers_of(concern))

    assert low.rank <= found.level.rank <= high.rank
    assert found.level not in expected["must_not_be"]
    assert found.engines_agree


def test_there_are_forty_examples_and_most_get_the_very_level_that_is_expected() -> None:
    levels = [
        (
            shipped.engine().classify(concern["facts"], shipped.answers_of(concern)).level,
            Level(concern["expected"]["level"]),
        )
        for concern in EXAMPLES
    ]

    assert len(levels) == 40
    assert sum(got is wanted for got, wanted in levels) >= 39


VIOLENT = {"vald_mot_barnet", "bevittnat_vald", "sexuella_overgrepp", "hedersrelaterat"}


def is_violent(concern: dict[str, Any]) -> bool:
    return any(
        concern["answers"][name]["value"] == "ja" for name in VIOLENT & {*concern["answers"]}
    )


@pytest.mark.parametrize(
    "concern", [concern for concern in EXAMPLES if is_violent(concern)], ids=lambda it: it["id"]
)
def test_violence_is_never_green_at_any_age(concern: dict[str, Any]) -> None:
    levels = {
        age: oracle_level({**concern["facts"], "alder": age}, shipped.answers_of(concern))
        for age in (*range(21), None)
    }

    assert [age for age, level in levels.items() if level is Level.GREEN] == []


@pytest.mark.parametrize("concern", EXAMPLES, ids=lambda concern: concern["id"])
def test_a_younger_child_never_gets_a_lower_level(concern: dict[str, Any]) -> None:
    levels = [
        oracle_level({**concern["facts"], "alder": age}, shipped.answers_of(concern))
        for age in range(20)
    ]

    assert levels == sorted(levels, key=lambda level: -level.rank)


@pytest.mark.parametrize("concern", EXAMPLES, ids=lambda concern: concern["id"])
def test_who_reports_changes_nothing_but_the_precaution(concern: dict[str, Any]) -> None:
    answers = shipped.answers_of(concern)
    fired = [
        ORACLE.fire(Situation(counted(answers), {**concern["facts"], "anmalartyp": kind}))
        for kind in (*shipped.file().ruleset.words.facts["anmalartyp"].values, None)
    ]

    assert len({rules - {"inget-ar-kant"} for rules in fired}) == 1


def test_a_parents_denial_does_not_lower_the_level_of_a_broken_arm() -> None:
    concern = by_id("ex-002")
    denied = {
        **shipped.answers_of(concern),
        "pagaende_fara": Answer(Value.NO, "vardnadshavare"),
    }

    found = shipped.engine().classify(concern["facts"], denied)

    assert found.level is Level.RED
    assert [item.indicator for item in found.disregarded] == ["pagaende_fara"]


def test_the_precaution_is_the_only_reason_when_nothing_is_known() -> None:
    concern = by_id("ex-005")

    found = shipped.engine().classify(concern["facts"], shipped.answers_of(concern))

    assert found.level is Level.ORANGE
    assert [finding.rule for finding in found.findings] == ["inget-ar-kant"]
    assert found.possible == (Level.GREEN, Level.RED)
    assert found.ask_next[0].level is Level.RED


def test_a_person_outside_the_target_group_is_said_to_be() -> None:
    concern = by_id("ex-010")

    found = shipped.engine().classify(concern["facts"], shipped.answers_of(concern))

    assert "utanfor-malgruppen" in {finding.rule for finding in found.findings}
