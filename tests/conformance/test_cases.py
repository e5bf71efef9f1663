"""The written expectations are what docs/rules.md says, and the suite is a large one."""

import pytest

from rules.engines.soundness import soundness
from tests.conformance.case import ANY_DAY, HERE, Topic, topics
from tests.conformance.differing import FOUND
from tests.conformance.explaining import UNEXPLAINED
from tests.conformance.outcome import situation
from tests.conformance.reference import Reading, counts
from tests.conformance.writing import written
from tests.rules.asking import Tried

WRITTEN = [topic for topic in topics() if not topic.name.startswith(FOUND)]
FEW_QUESTIONS = [topic for topic in WRITTEN if len(topic.ruleset.indicators) <= 8]
TOPICS = pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
HAND_WRITTEN = pytest.mark.parametrize("topic", WRITTEN, ids=lambda topic: topic.name)


@TOPICS
def test_what_a_case_expects_is_what_the_plain_reading_of_the_file_gives(topic: Topic) -> None:
    differing = {}
    for case in topic.cases:
        reading = Reading(topic.tree, str(case.day or ANY_DAY))
        said = counts({name: (it.value, it.source) for name, it in case.answers.items()})
        expected = (case.level.value, [*case.findings], [level.value for level in case.interval])
        if (found := reading.outcome(case.facts, said)) != expected:
            differing[case.id] = found

    assert differing == {}


@pytest.mark.parametrize("topic", FEW_QUESTIONS, ids=lambda topic: topic.name)
def test_what_a_case_asks_is_what_is_found_by_trying_every_set_of_answers(topic: Topic) -> None:
    for case in topic.cases:
        ruleset = topic.ruleset.on(case.day or ANY_DAY)
        tried = Tried(ruleset, situation(ruleset, case.facts, case.answers)).asked(case.level)
        questions = case.ask_next or ()

        assert {it.indicator: it.level for it in questions} == {
            name: level for name, (level, _) in tried.items()
        }, case.id
        assert all(it.answer in tried[it.indicator][1] for it in questions), case.id


@HAND_WRITTEN
def test_the_rules_of_a_topic_are_sound_and_their_examples_hold(topic: Topic) -> None:
    assert soundness(topic.ruleset) == ()


@TOPICS
def test_a_file_of_cases_is_in_the_one_form(topic: Topic) -> None:
    assert (HERE / topic.name / "cases.yaml").read_text("utf-8") == written(topic)


@HAND_WRITTEN
def test_every_case_says_what_to_ask_and_is_explained_in_sentences(topic: Topic) -> None:
    assert all(case.ask_next is not None for case in topic.cases)
    assert {bool(case.explanation) for case in topic.cases} == {topic.name not in UNEXPLAINED}


@TOPICS
def test_a_case_has_a_day_when_the_rules_have_days(topic: Topic) -> None:
    assert {case.day is not None for case in topic.cases} == {bool(topic.ruleset.days)}


@TOPICS
def test_a_case_is_named_once(topic: Topic) -> None:
    names = [case.id for case in topic.cases]

    assert len(set(names)) == len(names)


def test_there_are_more_than_four_hundred_cases_of_every_level_and_interval() -> None:
    every = [case for topic in topics() for case in topic.cases]

    assert len(every) > 400
    assert len({case.interval for case in every}) == 6
    assert {len(case.ask_next or ()) for case in every} >= {0, 1, 2, 3, 4}
