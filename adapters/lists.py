"""The lists that screens read: one query each, sorted by what needs somebody first."""

from collections.abc import Collection, Sequence

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
    text,
    true,
)

from adapters.ledger_lists import PostgresLedger
from adapters.tables import alarms, cases, clocks, units
from rules.level import Level
from workflows.ports import Scope
from workflows.rows import CaseRow, ClockRow, UnitRow

_is_told = exists().where(alarms.c.case_id == clocks.c.case_id, alarms.c.key == clocks.c.key)


class PostgresLists(PostgresLedger):
    """Reads of the projections on the connection of one unit of work."""

    def next_number(self, year: int) -> int:
        number = self._connection.scalar(text("SELECT next_case_number(:year)"), {"year": year})
        return int(number or 0)

    def row(self, case_id: str) -> CaseRow | None:
        return self._first(select(cases).where(cases.c.case_id == case_id))

    def by_number(self, number: str) -> CaseRow | None:
        return self._first(select(cases).where(cases.c.number == number))

    def by_reference(self, reference: str) -> tuple[CaseRow, ...]:
        """Also waits for anybody else who has asked for the same reference and may register it."""
        self._wait(f"reference:{reference}")
        return self._oldest_first(cases.c.reference == reference)

    def hold_children(self, personal_numbers: Collection[str]) -> None:
        # In one order for everybody, so that two about the same two children do not deadlock.
        for number in sorted(set(personal_numbers)):
            self._wait(f"child:{number}")

    def of_child(self, personal_number: str) -> tuple[CaseRow, ...]:
        return self._newest_first(cases.c.personal_number == personal_number)

    def of_context(self, context: str) -> tuple[CaseRow, ...]:
        """Also waits for anybody else who registers in the context: one of two sees the other."""
        self._wait(f"context:{context}")
        return self._newest_first(cases.c.context == context)

    def of_report(self, report_id: str) -> tuple[CaseRow, ...]:
        return self._oldest_first(cases.c.report_id == report_id)

    def cases(self, scope: Scope) -> tuple[CaseRow, ...]:
        nearest = _nearest_deadline()
        query = (
            select(cases)
            .outerjoin(nearest, true())
            .where(_within(scope))
            .order_by(
                func.coalesce(nearest.c.breached, False).desc(),
                nearest.c.due_at.asc().nulls_last(),
                case({level.value: level.rank for level in Level}, value=cases.c.level).desc(),
                cases.c.received_at,
                cases.c.case_id,
            )
        )
        return self._cases(query)

    def clocks(self, case_ids: Sequence[str]) -> tuple[ClockRow, ...]:
        query = select(clocks).where(clocks.c.case_id.in_(case_ids))
        ordered = query.order_by(clocks.c.due_at, clocks.c.case_id, clocks.c.key)
        return tuple(ClockRow(**row) for row in self._connection.execute(ordered).mappings())

    def units(self, case_ids: Sequence[str]) -> tuple[UnitRow, ...]:
        query = select(units).where(units.c.case_id.in_(case_ids))
        ordered = query.order_by(units.c.called_at, units.c.case_id, units.c.unit)
        return tuple(UnitRow(**row) for row in self._connection.execute(ordered).mappings())

    def unpromised(self) -> tuple[str, ...]:
        promised = exists().where(
            clocks.c.case_id == cases.c.case_id,
            clocks.c.stopped_at.is_(None),
            or_(
                clocks.c.passed_at.is_(None) & _is_told,
                clocks.c.passed_at.is_not(None) & (func.coalesce(clocks.c.owner, "") != ""),
            ),
        )
        query = select(cases.c.case_id).where(cases.c.closed_at.is_(None), ~promised)
        return tuple(self._connection.scalars(query.order_by(cases.c.case_id)))

    def _first(self, query: Select[tuple[object, ...]]) -> CaseRow | None:
        return next(iter(self._cases(query)), None)

    def _wait(self, name: str) -> None:
        lock = func.pg_advisory_xact_lock(func.hashtextextended(name, 0))
        self._connection.execute(select(lock))

    def _newest_first(self, condition: ColumnElement[bool]) -> tuple[CaseRow, ...]:
        query = select(cases).where(condition)
        return self._cases(query.order_by(cases.c.received_at.desc(), cases.c.case_id.desc()))

    def _oldest_first(self, condition: ColumnElement[bool]) -> tuple[CaseRow, ...]:
        query = select(cases).where(condition)
        return self._cases(query.order_by(cases.c.registered_at, cases.c.number))

    def _cases(self, query: Select[tuple[object, ...]]) -> tuple[CaseRow, ...]:
        return tuple(CaseRow(**row) for row in self._connection.execute(query).mappings())


def _nearest_deadline() -> FromClause:
    """Of a case: the nearest end of a clock that nothing has stopped, and if one has passed.

    One that rests ends no sooner than its rest.
    """
    return (
        select(
            func.min(func.greatest(clocks.c.due_at, clocks.c.resting_until)).label("due_at"),
            func.bool_or(clocks.c.passed_at.is_not(None)).label("breached"),
        )
        .where(clocks.c.case_id == cases.c.case_id, clocks.c.stopped_at.is_(None))
        .lateral()
    )


def _within(scope: Scope) -> ColumnElement[bool]:
    """Every condition is a relation to the case; none is no case at all."""
    relations: list[ColumnElement[bool]] = [true() if scope.everything else false()]
    called = [
        column == value
        for column, value in ((units.c.unit, scope.unit), (units.c.deputy, scope.deputy))
        if value is not None
    ]
    if called:
        # A unit sees a case until it is closed, also in a list of closed ones.
        is_called = exists().where(units.c.case_id == cases.c.case_id, or_(*called))
        relations.append(and_(is_called, cases.c.closed_at.is_(None)))
    if scope.investigator is not None:
        relations.append(cases.c.investigator == scope.investigator)
    if scope.receiving_unit is not None:
        relations.append(cases.c.handover_unit == scope.receiving_unit)
    if scope.unclaimed_in is not None:
        unclaimed = cases.c.investigator.is_(None)
        relations.append(and_(cases.c.handover_unit == scope.unclaimed_in, unclaimed))
    still_open = true() if scope.include_closed else cases.c.closed_at.is_(None)
    return and_(or_(*relations), still_open)
