"""A foreign engine, given the rules as DMN, says the same of every case that DMN can express."""

import pytest

from rules.language.ruleset import RuleSet
from rules.level import Level, highest
from tests.adapters_edge.foreign import Foreign, foreign
from tests.conformance.case import ANY_DAY, Case, Topic, topics
from tests.conformance.outcome import situation
from workflows.interchange import NOT_EXPRESSED

EVERY = topics()


def level_of_the_rules(ruleset: RuleSet, case: Case) -> Level:
    """The highest level among the rules that hold, without what every answer would give."""
    return highest(*(rule.level for rule in ruleset.all_rules if rule.id in case.findings))


@pytest.mark.parametrize("topic", EVERY, ids=lambda topic: topic.name)
def test_a_foreign_engine_collects_the_same_rules_and_the_level_that_they_give(
    topic: Topic,
) -> None:
    of_day: dict[object, tuple[RuleSet, Foreign]] = {}
    for case in topic.cases:
        day = case.day or ANY_DAY
        if day not in of_day:
            ruleset = topic.ruleset.on(day)
            of_day[day] = ruleset, foreign(ruleset)
        ruleset, spiff = of_day[day]
        known = situation(ruleset, case.facts, case.answers)

        assert spiff.fire(known) == set(case.findings), case.id
        assert spiff.level(known) is level_of_the_rules(ruleset, case), case.id


def test_the_level_itself_is_expressed_but_where_it_follows_from_every_answer() -> None:
    cases = [
        (topic.ruleset.on(case.day or ANY_DAY), case) for topic in EVERY for case in topic.cases
    ]
    same = [case for rules, case in cases if case.level is level_of_the_rules(rules, case)]
    other = [case for rules, case in cases if case.level is not level_of_the_rules(rules, case)]

    assert "nivå som följer av varje svar" in NOT_EXPRESSED
    assert len(same) > 0.9 * len(cases)
    assert all(case.level is case.interval[0] for case in other)
