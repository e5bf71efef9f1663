"""The shipped rules: every one has examples that hold, and rests on something."""

from collections.abc import Iterator, Mapping

import pytest

from rules.answer import Answer, Value
from rules.engines.oracle import Oracle
from rules.engines.soundness import example, soundness
from rules.language.rule import Rule
from rules.language.shape import Kind
from rules.language.syntax import asked, leaves
from rules.level import Level
from tests.rules import shipped

RULES = shipped.file().ruleset.all_rules


def rows() -> Iterator[tuple[str, bool, Mapping[str, object]]]:
    for rule in RULES:
        yield from ((rule.id, True, row) for row in rule.fires)
        yield from ((rule.id, False, row) for row in rule.silent)


@pytest.mark.parametrize(("name", "fires", "row"), list(rows()))
def test_an_example_of_a_rule_holds(name: str, fires: bool, row: Mapping[str, object]) -> None:
    situation = example(row, shipped.file().ruleset)
    facts = dict(situation.facts)
    answers = {
        question: Answer(Value.YES if yes else Value.NO, "mottagning")
        for question, yes in situation.answers.items()
    }

    found = shipped.engine().classify(facts, answers)

    assert (name in {finding.rule for finding in found.findings}) is fires
    assert found.engines_agree


def test_every_rule_has_examples_of_both_kinds() -> None:
    assert [rule.id for rule in RULES if not (rule.fires and rule.silent)] == []


def test_every_rule_rests_on_a_law_or_a_source() -> None:
    assert [rule.id for rule in RULES if not (rule.law or rule.source)] == []


def test_the_examples_of_the_shipped_rules_hold_in_both_engines() -> None:
    assert soundness(shipped.file().ruleset) == ()


def test_every_question_about_risk_is_read_by_some_rule() -> None:
    read = {
        name
        for rule in shipped.file().ruleset.rules
        for leaf, _ in leaves(rule.when)
        for name in asked(leaf)
    }
    risks = {
        name
        for name, item in shipped.file().ruleset.indicators.items()
        if item.kind is not Kind.PROTECTION
    }

    assert risks - read == set()


def test_no_rule_reads_a_protective_factor_so_none_can_lower() -> None:
    protective = {
        name
        for name, item in shipped.file().ruleset.indicators.items()
        if item.kind is Kind.PROTECTION
    }

    assert [rule.id for rule in RULES if reads(rule) & protective] == []


def test_no_rule_needs_a_nej_so_more_risk_can_only_raise() -> None:
    denying = [
        rule.id for rule in RULES for leaf, holds in leaves(rule.when) if asked(leaf) and not holds
    ]

    assert denying == []


def test_each_level_has_rules_and_the_order_of_the_file_is_kept() -> None:
    assert {rule.level for rule in RULES} == set(Level)
    everything = dict.fromkeys(shipped.file().ruleset.indicators, True)
    situation = example(dict.fromkeys(everything, "ja"), shipped.file().ruleset)
    fired = Oracle(RULES).fire(situation)
    answers = {name: Answer(Value.YES, "skola") for name in everything}

    found = shipped.engine().classify({}, answers)

    assert [finding.rule for finding in found.findings] == [
        rule.id for rule in RULES if rule.id in fired
    ]


def reads(rule: Rule) -> set[str]:
    """The questions that a rule reads, the precaution's emptiness apart."""
    emptiness = set() if rule in shipped.file().ruleset.rules else set(questions_of_risk())
    return {name for leaf, _ in leaves(rule.when) for name in asked(leaf)} - emptiness


def questions_of_risk() -> list[str]:
    items = shipped.file().ruleset.indicators.items()
    return [name for name, item in items if item.kind is Kind.RISK]
