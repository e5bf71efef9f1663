"""Claims of cases where something is due: any number of workers, each case by one at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Integer,
    Text,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from adapters.metadata import Moment
from adapters.tables import alarms, cases, heartbeats


class PostgresWatch:
    """What the sweep needs, on the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, now: datetime, *, most: int, skip: Sequence[str] = ()) -> tuple[str, ...]:
        passed_over = list(skip)
        while locked := self._lock(now, most, passed_over):
            if due := self._still_due(now, locked):
                return due
            # Another worker finished them between our look and our lock.
            passed_over += locked
        return ()

    def _lock(self, now: datetime, most: int, passed_over: Sequence[str]) -> list[str]:
        """A case is found once for each thing that is due in it, and locked once."""
        given = {"now": now, "most": most, "skip": passed_over}
        return list(dict.fromkeys(self._connection.scalars(LOCK, given)))

    def _still_due(self, now: datetime, locked: Sequence[str]) -> tuple[str, ...]:
        due = set(self._connection.scalars(_STILL_DUE, {"now": now, "locked": locked}))
        return tuple(case_id for case_id in locked if case_id in due)

    def beat(self, worker: str, at: datetime) -> datetime | None:
        earlier = self.last_beat()
        row = insert(heartbeats).values(worker=worker, at=at)
        self._connection.execute(
            row.on_conflict_do_update(index_elements=["worker"], set_={"at": at})
        )
        return earlier

    def last_beat(self, until: datetime | None = None) -> datetime | None:
        query = select(func.max(heartbeats.c.at))
        if until is not None:
            query = query.where(heartbeats.c.at <= until)
        newest: datetime | None = self._connection.scalar(query)
        return newest


def _any_of(name: str) -> ColumnElement[str]:
    texts: ColumnElement[str] = func.any(cast(bindparam(name), ARRAY(Text)))
    return texts


# The rows hold only what is still to be told, so the index on their moment holds nothing else.
# The limit lies above the lock: what others hold is passed over, and as many are still found.
LOCK = (
    select(cases.c.case_id)
    .join_from(alarms, cases, alarms.c.case_id == cases.c.case_id)
    .where(
        alarms.c.at <= bindparam("now", type_=Moment),
        ~(alarms.c.case_id == _any_of("skip")),
    )
    .order_by(alarms.c.at)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(of=cases, skip_locked=True)
)
_STILL_DUE = select(alarms.c.case_id).where(
    alarms.c.at <= bindparam("now", type_=Moment), alarms.c.case_id == _any_of("locked")
)
