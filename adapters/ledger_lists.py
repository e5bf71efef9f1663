"""The breach ledger and what falls due overnight, read from the projections in one query each."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select, true

from adapters.tables import cases, clocks
from rules.level import Level
from workflows.ledger_ports import BreachCount, BreachRow, BreachScope
from workflows.rows import CaseRow, ClockRow

_CLOCK = tuple(field.name for field in fields(ClockRow))
_OF_CASE = ("number", "level", "handover_unit", "closed_at")
_RANKS = {level.value: level.rank for level in Level}


class PostgresLedger:
    """On the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def breaches(self, scope: BreachScope, *, limit: int, offset: int = 0) -> tuple[BreachRow, ...]:
        waits = clocks.c.explained_at.is_(None)
        query = (
            select(
                *(clocks.c[name] for name in _CLOCK),
                *(cases.c[name].label(f"case_{name}") for name in _OF_CASE),
            )
            .join(cases, cases.c.case_id == clocks.c.case_id)
            .where(_passed(scope))
            .order_by(
                waits.desc(),
                case((waits, clocks.c.due_at)).asc(),
                clocks.c.explained_at.desc(),
                clocks.c.case_id,
                clocks.c.key,
            )
            .limit(limit)
            .offset(offset)
        )
        return tuple(_breach(row) for row in self._connection.execute(query).mappings())

    def breach_counts(self, scope: BreachScope) -> tuple[BreachCount, ...]:
        owner, cause = func.coalesce(clocks.c.owner, ""), clocks.c.cause
        query = (
            select(owner, cause, func.count())
            .where(_passed(scope))
            .group_by(owner, cause)
            .order_by(owner, cause.asc().nulls_first())
        )
        return tuple(
            BreachCount(owner=unit, cause=why, count=number)
            for unit, why, number in self._connection.execute(query)
        )

    def due_before(self, until: datetime) -> tuple[CaseRow, ...]:
        end = func.coalesce(clocks.c.resting_until, clocks.c.due_at)
        waits = clocks.c.explained_at.is_(None) & cases.c.closed_at.is_(None)
        nearest = (
            select(clocks.c.case_id, func.min(end).label("due_at"))
            .join(cases, cases.c.case_id == clocks.c.case_id)
            .where(clocks.c.stopped_at.is_(None), end < until)
            .where(clocks.c.passed_at.is_(None) | waits)
            .group_by(clocks.c.case_id)
            .subquery()
        )
        query = (
            select(cases)
            .join(nearest, nearest.c.case_id == cases.c.case_id)
            .order_by(case(_RANKS, value=cases.c.level).desc(), nearest.c.due_at, cases.c.case_id)
        )
        return tuple(CaseRow(**row) for row in self._connection.execute(query).mappings())


def _passed(scope: BreachScope) -> ColumnElement[bool]:
    return and_(clocks.c.passed_at.is_not(None), *_conditions(scope))


def _conditions(scope: BreachScope) -> Iterator[ColumnElement[bool]]:
    yield true()
    if scope.owner is not None:
        yield clocks.c.owner == scope.owner
    if scope.cause is not None:
        yield clocks.c.cause == scope.cause
    if scope.explained is not None:
        yield clocks.c.explained_at.is_not(None) == scope.explained
    if scope.since is not None:
        yield clocks.c.due_at >= scope.since
    if scope.before is not None:
        yield clocks.c.due_at < scope.before


def _breach(row: Mapping[Any, Any]) -> BreachRow:
    clock = ClockRow(**{name: row[name] for name in _CLOCK})
    return BreachRow(clock=clock, **{name: row[f"case_{name}"] for name in _OF_CASE})
