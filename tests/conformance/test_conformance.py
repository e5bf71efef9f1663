"""Every case of every topic, in every compilation of the rules."""

from dataclasses import replace

import pytest

from rules.engines.editions import Editions
from tests.conformance.by_live import LIVE
from tests.conformance.case import ANY_DAY, Topic, topics
from tests.conformance.explaining import UNEXPLAINED
from tests.conformance.outcome import Compilation
from tests.conformance.running import COMPILATIONS, run

LARGE = [topic for topic in topics() if topic.name in UNEXPLAINED]
DATED = [topic for topic in topics() if topic.ruleset.days]


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
@pytest.mark.parametrize("compilation", COMPILATIONS, ids=lambda it: it.name)
def test_the_compilation_says_what_the_cases_say(compilation: Compilation, topic: Topic) -> None:
    results = list(run(topic, compilation))

    assert [result.case.id for result in results] == [case.id for case in topic.cases]
    assert {it.case.id: it.differences for it in results if it.differences} == {}


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_the_order_of_the_rules_changes_neither_level_nor_interval(topic: Topic) -> None:
    backwards = replace(topic.ruleset, rules=topic.ruleset.rules[::-1])

    for case in topic.cases:
        with LIVE.start(backwards.on(case.day or ANY_DAY)) as evaluate:
            found = evaluate(case.facts, case.answers)
        assert (found.level, found.interval) == (case.level, case.interval)
        assert set(found.findings) == set(case.findings)


@pytest.mark.parametrize("topic", DATED, ids=lambda topic: topic.name)
def test_the_rules_of_the_day_are_chosen_by_the_day_the_concern_came_in(topic: Topic) -> None:
    editions = Editions(topic.ruleset)
    try:
        for case in topic.cases:
            found = editions.classify(case.facts, case.answers, on=case.day or ANY_DAY)
            assert (found.level, found.possible) == (case.level, case.interval)
            assert tuple(it.rule for it in found.findings) == case.findings
    finally:
        editions.retire()


@pytest.mark.parametrize("topic", LARGE, ids=lambda topic: topic.name)
def test_a_very_large_file_is_explained_as_well(topic: Topic) -> None:
    with LIVE.start(topic.ruleset) as evaluate:
        for case in topic.cases[:4]:
            explain = evaluate(case.facts, case.answers).explain
            said = explain() if explain else ()
            assert f"föreslår nivån {case.level}" in said[0]
            assert any("Regeln stämmer därför att" in it for it in said) == bool(case.findings)
