"""What the tables hold about each case, read in batches so that any number fits in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, select, union

from adapters.tables import PROJECTIONS, alarms, cases, clocks, journal, outbox, units
from workflows.rows import AlarmRow, CaseRow, ClockRow, UnitRow

BATCH = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the journal, as stored."""

    seq: int
    kind: str
    actor: str
    recorded_at: datetime
    event: str
    hash: str


@dataclass(slots=True)
class StoredCase:
    """The journal rows of one case and everything that is projected from them."""

    case_id: str
    entries: list[Entry] = field(default_factory=list)
    cases: list[CaseRow] = field(default_factory=list)
    clocks: list[ClockRow] = field(default_factory=list)
    units: list[UnitRow] = field(default_factory=list)
    alarms: list[AlarmRow] = field(default_factory=list)
    put_out: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """What people call the case; its id when the list does not know it."""
        return self.cases[0].number if self.cases else self.case_id


def batches(connection: Connection) -> Iterator[list[str]]:
    """The ids of all cases that any table knows of, some hundred at a time."""
    last = ""
    while case_ids := _after(connection, last):
        yield case_ids
        last = case_ids[-1]


def _after(connection: Connection, last: str) -> list[str]:
    some = [
        select(table.c.case_id)
        .where(table.c.case_id > last)
        .distinct()
        .order_by(table.c.case_id)
        .limit(BATCH)
        .subquery()
        for table in (journal, *PROJECTIONS)
    ]
    every = union(*(select(table.c.case_id) for table in some)).subquery()
    query = select(every.c.case_id).order_by(every.c.case_id).limit(BATCH)
    return list(connection.scalars(query))


def load(connection: Connection, case_ids: Sequence[str]) -> list[StoredCase]:
    """The cases with everything stored about them; six queries, however many they are."""
    found = {case_id: StoredCase(case_id) for case_id in case_ids}
    for row in _rows(connection, journal, case_ids):
        columns = {name: row[name] for name in Entry.__slots__}
        found[row["case_id"]].entries.append(Entry(**columns))
    for row in _rows(connection, cases, case_ids):
        found[row["case_id"]].cases.append(CaseRow(**row))
    for row in _rows(connection, clocks, case_ids):
        found[row["case_id"]].clocks.append(ClockRow(**row))
    for row in _rows(connection, units, case_ids):
        found[row["case_id"]].units.append(UnitRow(**row))
    for row in _rows(connection, alarms, case_ids):
        found[row["case_id"]].alarms.append(AlarmRow(**row))
    query = select(outbox.c.case_id, outbox.c.key).where(outbox.c.case_id.in_(case_ids))
    for case_id, key in connection.execute(query):
        found[case_id].put_out.add(key)
    return list(found.values())


def _rows(connection: Connection, table: Table, case_ids: Sequence[str]) -> Iterator[RowMapping]:
    keys: list[Any] = list(table.primary_key.columns)
    query = select(table).where(table.c.case_id.in_(case_ids)).order_by(*keys)
    yield from connection.execute(query).mappings()
