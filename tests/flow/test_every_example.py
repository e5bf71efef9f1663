"""Every shipped example, from telephone to closed case, in accelerated time: nothing is lost."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count
from pathlib import Path

import pytest

from hub.import_line import read_line
from rules.case import Case
from rules.clocks import promise_is_kept
from rules.concern import Report
from rules.fold import replay
from rules.level import Level
from rules.statement import AnswerKind, DecisionKind
from tests.people import CIA, MIRA, NORA, UTA, World
from tests.workflows.course import ITEM, SECRET, SPOKESMAN, Course, new_world
from workflows import assessing, convening, deciding, feedback, meeting
from workflows.package import fingerprint, package_of
from workflows.registering import register
from workflows.rows import rows_of
from workflows.watching import sweep

EXAMPLES = Path(__file__).parents[2] / "examples" / "concerns.jsonl"
LINES = EXAMPLES.read_text("utf-8").splitlines()
FAMILY_LAW = 3  # every third case has a unit that stays silent
Pause = timedelta


@dataclass
class Town:
    """One hub in which all the examples come in when they came in, and overlap."""

    world: World = field(default_factory=new_world)
    cases: dict[str, str] = field(default_factory=dict)
    passed: int = 0

    def live(self) -> None:
        """Let everything happen in the order of time, with a sweep before each step."""
        turns = count()
        queue: list[tuple[object, int, Iterator[Pause]]] = []
        for line in LINES:
            given = read_line(line)
            course = self._course(json.loads(line)["id"], given)
            heappush(queue, (given.received_at + timedelta(minutes=4), next(turns), course))
        while queue:
            at, _, course = heappop(queue)
            self.world.clock.now = at  # type: ignore[assignment]
            self.passed += len(sweep(self.world.office).passed)
            pause = next(course, None)
            if pause is not None:
                heappush(queue, (at + pause, next(turns), course))  # type: ignore[operator]
            assert self.world.forgotten() == ()

    def _course(self, name: str, given: Report) -> Iterator[Pause]:
        (case,) = register(self.world.office, MIRA, given)
        self.cases[name] = case.id
        course = Course(self.world, case.id)
        yield timedelta(minutes=2)
        course.protect()
        yield timedelta(minutes=3)
        course.confirm()
        if course.case.level is Level.GREEN:
            yield timedelta(days=9)
            course.decide(DecisionKind.NOT_OPEN, violence_considered="Prövat förut.")
        else:
            yield from self._hub(course, len(self.cases))
        yield from self._end(course)

    def _hub(self, course: Course, number: int) -> Iterator[Pause]:
        yield timedelta(minutes=1)
        convening.call_hub(self.world.office, MIRA, course.id)
        for unit in course.case.units:
            yield timedelta(minutes=7)
            if unit in SPOKESMAN and (number % FAMILY_LAW or unit != "barn"):
                course.answer(unit, AnswerKind.KNOWN if unit == "barn" else AnswerKind.NOT_KNOWN)
        call = course.case.call
        assert call is not None
        yield call.ends_at - self.world.clock.now
        meeting.hold(
            self.world.office,
            MIRA,
            course.id,
            started_at=call.starts_at,
            ended_at=call.ends_at,
            present=("Mira", "Uno"),
            present_units=("ungdom",),
        )
        course.map()
        yield timedelta(minutes=5)
        course.assess(course.case.level)
        yield timedelta(minutes=3)
        course.decide()
        yield timedelta(minutes=20)
        course.hand_over()
        yield timedelta(hours=1)
        course.receive()
        deciding.inform(self.world.office, UTA, course.id, how="Samtal med vårdnadshavarna.")

    def _end(self, course: Course) -> Iterator[Pause]:
        yield timedelta(days=2)
        asked = course.case.feedback.requested
        if asked and course.case.registered.reporter.kind.under_duty:
            feedback.give_feedback(self.world.office, NORA, course.id, channel="telefon")
        assessing.add_note(self.world.office, MIRA, course.id, text="Klart.")
        course.explain_all()
        yield timedelta(hours=1)
        course.close()
        if course.case.receipt:
            yield timedelta(days=80)
            deciding.conclude(self.world.office, UTA, course.id, outcome="Stödinsats.")

    def case(self, name: str) -> Case:
        found = replay(self.cases[name], self.world.store.journal[self.cases[name]])
        assert found is not None
        return found


@pytest.fixture(scope="module")
def town() -> Town:
    lived = Town()
    lived.live()
    return lived


def given() -> Mapping[str, Report]:
    return {json.loads(line)["id"]: read_line(line) for line in LINES}


def test_all_forty_examples_became_closed_cases(town: Town) -> None:
    assert len(LINES) == 40
    assert set(town.cases) == set(given())
    assert all(town.case(name).closed for name in town.cases)
    assert {town.case(name).level for name in town.cases} == set(Level)


def test_not_a_word_that_came_in_was_lost(town: Town) -> None:
    for name, report in given().items():
        case = town.case(name)
        (reported,) = report.children
        assert case.registered.text == report.text
        assert case.received_at == report.received_at
        assert set(reported.answers) <= set(case.said)
        package = json.dumps(package_of(case), ensure_ascii=False)
        assert json.dumps(report.text, ensure_ascii=False) in package


def test_what_the_units_knew_was_in_the_package_that_was_received(town: Town) -> None:
    knew = [
        case for case in map(town.case, town.cases) if any(u.knows for u in case.units.values())
    ]

    assert knew
    for case in knew:
        assert case.handover is not None
        before = replay(case.id, town.world.store.journal[case.id][: case.handover.upto_seq])
        assert before is not None
        assert case.handover.package_hash == fingerprint(package_of(before))
        assert SECRET in json.dumps(package_of(before), ensure_ascii=False)
        assert ITEM.text in json.dumps(package_of(before)["kartlaggning"], ensure_ascii=False)


def test_every_hub_met_and_named_its_silent_units(town: Town) -> None:
    for case in map(town.case, town.cases):
        if case.level is Level.GREEN:
            assert case.call is None
        else:
            assert case.meeting is not None
            assert {"vald", "familjeratt"} <= set(case.meeting.silent_units)
            assert case.decision is not None
            assert case.decision.decision is DecisionKind.OPEN


def test_every_clock_was_stopped_or_its_breach_explained(town: Town) -> None:
    for case in map(town.case, town.cases):
        assert promise_is_kept(case)
        for key, clock in case.clocks.items():
            assert not clock.running, key
            assert clock.passed is None or clock.explained is not None, key
    explained = [
        clock.explained.owner
        for case in map(town.case, town.cases)
        for clock in case.clocks.values()
        if clock.explained
    ]
    assert set(explained) == {CIA.name}
    assert len(explained) == town.passed


def test_what_was_promised_was_kept_by_those_who_did_as_they_should(town: Town) -> None:
    for case in map(town.case, town.cases):
        passed = {key.split(":")[0] for key, clock in case.clocks.items() if clock.passed}
        assert passed <= {"enhetssvar", "fristbrott", "utan_drojsmal"}


def test_every_row_is_what_the_journal_says_after_it_all(town: Town) -> None:
    for case_id, events in town.world.store.journal.items():
        case = replay(case_id, events)
        assert case is not None
        assert town.world.store.rows[case_id] == rows_of(case)
        assert case.version == len(events)
    numbers = [rows.case.number for rows in town.world.store.rows.values()]
    assert len(set(numbers)) == 40
