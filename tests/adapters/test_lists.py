"""What every list promises, in memory and on PostgreSQL."""

from datetime import timedelta

import pytest

from rules import events as ev
from rules.fold import replay
from rules.level import Level
from tests.adapters import saga
from tests.stores import WorkFactory
from workflows.ports import Scope
from workflows.rows import rows_of


def test_the_rows_are_the_projection_of_the_events(store_factory: WorkFactory) -> None:
    events: tuple[ev.Event, ...] = (
        saga.registered(),
        saga.classified(),
        saga.clock(warn=(saga.after(hours=6),)),
        saga.called("barn", "ungdom"),
        saga.answered("barn"),
        saga.deputy("ungdom", "konto-bea"),
        saga.decided(),
        saga.stopped(),
        saga.handed_over(investigator="konto-uta"),
    )
    case = replay("a", events)
    assert case is not None
    with store_factory() as work:
        for version, event in enumerate(events):
            work.journal.append("a", [event], expected=version)
        work.commit()

    with store_factory() as work:
        rows = rows_of(case)
        assert work.lists.row("a") == rows.case
        assert set(work.lists.clocks(["a"])) == set(rows.clocks)
        assert set(work.lists.units(["a"])) == set(rows.units)


def test_numbers_are_never_the_same_and_begin_at_one_each_year(
    store_factory: WorkFactory,
) -> None:
    with store_factory() as work:
        assert [work.lists.next_number(2026) for _ in range(3)] == [1, 2, 3]
        assert work.lists.next_number(2027) == 1
        work.commit()
    with store_factory() as undone:
        undone.lists.next_number(2026)
    with store_factory() as work:
        assert work.lists.next_number(2026) == 5


def test_a_case_is_found_by_its_number_reference_report_and_child(
    store_factory: WorkFactory,
) -> None:
    child = saga.registered().child
    with store_factory() as work:
        for name, hours in (("a", 1), ("b", 2), ("c", 3)):
            moment = saga.after(hours=hours)
            event = saga.registered(f"2026-{name}", received_at=moment, at=moment, reference="r-1")
            work.journal.append(name, [event], expected=0)
        other = saga.registered("2026-d", report_id="anmalan-2", child=type(child)())
        work.journal.append("d", [other], expected=0)
        work.commit()

    with store_factory() as work:
        found = work.lists.by_number("2026-b")
        assert found is not None
        assert found.case_id == "b"
        assert work.lists.by_number("2026-z") is None
        assert [row.case_id for row in work.lists.by_reference("r-1")] == ["a", "b", "c"]
        assert [row.case_id for row in work.lists.of_report("anmalan-1")] == ["a", "b", "c"]
        assert work.lists.by_reference("r-2") == ()


def test_earlier_concerns_about_a_child_come_newest_first(store_factory: WorkFactory) -> None:
    child = type(saga.registered().child)(personal_number="20160514-9895")
    with store_factory() as work:
        for name, hours in (("a", 1), ("c", 3), ("b", 2)):
            event = saga.registered(name, received_at=saga.after(hours=hours), child=child)
            work.journal.append(name, [event], expected=0)
        work.commit()

    with store_factory() as work:
        found = work.lists.of_child("20160514-9895")
        assert [row.case_id for row in found] == ["c", "b", "a"]
        assert work.lists.of_child("20160514-0000") == ()


def test_a_list_begins_with_what_needs_somebody_first(store_factory: WorkFactory) -> None:
    """Breached, then the nearest deadline, then röd over orange over grön, then the oldest."""
    soon, later = saga.after(hours=13), saga.after(hours=20)
    older = saga.NOON - timedelta(hours=1)
    cases: dict[str, tuple[ev.Event, ...]] = {
        "breached": (saga.clock(), saga.passed()),
        "soon-grön": (saga.classified(Level.GREEN), saga.clock(due=soon)),
        "soon-röd": (saga.classified(Level.RED), saga.clock(due=soon)),
        "soon-orange": (saga.classified(Level.ORANGE), saga.clock(due=soon)),
        "later": (saga.clock(due=later),),
        "resting": (saga.clock(due=soon), saga.suspended(saga.after(days=9))),
        "stopped": (saga.clock(), saga.stopped()),
    }
    with store_factory() as work:
        for name, events in cases.items():
            work.journal.append(name, [saga.registered(name), *events], expected=0)
        first = saga.registered("older", received_at=older)
        work.journal.append("older", [first, saga.clock(due=later)], expected=0)
        work.commit()

    with store_factory() as work:
        assert [row.case_id for row in work.lists.cases(Scope(everything=True))] == [
            "breached",
            "soon-röd",
            "soon-orange",
            "soon-grön",
            "older",
            "later",
            "resting",
            "stopped",
        ]


@pytest.fixture(name="related")
def cases_in_every_relation(store_factory: WorkFactory) -> WorkFactory:
    opening: tuple[ev.Event, ...] = (saga.clock(), saga.called("barn"))
    stories: dict[str, tuple[ev.Event, ...]] = {
        "uncalled": (saga.clock(),),
        "called": opening,
        "deputised": (*opening, saga.deputy("barn", "konto-bea")),
        "to-unit": (saga.clock(), saga.decided(), saga.handed_over()),
        "to-uta": (saga.clock(), saga.decided(), saga.handed_over(investigator="konto-uta")),
        "closed": (
            *opening,
            saga.deputy("barn", "konto-bea"),
            saga.decided(),
            saga.handed_over(investigator="konto-uta"),
            saga.stopped(),
            saga.closed(),
        ),
    }
    with store_factory() as work:
        for name, events in stories.items():
            work.journal.append(name, [saga.registered(name), *events], expected=0)
        work.commit()
    return store_factory


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (Scope(), set()),
        (Scope(include_closed=True), set()),
        (Scope(everything=True), {"uncalled", "called", "deputised", "to-unit", "to-uta"}),
        (Scope(unit="barn"), {"called", "deputised"}),
        (Scope(unit="barn", include_closed=True), {"called", "deputised"}),
        (Scope(unit="ungdom"), set()),
        (Scope(deputy="konto-bea"), {"deputised"}),
        (Scope(deputy="konto-bea", include_closed=True), {"deputised"}),
        (Scope(investigator="konto-uta"), {"to-uta"}),
        (Scope(investigator="konto-uta", include_closed=True), {"to-uta", "closed"}),
        (Scope(receiving_unit="utredning"), {"to-unit", "to-uta"}),
        (Scope(unclaimed_in="utredning"), {"to-unit"}),
        (Scope(unit="barn", investigator="konto-uta"), {"called", "deputised", "to-uta"}),
    ],
)
def test_a_list_shows_the_cases_one_has_a_relation_to_and_no_other(
    related: WorkFactory, scope: Scope, seen: set[str]
) -> None:
    with related() as work:
        assert {row.case_id for row in work.lists.cases(scope)} == seen


def test_all_cases_with_the_closed_ones(related: WorkFactory) -> None:
    with related() as work:
        assert len(work.lists.cases(Scope(everything=True, include_closed=True))) == 6


def test_clocks_come_by_due_time_and_units_by_call(store_factory: WorkFactory) -> None:
    with store_factory() as work:
        late, early = saga.clock("sen", due=saga.after(hours=9)), saga.clock("tidig", due=saga.NOON)
        call = saga.called("ungdom", "barn")
        work.journal.append("a", [saga.registered(), late, early, call], expected=0)
        work.commit()

    with store_factory() as work:
        assert [clock.key for clock in work.lists.clocks(["a", "b"])] == ["tidig", "sen"]
        assert [unit.unit for unit in work.lists.units(["a"])] == ["barn", "ungdom"]
        assert work.lists.clocks([]) == ()
        assert work.lists.units([]) == ()


@pytest.mark.parametrize(
    ("events", "kept"),
    [
        ((), False),
        ((saga.clock(),), True),
        ((saga.clock(), saga.alerted("frist")), False),
        ((saga.clock(), saga.stopped()), False),
        ((saga.clock(), saga.passed()), True),
        ((saga.clock(), saga.passed(), saga.explained()), True),
        ((saga.clock(), saga.passed(owner="")), False),
        ((saga.clock(), saga.passed(), saga.stopped()), False),
        ((saga.clock(), saga.stopped(), saga.closed()), True),
    ],
)
def test_an_open_case_has_a_running_clock_or_an_owned_breach_or_is_told_of(
    store_factory: WorkFactory, events: tuple[ev.Event, ...], kept: bool
) -> None:
    with store_factory() as work:
        work.journal.append("a", [saga.registered(), *events], expected=0)

        assert work.lists.unpromised() == (() if kept else ("a",))
