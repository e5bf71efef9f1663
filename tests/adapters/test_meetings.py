"""Meetings to come and absences: the same from memory and from PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

from rules import events as ev
from rules.absences import Absence
from tests.adapters import saga
from tests.stores import WorkFactory

AWAY = Absence(
    id="frånvaro-1",
    account="konto-bea",
    starts_at=saga.after(hours=1),
    ends_at=saga.after(hours=9),
    deputy="konto-eka",
    set_by="konto-cia",
    set_at=saga.NOON,
)


def begin(factory: WorkFactory, case_id: str, number: str, *events: ev.Event) -> None:
    with factory() as work:
        everything = [saga.registered(number), saga.clock(), *events]
        work.journal.append(case_id, everything, expected=0)
        work.commit()


def called(room: str, *units: str, hours: float = 3) -> ev.HubCalled:
    start = saga.after(hours=hours)
    return replace(
        saga.called(*units), room=room, starts_at=start, ends_at=start + timedelta(minutes=30)
    )


def ahead(factory: WorkFactory, hours: float = 0) -> list[tuple[str, str, tuple[str, ...]]]:
    with factory() as work:
        found = work.meetings.ahead(saga.after(hours=hours))
    return [(it.number, it.room, it.units) for it in found]


def test_meetings_to_come_are_told_soonest_first_with_room_and_units(
    store_factory: WorkFactory,
) -> None:
    begin(store_factory, "a", "2026-0001", called("rum-1", "vald", "barn", hours=5))
    begin(store_factory, "b", "2026-0002", called("rum-1", "barn"))
    begin(store_factory, "c", "2026-0003")

    assert ahead(store_factory) == [
        ("2026-0002", "rum-1", ("barn",)),
        ("2026-0001", "rum-1", ("barn", "vald")),
    ]
    assert [number for number, _, _ in ahead(store_factory, hours=3.5)] == ["2026-0001"]


def test_a_meeting_that_was_moved_is_told_where_and_when_it_is_now(
    store_factory: WorkFactory,
) -> None:
    moved = ev.MeetingMoved(
        at=saga.after(hours=1),
        by=saga.BY,
        starts_at=saga.after(hours=6),
        ends_at=saga.after(hours=6.5),
        answer_by=saga.after(hours=2),
        extra=True,
        why_slot="vald av den som kallade",
        reason="Sent.",
        room="rum-2",
    )
    begin(store_factory, "a", "2026-0001", called("rum-1", "barn"), moved)

    with store_factory() as work:
        (meeting,) = work.meetings.ahead(saga.NOON)
    assert (meeting.starts_at, meeting.ends_at, meeting.room) == (
        moved.starts_at,
        moved.ends_at,
        "rum-2",
    )


def test_a_case_that_is_decided_leaves_its_room(store_factory: WorkFactory) -> None:
    begin(store_factory, "a", "2026-0001", called("rum-1", "barn"), saga.decided())
    begin(store_factory, "b", "2026-0002", called("rum-1", "barn"))

    assert [number for number, _, _ in ahead(store_factory)] == ["2026-0002"]


def test_an_absence_is_kept_until_it_is_over(store_factory: WorkFactory) -> None:
    later = replace(AWAY, id="frånvaro-2", starts_at=saga.after(hours=2), deputy=None)
    with store_factory() as work:
        work.meetings.add_absence(later)
        work.meetings.add_absence(AWAY)
        work.commit()

    with store_factory() as work:
        assert work.meetings.absence(AWAY.id) == AWAY
        assert work.meetings.absence("ingen") is None
        assert work.meetings.absences(saga.NOON) == (AWAY, later)
        assert work.meetings.absences(AWAY.ends_at) == ()


def test_who_came_back_is_back_from_then_and_the_first_to_say_so_counts(
    store_factory: WorkFactory,
) -> None:
    with store_factory() as work:
        work.meetings.add_absence(AWAY)
        work.commit()
    for hours in (4, 5):
        with store_factory() as work:
            work.meetings.end_absence(AWAY.id, back_at=saga.after(hours=hours), by=saga.BY)
            work.commit()

    with store_factory() as work:
        found = work.meetings.absence(AWAY.id)
        assert found == replace(AWAY, back_at=saga.after(hours=4))
        assert work.meetings.absences(saga.after(hours=3)) == (found,)
        assert work.meetings.absences(saga.after(hours=4)) == ()
