"""Meetings to come and absences in memory."""

from dataclasses import replace
from datetime import datetime

from adapters.memory_tables import Staged
from rules.absences import Absence
from workflows.meeting_ports import Meeting
from workflows.rows import Rows


class MemoryMeetings:
    """The rows of the cases, walked through, and absences by id."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    def alone(self) -> None:
        self._staged.lock("meetings")

    def ahead(self, since: datetime) -> tuple[Meeting, ...]:
        with self._staged.store.lock:
            every = list(self._staged.view().rows.values())
        found = (meeting for rows in every if (meeting := _meeting(rows)))
        coming = (it for it in found if it.ends_at > since)
        return tuple(sorted(coming, key=lambda it: (it.starts_at, it.number)))

    def add_absence(self, absence: Absence) -> None:
        self._staged.own.absences[absence.id] = absence

    def end_absence(self, absence_id: str, *, back_at: datetime, by: str) -> None:
        with self._staged.store.lock:
            if absence_id not in self._staged.view().absence_ends:
                self._staged.own.absence_ends[absence_id] = (back_at, by)

    def absence(self, absence_id: str) -> Absence | None:
        return next((it for it in self._absences() if it.id == absence_id), None)

    def absences(self, since: datetime) -> tuple[Absence, ...]:
        found = (it for it in self._absences() if it.until > since)
        return tuple(sorted(found, key=lambda it: (it.starts_at, it.id)))

    def _absences(self) -> list[Absence]:
        with self._staged.store.lock:
            view = self._staged.view()
            ends, every = dict(view.absence_ends), list(view.absences.values())
        return [replace(it, back_at=ends[it.id][0]) if it.id in ends else it for it in every]


def _meeting(rows: Rows) -> Meeting | None:
    case = rows.case
    over = case.meeting_held_at or case.decided_at or case.closed_at
    if over or case.meeting_at is None or case.meeting_ends_at is None:
        return None
    return Meeting(
        case_id=case.case_id,
        number=case.number,
        starts_at=case.meeting_at,
        ends_at=case.meeting_ends_at,
        room=case.meeting_room or "",
        units=tuple(sorted(unit.unit for unit in rows.units)),
    )
