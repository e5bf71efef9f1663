"""What a person notes has happened starts and stops the clocks that the law counts from it."""

from datetime import UTC, datetime, timedelta

import pytest

from rules import events as ev
from rules.case import Case
from rules.clock_policy import ClockPolicy
from rules.courses import courses
from rules.errors import Invalid
from rules.milestone import Milestone, Occasion
from rules.occasions import note
from rules.people import Actor, Role
from rules.span import due
from tests.rules_case import happenings as it
from tests.rules_case.happenings import after, lived

POLICY = it.CALENDAR.policy
UTA = Actor("konto-Uta", "Uta", frozenset({Role.INVESTIGATOR}), "utredning")
OPENED = (it.decided(), it.handed(), it.taken())
COUNTED = [
    (name, clock) for name, clock in POLICY.clocks.items() if isinstance(clock.begins, Occasion)
]


def noted(occasion: str, at: datetime) -> ev.OccasionNoted:
    case = lived(*OPENED)
    return note(
        case, occasion=occasion, happened_at=at, policy=POLICY, actor=UTA, at=after(days=400)
    )


@pytest.mark.parametrize(("name", "clock"), COUNTED, ids=[name for name, _ in COUNTED])
def test_the_law_counts_from_when_it_happened_and_until_its_end_is_noted(
    name: str, clock: ClockPolicy
) -> None:
    assert isinstance(clock.begins, Occasion)
    assert isinstance(clock.ends, Occasion)
    begins, ends = after(days=2), after(days=5)
    case = lived(*OPENED, noted(clock.begins.occasion, begins))
    started = case.clocks[f"{name}:1"].started

    wanted = due(begins, clock.span_for(case.level), it.CALENDAR.rests, rest=clock.on_rest_day)
    assert (started.due_at, started.legal) == (wanted.at, True)
    assert started.law == clock.law
    after_end = lived(
        *OPENED, noted(clock.begins.occasion, begins), noted(clock.ends.occasion, ends)
    )
    stopped = after_end.clocks[f"{name}:1"].stopped
    assert stopped is not None
    assert stopped.stopped_at == ends


def omhandertagen(*days: int) -> Case:
    times = [noted("omhandertagande_beslutat", after(days=day)) for day in days]
    return lived(*OPENED, *times)


def test_what_happens_twice_has_a_clock_each_time() -> None:
    assert {"understallning:1", "understallning:2"} <= it.running(omhandertagen(1, 20))


def test_an_end_before_the_beginning_stops_nothing() -> None:
    early = noted("omhandertagande_understallt", after(days=1))
    case = lived(*OPENED, early, noted("omhandertagande_beslutat", after(days=2)))

    assert "understallning:1" in it.running(case)


def test_a_closed_case_still_keeps_the_clocks_of_the_law() -> None:
    happened = noted("omhandertagande_beslutat", after(days=3))
    case = lived(*OPENED, it.closed(), happened)

    assert "understallning:1" in it.running(case)


@pytest.mark.parametrize(
    ("occasion", "at"),
    [
        ("finns_inte", after(days=1)),
        ("jourhem_avslutat", after(days=401)),
        ("jourhem_avslutat", it.RECEIVED - timedelta(minutes=1)),
    ],
    ids=["unknown", "to come", "before the concern"],
)
def test_only_what_the_rules_list_and_what_has_happened_since_is_noted(
    occasion: str, at: datetime
) -> None:
    with pytest.raises(Invalid):
        noted(occasion, at)


def test_a_week_ends_on_the_same_weekday() -> None:
    tuesday = datetime(2026, 3, 17, 9, tzinfo=UTC)
    case = lived(*OPENED, noted("omhandertagande_beslutat", tuesday))

    assert case.clocks["understallning:1"].due_at == datetime(2026, 3, 24, 23, tzinfo=UTC)


def test_a_clock_may_run_from_the_end_of_the_investigation() -> None:
    again = POLICY.clocks["uppfoljning"].model_copy(update={"begins": Milestone.CONCLUDED})
    policy = POLICY.model_copy(update={"clocks": {"uppfoljning": again}})
    ended = ev.InvestigationConcluded(at=after(500), by=it.BY, outcome="Stöd.")
    opened = it.case_of(it.decided())

    (course,) = courses(it.case_of(it.decided(), ended), policy)
    assert (course.key, course.anchor_at, course.ended_at) == ("uppfoljning", after(500), None)
    assert list(courses(opened, policy)) == []
