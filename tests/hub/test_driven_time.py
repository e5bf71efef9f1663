"""Time is driven: one grön, one orange and one röd case live through two weeks and more at once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from hub.simulation.concerns import Example, Incoming
from hub.simulation.course import Course
from hub.simulation.playing import Plan, opened
from hub.simulation.town import Town
from rules import events as ev
from rules.level import Level
from tests.hub.played import Offices, concerns, town
from tests.people import rules

STEPS = {
    Level.GREEN: (ev.ProtectionAssessed, ev.LevelSet, ev.Decided, ev.HandedOver),
    Level.ORANGE: (
        ev.ProtectionAssessed,
        ev.LevelSet,
        ev.HubCalled,
        ev.UnitAnswered,
        ev.MeetingHeld,
        ev.MappingMade,
        ev.AssessmentMade,
        ev.Decided,
        ev.HandedOver,
        ev.HandoverAcknowledged,
    ),
}
STEPS[Level.RED] = STEPS[Level.ORANGE]


def played(level: Level, *, since: timedelta) -> tuple[Town, tuple[ev.Event, ...]]:
    """One concern of `level` that comes in so long after the start, and four weeks of its life."""
    profile = town(decisions=town().decisions.model_copy(update={"opened": {level: 1.0}}))
    made = Offices()
    place = opened(Plan(profile=profile, seed=1, days=28, tail=0), made)
    example = next(it for it in concerns() if it.level is level and _stays(level, it))
    at = profile.begins() + since
    course = Course(town=place, incoming=Incoming(0, at, example.report(at, example.answers)))
    place.agenda.put(at, course.arrive)
    place.agenda.run(profile.begins() + timedelta(days=28))
    return place, made.stores[0].journal[course.case_id]


def _stays(level: Level, example: Example) -> bool:
    """The rules say the same of the example when it is about nobody."""
    facts = {**dict.fromkeys(rules().facts), **example.facts, "anmalartyp": example.kind.value}
    return rules().classify(facts, example.answers, on=town().start).level is level


def rungs(events: tuple[ev.Event, ...]) -> Iterator[tuple[str, str]]:
    return ((it.key, it.step) for it in events if isinstance(it, ev.Alerted) and it.told)


@pytest.mark.parametrize("level", Level)
def test_the_whole_course_of_a_case_is_played_through_driven_time(level: Level) -> None:
    place, events = played(level, since=timedelta(hours=9))
    kinds = [type(event) for event in events]
    firsts = [kinds.index(step) for step in STEPS[level]]

    assert place.agenda.at - events[0].at > timedelta(weeks=3)
    assert firsts == sorted(firsts)
    assert {ev.HandoverAcknowledged, ev.ConcernedInformed, ev.Closed} <= set(kinds)
    assert place.worker.tally.unpromised == place.worker.tally.overlooked == []
    assert [it.level for it in events if isinstance(it, ev.LevelSet)][-1] is level


def test_a_red_concern_at_night_breaks_its_clocks_climbs_the_ladder_and_is_explained() -> None:
    """Nobody may decide between midnight and eight: each breach is found when it falls due."""
    place, events = played(Level.RED, since=timedelta(days=1, hours=1))
    passed = [it for it in events if isinstance(it, ev.DeadlinePassed)]
    told = list(rungs(events))

    assert "hantering:röd" in {it.key for it in passed}
    assert all(it.at == it.due_at for it in passed)
    for breach in passed:
        assert breach.key in {key for key, _ in told}
        assert breach.key in {it.key for it in events if isinstance(it, ev.BreachExplained)}
    assert len(set(told)) == len(told), "nobody is told the same step twice"
    ladder = [step for key, step in told if key == "hantering:röd"]
    assert len(ladder) >= 3, "warned, told, and told further up"
    assert place.worker.tally.found == len(passed)
