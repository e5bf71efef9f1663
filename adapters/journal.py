"""The journal on PostgreSQL: rows are added, numbered and sealed, never changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ARRAY, Connection, Text, bindparam, cast, func, select, true
from sqlalchemy.exc import IntegrityError

from adapters.chain import FIRST, canonical, seal
from adapters.projections import write_changes
from adapters.rowset import insert_rows, write_rows
from adapters.tables import cases, journal
from rules.case import Case
from rules.errors import ChangedMeanwhile
from rules.events import EVENT, Event
from rules.fold import extend, replay
from workflows.ports import Addition
from workflows.rows import Changed, changed


class PostgresJournal:
    """Reads and appends on the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seen: dict[str, tuple[Event, ...]] = {}
        self._known: dict[str, Case] = {}

    def read(self, case_id: str) -> tuple[Event, ...]:
        return self._read([case_id]).get(case_id, ())

    def cases(self, case_ids: Sequence[str]) -> Mapping[str, Case]:
        found = {}
        for case_id, events in self._read(case_ids).items():
            case = replay(case_id, events)
            if case is not None:
                found[case_id] = case
        self._known |= found
        return found

    def _read(self, case_ids: Sequence[str]) -> Mapping[str, tuple[Event, ...]]:
        rows = self._connection.execute(_EVENTS, {"case_ids": list(case_ids)})
        found = {
            case_id: tuple(EVENT.validate_json(text) for _, text in told)
            for case_id, told in groupby(rows, key=lambda row: row[0])
        }
        self._seen |= found
        return found

    def append(self, case_id: str, events: Sequence[Event], *, expected: int) -> None:
        self.append_all((Addition(case_id, tuple(events), expected),))

    def append_all(self, additions: Sequence[Addition]) -> None:
        seals = self._stand(additions)
        rows = [row for it in additions for row in _chained(it, seals[it.case_id])]
        if not rows:
            return
        try:
            with self._connection.begin_nested():
                write_rows(self._connection, _ADD, rows)
        except IntegrityError as taken:
            raise ChangedMeanwhile from taken
        write_changes(self._connection, self._changes([it for it in additions if it.events]))

    def _stand(self, additions: Iterable[Addition]) -> Mapping[str, str]:
        """The seal of each case's last event, which must be number `expected`."""
        wanted = {it.case_id: it.expected for it in additions}
        begun = sorted(case_id for case_id, expected in wanted.items() if expected)
        if begun:
            # Everybody takes this lock first, so that two appends wait and do not deadlock.
            self._connection.execute(_LOCK, {"case_ids": begun})
        stand = dict.fromkeys(wanted, (0, FIRST))
        for case_id, seq, sealed in self._connection.execute(_LAST, {"case_ids": list(wanted)}):
            stand[case_id] = seq, sealed
        if any(stand[case_id][0] != expected for case_id, expected in wanted.items()):
            raise ChangedMeanwhile
        return {case_id: sealed for case_id, (_, sealed) in stand.items()}

    def _changes(self, additions: Iterable[Addition]) -> Iterator[Changed]:
        for it in additions:
            before = self._before(it)
            after = extend(before, it.events) if before else replay(it.case_id, it.events)
            if after is not None:
                self._known[it.case_id] = after
                yield changed(after, before)

    def _before(self, addition: Addition) -> Case | None:
        """The case as it was before these events; read again only when this unit has not."""
        case_id, expected = addition.case_id, addition.expected
        known = self._known.get(case_id)
        if known is not None and known.version == expected:
            return known
        seen = self._seen.get(case_id, ())
        if len(seen) < expected:
            seen = self.read(case_id)
        return replay(case_id, seen[:expected])


def _wanted() -> Any:
    return func.any(cast(bindparam("case_ids"), ARRAY(Text)))


_EVENTS = (
    select(journal.c.case_id, journal.c.event)
    .where(journal.c.case_id == _wanted())
    .order_by(journal.c.case_id, journal.c.seq)
)
_ADD = insert_rows(journal, [column.name for column in journal.columns if not column.identity])
_LOCK = (
    select(cases.c.case_id)
    .where(cases.c.case_id == _wanted())
    .order_by(cases.c.case_id)
    .with_for_update()
)


def _last() -> Any:
    asked = (
        func.unnest(cast(bindparam("case_ids"), ARRAY(Text)))
        .table_valued("case_id")
        .render_derived()
    )
    newest = (
        select(journal.c.seq, journal.c.hash)
        .where(journal.c.case_id == asked.c.case_id)
        .order_by(journal.c.seq.desc())
        .limit(1)
        .lateral()
    )
    return select(asked.c.case_id, newest.c.seq, newest.c.hash).join(newest, true())


_LAST = _last()


def _chained(addition: Addition, previous: str) -> Iterator[dict[str, Any]]:
    for seq, event in enumerate(addition.events, addition.expected + 1):
        text = canonical(event)
        previous = seal(previous, text, case_id=addition.case_id, seq=seq)
        yield {
            "case_id": addition.case_id,
            "seq": seq,
            "kind": event.kind,
            "actor": event.by,
            "recorded_at": event.at,
            "event": text,
            "hash": previous,
        }
