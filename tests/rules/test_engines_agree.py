"""Two engines that share nothing but the tree say the same, of any rules and any concern."""

from typing import Any

from hypothesis import given, settings

from rules.answer import Answer
from rules.engines.durable import Durable
from rules.engines.oracle import Oracle
from rules.engines.situation import Situation, counted
from rules.language.ruleset import RuleSet
from tests.rules import language, shipped

ORACLE = Oracle(shipped.file().ruleset.all_rules)


@settings(max_examples=language.FEW)
@given(facts=shipped.facts(), answers=shipped.answers())
def test_the_engines_agree_on_any_concern_under_the_shipped_rules(
    facts: dict[str, Any], answers: dict[str, Answer]
) -> None:
    found = shipped.engine().classify(facts, answers)

    assert found.engines_agree
    assert found.incident is None
    assert {item.rule for item in found.findings} == ORACLE.fire(Situation(counted(answers), facts))


@settings(max_examples=language.FEW)
@given(ruleset=language.rulesets(language.anything), situation=language.situations)
def test_the_engines_agree_on_any_rules(ruleset: RuleSet, situation: Situation) -> None:
    live = Durable(ruleset.all_rules)
    try:
        assert live.fire(situation) == Oracle(ruleset.all_rules).fire(situation)
    finally:
        live.retire()
