"""A foreign engine, given the rules as DMN, says the same of every case that DMN can express."""

import pytest

from tests.conformance.by_dmn import DMN, unexpressed
from tests.conformance.case import Topic, topics
from tests.conformance.running import run
from workflows.interchange import NOT_EXPRESSED

EVERY = topics()


@pytest.mark.parametrize("topic", EVERY, ids=lambda topic: topic.name)
def test_a_foreign_engine_collects_the_same_rules_and_the_level_that_they_give(
    topic: Topic,
) -> None:
    results = list(run(topic, DMN))

    assert len(results) == len(topic.cases)
    assert [result for result in results if result.differences] == []


def test_the_level_is_expressed_but_where_it_only_follows_from_every_answer() -> None:
    silent = list(unexpressed(EVERY))

    assert "nivå som följer av varje svar" in NOT_EXPRESSED
    assert 0 < len(silent) < 0.02 * sum(len(topic.cases) for topic in EVERY)
