"""The breach ledger and what falls due overnight, in memory."""

from collections import Counter
from datetime import datetime

from adapters.memory_tables import Staged
from rules.level import Level
from workflows.ledger_ports import BreachCount, BreachRow, BreachScope
from workflows.rows import CaseRow, ClockRow, Rows


class MemoryLedger:
    """The same questions as to PostgreSQL, by walking through every case."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    def breaches(self, scope: BreachScope, *, limit: int, offset: int = 0) -> tuple[BreachRow, ...]:
        found = sorted(self._passed(scope), key=_turn)
        return tuple(found[offset : offset + limit])

    def breach_counts(self, scope: BreachScope) -> tuple[BreachCount, ...]:
        found = Counter((it.clock.owner or "", it.clock.cause) for it in self._passed(scope))
        return tuple(
            BreachCount(owner=owner, cause=cause, count=count)
            for (owner, cause), count in sorted(
                found.items(), key=lambda item: (item[0][0], item[0][1] or "")
            )
        )

    def due_before(self, until: datetime) -> tuple[CaseRow, ...]:
        due = ((_nearest(rows, until), rows.case) for rows in self._every())
        found = [(at, row) for at, row in due if at is not None]
        found.sort(key=lambda it: (-Level(it[1].level).rank, it[0], it[1].case_id))
        return tuple(row for _, row in found)

    def _every(self) -> list[Rows]:
        with self._staged.store.lock:
            return list(self._staged.view().rows.values())

    def _passed(self, scope: BreachScope) -> list[BreachRow]:
        return [
            _breach(rows.case, clock)
            for rows in self._every()
            for clock in rows.clocks
            if clock.passed_at is not None and _is_within(clock, scope)
        ]


def _nearest(rows: Rows, until: datetime) -> datetime | None:
    closed = rows.case.closed_at is not None
    alive = (
        clock.resting_until or clock.due_at
        for clock in rows.clocks
        if clock.stopped_at is None
        if clock.passed_at is None or (clock.explained_at is None and not closed)
    )
    return min((end for end in alive if end < until), default=None)


def _breach(case: CaseRow, clock: ClockRow) -> BreachRow:
    return BreachRow(
        clock=clock,
        number=case.number,
        level=case.level,
        handover_unit=case.handover_unit,
        closed_at=case.closed_at,
    )


def _is_within(clock: ClockRow, scope: BreachScope) -> bool:
    return (
        (scope.owner is None or clock.owner == scope.owner)
        and (scope.cause is None or clock.cause == scope.cause)
        and (scope.explained is None or (clock.explained_at is not None) == scope.explained)
        and (scope.since is None or clock.due_at >= scope.since)
        and (scope.before is None or clock.due_at < scope.before)
    )


def _turn(row: BreachRow) -> tuple[bool, float, str, str]:
    clock = row.clock
    if clock.explained_at is None:
        return (False, clock.due_at.timestamp(), clock.case_id, clock.key)
    return (True, -clock.explained_at.timestamp(), clock.case_id, clock.key)
