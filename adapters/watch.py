"""Claims of cases where something is due: any number of workers, each case by one at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Subquery, func, select, union_all
from sqlalchemy.dialects.postgresql import insert

from adapters.tables import alarms, alarms_raised, cases, clocks, heartbeats


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

    def raised(self, case_id: str) -> frozenset[tuple[str, str]]:
        query = select(alarms_raised.c.key, alarms_raised.c.step)
        found = self._connection.execute(query.where(alarms_raised.c.case_id == case_id))
        return frozenset((key, step) for key, step in found)

    def mark(self, case_id: str, key: str, step: str, *, at: datetime) -> None:
        row = {"case_id": case_id, "key": key, "step": step, "at": at}
        self._connection.execute(insert(alarms_raised).values(row).on_conflict_do_nothing())

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
    """Cases with a passed deadline or an unraised alarm, and since when."""
    told = (
        select(alarms_raised.c.case_id)
        .where(
            alarms_raised.c.case_id == alarms.c.case_id,
            alarms_raised.c.key == alarms.c.key,
            alarms_raised.c.step == alarms.c.step,
        )
        .exists()
    )
    moments = union_all(
        select(clocks.c.case_id, clocks.c.due_at.label("moment")).where(
            clocks.c.stopped_at.is_(None), clocks.c.passed_at.is_(None), clocks.c.due_at <= now
        ),
        select(alarms.c.case_id, alarms.c.at.label("moment")).where(alarms.c.at <= now, ~told),
    ).subquery()
    first = func.min(moments.c.moment).label("moment")
    return select(moments.c.case_id, first).group_by(moments.c.case_id).subquery()
