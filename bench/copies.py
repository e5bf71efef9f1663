"""Copies of a case that was lived through: journals with a chain of their own, and their rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from adapters.chain import FIRST, canonical, seal
from adapters.projections import columns_of
from adapters.tables import alarms, cases, clocks, outbox
from bench.desk import child
from bench.lived import Lived
from workflows.rows import rows_of

_OUTBOX = ("key", "case_id", "subject", "body", "made_at", "sent_at")
_JOURNAL = ("case_id", "seq", "kind", "actor", "recorded_at", "event", "hash")


@dataclass(frozen=True, slots=True)
class _Copy:
    """What tells one copy from another."""

    serial: int

    @property
    def case_id(self) -> str:
        return f"kopia-{self.serial:07d}"

    @property
    def own(self) -> Mapping[str, str | None]:
        return {
            "case_id": self.case_id,
            "number": f"2026-{self.serial:07d}",
            "report_id": f"anmalan-{self.serial}",
            "personal_number": child(self.serial).personal_number,
        }


def copy_due(connection: psycopg.Connection, pattern: Lived, serials: Sequence[int]) -> None:
    """Whole cases that the program cannot tell from such as it has registered itself."""
    rows = rows_of(pattern.case)
    copies = [_Copy(serial) for serial in serials]
    copy_rows(connection, "journal", _JOURNAL, _events(pattern, copies))
    for table, same in ((cases, [rows.case]), (clocks, rows.clocks), (alarms, rows.alarms)):
        given = [columns_of(row) for row in same]
        own = ({**row, **_of(copy, row)} for copy in copies for row in given)
        names = tuple(given[0])
        copy_rows(connection, table.name, names, (tuple(row.values()) for row in own))
    copy_rows(connection, outbox.name, _OUTBOX, _sent(pattern, copies))


def _sent(pattern: Lived, copies: Iterable[_Copy]) -> Iterator[tuple[Any, ...]]:
    """The messages of what has been told already; they have been sent."""
    for copy in copies:
        for it in pattern.sent:
            key = it.key.replace(pattern.case.id, copy.case_id)
            yield key, copy.case_id, it.subject, it.body, it.made_at, it.made_at


def _of(copy: _Copy, row: Mapping[str, Any]) -> Mapping[str, str | None]:
    return {name: value for name, value in copy.own.items() if name in row}


def _events(pattern: Lived, copies: Iterable[_Copy]) -> Iterator[tuple[Any, ...]]:
    texts = [canonical(event) for event in pattern.events]
    for copy in copies:
        previous = FIRST
        for seq, (event, text) in enumerate(zip(pattern.events, texts, strict=True), 1):
            own = _told(pattern, copy, text) if seq == 1 else text
            previous = seal(previous, own, case_id=copy.case_id, seq=seq)
            yield copy.case_id, seq, event.kind, event.by, event.at, own, previous


def _told(pattern: Lived, copy: _Copy, text: str) -> str:
    """The registration names the case, the report and the child; nothing after it does."""
    first = pattern.case.registered
    was = (first.number, first.report_id, first.child.personal_number)
    own = (copy.own["number"], copy.own["report_id"], copy.own["personal_number"])
    for old, new in zip(was, own, strict=True):
        text = text.replace(f'"{old}"', f'"{new}"')
    return text


def copy_rows(
    connection: psycopg.Connection,
    table: str,
    columns: Sequence[str],
    rows: Iterable[tuple[Any, ...]],
) -> None:
    """Many rows into one table, as fast as the server takes them."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor().copy(command) as copy:
        for row in rows:
            copy.write_row(row)
