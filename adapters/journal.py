"""The journal on PostgreSQL: rows are added, numbered and sealed, never changed."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from adapters.chain import FIRST, canonical, seal
from adapters.projections import write_rows
from adapters.tables import cases, journal
from rules.errors import ChangedMeanwhile
from rules.events import EVENT, Event
from rules.fold import extend, replay
from workflows.rows import rows_of


class PostgresJournal:
    """Reads and appends on the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seen: dict[str, tuple[Event, ...]] = {}

    def read(self, case_id: str) -> tuple[Event, ...]:
        query = select(journal.c.event).where(journal.c.case_id == case_id).order_by(journal.c.seq)
        events = tuple(EVENT.validate_json(text) for text in self._connection.scalars(query))
        self._seen[case_id] = events
        return events

    def append(self, case_id: str, events: Sequence[Event], *, expected: int) -> None:
        previous = self._stand_at(case_id, expected)
        if not events:
            return
        rows = _chained(case_id, events, expected=expected, previous=previous)
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(journal), rows)
        except IntegrityError as taken:
            raise ChangedMeanwhile from taken
        self._project(case_id, events, expected)

    def _stand_at(self, case_id: str, expected: int) -> str:
        """The seal of event number `expected`, which must be the last one."""
        if expected:
            # Everybody takes this lock first, so that two appends wait and do not deadlock.
            row = select(cases.c.version).where(cases.c.case_id == case_id).with_for_update()
            self._connection.execute(row)
        last = (
            select(journal.c.seq, journal.c.hash)
            .where(journal.c.case_id == case_id)
            .order_by(journal.c.seq.desc())
            .limit(1)
        )
        found = self._connection.execute(last).one_or_none()
        if (found.seq if found else 0) != expected:
            raise ChangedMeanwhile
        return str(found.hash) if found else FIRST

    def _project(self, case_id: str, events: Sequence[Event], expected: int) -> None:
        known = self._seen.get(case_id, ())[:expected]
        if len(known) != expected:
            known = self.read(case_id)[:expected]
        before = replay(case_id, known)
        after = extend(before, events) if before else replay(case_id, events)
        if after is None:
            return
        write_rows(self._connection, rows_of(after), rows_of(before) if before else None)
        self._seen[case_id] = (*known, *events)


def _chained(
    case_id: str, events: Sequence[Event], *, expected: int, previous: str
) -> list[dict[str, Any]]:
    rows = []
    for seq, event in enumerate(events, expected + 1):
        text = canonical(event)
        previous = seal(previous, text, case_id=case_id, seq=seq)
        rows.append(
            {
                "case_id": case_id,
                "seq": seq,
                "kind": event.kind,
                "actor": event.by,
                "recorded_at": event.at,
                "event": text,
                "hash": previous,
            }
        )
    return rows
