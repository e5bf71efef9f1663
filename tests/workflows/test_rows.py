"""What a step changes of a case's rows is all that is written: together they are the projection."""

from rules.case import Case
from rules.events import DeadlinePassed, Event
from rules.fold import begin, extend
from tests.workflows.course import Course
from workflows.rows import AlarmRow, CaseRow, ClockRow, UnitRow, changed, rows_of

Key = tuple[str, ...]
Row = CaseRow | ClockRow | UnitRow | AlarmRow


def place(row: Row) -> Key:
    match row:
        case CaseRow():
            return ("case",)
        case ClockRow():
            return ("clock", row.key)
        case UnitRow():
            return ("unit", row.unit)
        case AlarmRow():
            return ("alarm", row.key, row.step)


def table(case: Case) -> dict[Key, Row]:
    it = rows_of(case)
    rows: tuple[Row, ...] = (it.case, *it.clocks, *it.units, *it.alarms)
    return {place(row): row for row in rows}


def written(rows: dict[Key, Row], after: Case, before: Case | None) -> dict[Key, Row]:
    it = changed(after, before)
    fresh: tuple[Row, ...] = (it.case, *it.clocks, *it.units, *it.alarms)
    kept = {key: row for key, row in rows.items() if row not in it.gone}
    return kept | {place(row): row for row in fresh}


def whole_course() -> tuple[str, tuple[Event, ...]]:
    """A case with warnings, breaches, units, a deputy's answer and a handover."""
    course = Course().until_decided()
    course.world.clock.forward(days=2)
    course.sweep()
    course.hand_over()
    return course.id, course.world.store.journal[course.id]


def test_what_each_event_changed_of_the_rows_is_all_that_has_to_be_written() -> None:
    case_id, events = whole_course()
    case = begin(case_id, events[0])
    rows = written({}, case, None)
    assert rows == table(case)
    for event in events[1:]:
        after = extend(case, [event])
        rows = written(rows, after, case)
        case = after
        assert rows == table(case), event.kind


def test_what_an_event_is_not_about_is_not_written_again() -> None:
    case_id, events = whole_course()
    breach = next(event for event in events if isinstance(event, DeadlinePassed))
    before = extend(begin(case_id, events[0]), events[1 : events.index(breach)])
    after = extend(before, [breach])

    assert len(before.clocks) > 1
    assert [row.key for row in changed(after, before).clocks] == [breach.key]
    assert changed(after, before).units == ()
