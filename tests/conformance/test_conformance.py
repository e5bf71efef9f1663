"""Every case of every topic, in every compilation of the rules."""

import pytest

from tests.conformance.case import Topic, topics
from tests.conformance.outcome import Compilation
from tests.conformance.running import COMPILATIONS, run


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
@pytest.mark.parametrize("compilation", COMPILATIONS, ids=lambda it: it.name)
def test_the_compilation_says_what_the_cases_say(compilation: Compilation, topic: Topic) -> None:
    results = list(run(topic, compilation))

    assert [result.case.id for result in results] == [case.id for case in topic.cases]
    assert {it.case.id: it.differences for it in results if it.differences} == {}
