"""The benchmark compares like with like, and prints what it found; no speed is asserted here."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from bench import columns
from bench.__main__ import SECTIONS, Size, main
from bench.classifying import Disagreement, verify
from bench.concerns import Concern, concerns
from bench.target import Target, told
from bench.timing import interleaved, ratio
from bench.zen_table import ZenTable, context
from rules.answer import Answer
from rules.engines.oracle import Oracle
from rules.engines.situation import Situation
from rules.language.ruleset import RuleSet
from rules.level import Level
from tests.rules import language, shipped

TINY = Size(
    variants=1,
    rounds=2,
    registrations=2,
    registration_rounds=1,
    threads=2,
    classifications=40,
    switches=4,
    past=200,
    past_rounds=2,
    proved=(10, 20),
)


@settings(max_examples=60)
@given(facts=shipped.facts(), answers=shipped.answers())
def test_the_decision_table_of_zen_means_what_the_shipped_rules_mean(
    facts: dict[str, Any], answers: dict[str, Answer]
) -> None:
    ruleset = shipped.file().ruleset

    verify(ruleset, [Concern(facts, answers)], ZenTable(ruleset.all_rules))


@settings(max_examples=150)
@given(ruleset=language.rulesets(), situation=language.situations)
def test_the_decision_table_of_zen_means_what_any_rules_mean(
    ruleset: RuleSet, situation: Situation
) -> None:
    zen = ZenTable(ruleset.all_rules)

    assert zen.fire(context(situation)) == Oracle(ruleset.all_rules).fire(situation)


def test_nothing_is_timed_when_the_tables_differ() -> None:
    ruleset = shipped.file().ruleset

    with pytest.raises(Disagreement, match="zen-engine"):
        verify(ruleset, concerns(ruleset, variants=0), ZenTable(ruleset.all_rules[1:]))


def test_the_concerns_are_the_same_every_time() -> None:
    ruleset = shipped.file().ruleset

    assert concerns(ruleset, variants=2) == concerns(ruleset, variants=2)


def test_each_contender_makes_every_call_and_the_warm_up_is_not_counted() -> None:
    made: list[tuple[str, int]] = []

    found = interleaved(
        {
            "a": lambda index: made.append(("a", index)),
            "b": lambda index: made.append(("b", index)),
        },
        calls=3,
        rounds=2,
    )

    assert made.count(("a", 2)) == made.count(("b", 0)) == 3
    assert len(found["a"].calls) == len(found["b"].calls) == 6
    assert ratio(found["a"], found["a"]) == 1


def test_a_promise_is_told_as_it_was_found_and_never_rounded_into_being_met() -> None:
    targets = [
        Target("fart", 2, 1.999),
        Target("fart", 2, 2.0),
        Target("tid", 2, 2.0, "ms"),
        Target("tid", 2, 1.999, "ms"),
    ]

    assert [target.met for target in targets] == [False, True, False, True]
    assert told(targets).count("NEJ") == 2


def test_the_replay_that_is_measured_changes_levels_both_ways() -> None:
    ruleset = shipped.file().ruleset

    levels = [
        (before.level, after.level)
        for before, after in zip(ruleset.rules, columns.changed(ruleset).rules, strict=True)
    ]

    assert (Level.ORANGE, Level.RED) in levels
    assert (Level.RED, Level.ORANGE) in levels


def test_columns_are_held_against_the_bare_oracle_in_the_same_rounds() -> None:
    found = columns.compare(shipped.file().ruleset, count=100, rounds=2)

    lines = {line.name: line for line in found.lines}
    assert lines[columns.ORACLE].faster == 1
    assert lines[columns.COLUMNS].count == lines[columns.PARQUET].count == 100
    assert all(line.per_second > 0 for line in found.lines)
    assert found.targets[0].found == lines[columns.COLUMNS].faster


def test_the_tables_are_printed_and_the_numbers_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.json"

    main(TINY, results, only=set(SECTIONS) - {"clocks"})

    printed = capsys.readouterr().out
    for words in (
        "processorer",
        "zen-engine med spår",
        "PostgreSQL, 2 samtidigt",
        "Minne",
        "Mål",
        "Parquet",
    ):
        assert words in printed
    kept = json.loads(results.read_text("utf-8"))
    assert all(line["per_second"] > 0 for line in kept["classifications"] + kept["registrations"])
    assert kept["machine"]["zen-engine"]
    assert all(target["name"] in printed for target in kept["targets"])


def test_one_section_may_be_measured_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(TINY, tmp_path / "results.json", only=["proving"])

    printed = capsys.readouterr().out
    assert "Bevis" in printed
    assert "Registreringar" not in printed
