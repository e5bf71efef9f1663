"""Meetings to come and absences on PostgreSQL; who books waits for whoever is booking."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, func, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_once

from adapters.alone import alone
from adapters.meeting_tables import absence_ends, absences
from adapters.tables import cases, units
from rules.absences import Absence
from workflows.meeting_ports import Meeting

_ONE_AT_A_TIME = 20_261_108


class PostgresMeetings:
    """Reads and writes on the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def alone(self) -> None:
        alone(self._connection, _ONE_AT_A_TIME)

    def ahead(self, since: datetime) -> tuple[Meeting, ...]:
        called = (
            select(func.array_agg(units.c.unit).label("units"))
            .where(units.c.case_id == cases.c.case_id)
            .scalar_subquery()
        )
        query = (
            select(
                cases.c.case_id,
                cases.c.number,
                cases.c.meeting_at,
                cases.c.meeting_ends_at,
                cases.c.meeting_room,
                called.label("units"),
            )
            .where(
                cases.c.meeting_ends_at > since,
                cases.c.meeting_held_at.is_(None),
                cases.c.decided_at.is_(None),
                cases.c.closed_at.is_(None),
            )
            .order_by(cases.c.meeting_at, cases.c.number)
        )
        return tuple(_meeting(row) for row in self._connection.execute(query).mappings())

    def add_absence(self, absence: Absence) -> None:
        row = {
            "id": absence.id,
            "account": absence.account,
            "starts_at": absence.starts_at,
            "ends_at": absence.ends_at,
            "deputy": absence.deputy,
            "set_by": absence.set_by,
            "set_at": absence.set_at,
        }
        self._connection.execute(insert(absences).values(row))

    def end_absence(self, absence_id: str, *, back_at: datetime, by: str) -> None:
        row = {"absence_id": absence_id, "back_at": back_at, "ended_by": by}
        self._connection.execute(insert_once(absence_ends).values(row).on_conflict_do_nothing())

    def absence(self, absence_id: str) -> Absence | None:
        query = _absences().where(absences.c.id == absence_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return Absence(**row) if row else None

    def absences(self, since: datetime) -> tuple[Absence, ...]:
        until = func.least(absences.c.ends_at, absence_ends.c.back_at)
        query = _absences().where(until > since).order_by(absences.c.starts_at, absences.c.id)
        return tuple(Absence(**row) for row in self._connection.execute(query).mappings())


def _absences() -> Select[tuple[object, ...]]:
    return select(absences, absence_ends.c.back_at).outerjoin(absence_ends)


def _meeting(row: RowMapping) -> Meeting:
    return Meeting(
        case_id=row["case_id"],
        number=row["number"],
        starts_at=row["meeting_at"],
        ends_at=row["meeting_ends_at"],
        room=row["meeting_room"],
        units=tuple(sorted(row["units"] or ())),
    )
