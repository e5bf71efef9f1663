"""What a person notes has happened starts and stops the clocks that the law counts from it."""

from datetime import UTC, datetime, timedelta

import pytest

from rules import events as ev
from rules.alarms import breaches_before, due_events
from rules.case import Case
from rules.clock_policy import ClockKind, ClockPolicy
from rules.courses import courses
from rules.errors import Invalid
from rules.fold import extend
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
    assert started.due_at == wanted.at
    assert started.legal is (clock.kind is ClockKind.LEGAL)
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


def swept(case: Case, at: datetime) -> Case:
    """The case as a sweep at `at` leaves it."""
    return it.followed(extend(case, due_events(case, it.CALENDAR, at)), at)


@pytest.mark.parametrize("order", [1, -1], ids=["as it happened", "the end first"])
def test_a_limit_that_was_missed_is_a_breach_in_whatever_order_it_is_noted(order: int) -> None:
    noted_ = [
        noted("omhandertagande_beslutat", after(days=1)),
        noted("omhandertagande_understallt", after(days=20)),
    ]
    case = lived(*OPENED)
    for event in noted_[::order]:
        late = extend(case, [*breaches_before(case, it.CALENDAR, event.at), event])
        case = it.followed(late, event.at)
    clock = swept(case, after(days=401)).clocks["understallning:1"]

    assert clock.passed is not None
    assert clock.stopped is not None
    assert clock.stopped.stopped_at == after(days=20)


def test_a_limit_that_was_kept_is_no_breach_though_both_are_noted_long_after() -> None:
    case = lived(
        *OPENED,
        noted("omhandertagande_understallt", after(days=3)),
        noted("omhandertagande_beslutat", after(days=1)),
    )

    assert not [key for key in swept(case, after(days=401)).clocks if key.startswith("underst")]


def test_an_end_stops_one_clock_and_the_other_is_still_waited_for() -> None:
    asked = [noted("overflyttning_begard", after(days=day)) for day in (2, 1)]
    case = lived(*OPENED, *asked, noted("overflyttning_besvarad", after(days=3)))

    assert "overflyttning:1" in it.running(case)
    assert case.clocks["overflyttning:2"].stopped is not None
