"""The fold of a meeting that is moved: the call stands, and its times are those of the new one."""

from dataclasses import replace

from rules import events as ev
from rules.case import CalledUnit, Case


def moved(case: Case, event: ev.MeetingMoved) -> Case:
    """`case` with the meeting at its new time; a unit that has answered keeps the time it had."""
    assert case.call is not None
    call = replace(
        case.call,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        answer_by=event.answer_by,
        extra=event.extra,
        why_slot=event.why_slot,
        room=event.room,
    )
    called_at = case.call.at
    units = {
        name: _given(unit, event, first=unit.called_at == called_at)
        for name, unit in case.units.items()
    }
    return replace(case, call=call, units=units, moves=(*case.moves, event))


def _given(unit: CalledUnit, event: ev.MeetingMoved, *, first: bool) -> CalledUnit:
    """A unit that was called later keeps its own time, but never longer than to the meeting."""
    answer_by = event.answer_by if first else min(unit.answer_by, event.starts_at)
    if unit.answers or answer_by == unit.answer_by:
        return unit
    return replace(unit, answer_by=answer_by, changes=unit.changes + 1)
