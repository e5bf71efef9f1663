"""Claims of cases where something is due: any number of workers, each case by one at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Subquery, func, select
from sqlalchemy.dialects.postgresql import insert

from adapters.tables import alarms, cases, heartbeats


class PostgresWatch:
    """What the sweep needs, on the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, now: datetime, *, skip: Sequence[str] = ()) -> str | None:
        passed_over = list(skip)
        while (case_id := self._lock_one(now, passed_over)) is not None:
            if self._is_due(now, case_id):
                return case_id
            # Another worker finished it between our look and our lock.
            passed_over.append(case_id)
        return None

    def _lock_one(self, now: datetime, passed_over: Sequence[str]) -> str | None:
        due = _due(now)
        query = (
            select(cases.c.case_id)
            .join(due, due.c.case_id == cases.c.case_id)
            .where(cases.c.case_id.not_in(passed_over))
            .order_by(due.c.moment, cases.c.case_id)
            .limit(1)
            .with_for_update(of=cases, skip_locked=True)
        )
        return self._connection.scalar(query)

    def _is_due(self, now: datetime, case_id: str) -> bool:
        due = _due(now)
        query = select(due.c.case_id).where(due.c.case_id == case_id)
        return self._connection.scalar(query) is not None

    def beat(self, worker: str, at: datetime) -> datetime | None:
        earlier = self.last_beat()
        row = insert(heartbeats).values(worker=worker, at=at)
        self._connection.execute(
            row.on_conflict_do_update(index_elements=["worker"], set_={"at": at})
        )
        return earlier

    def last_beat(self) -> datetime | None:
        newest: datetime | None = self._connection.scalar(select(func.max(heartbeats.c.at)))
        return newest


def _due(now: datetime) -> Subquery:
    """Cases with something to tell, and since when; the rows hold only what is untold."""
    first = func.min(alarms.c.at).label("moment")
    query = select(alarms.c.case_id, first).where(alarms.c.at <= now)
    return query.group_by(alarms.c.case_id).subquery()
