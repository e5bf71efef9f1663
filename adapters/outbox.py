"""The outbox: messages in the transaction of their cause, delivered at least once afterwards."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    RowMapping,
    Text,
    any_,
    bindparam,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from adapters.invitation import packed, unpacked
from adapters.projections import columns_of
from adapters.rowset import insert_rows, write_rows
from adapters.tables import delivery_resends, delivery_settlements, outbox
from rules.people import Role
from workflows.delivery_ports import (
    EVERY,
    Among,
    Claim,
    Counts,
    Delivery,
    Failure,
    Notice,
    Resend,
    Settlement,
    Theirs,
    Way,
)

_NOTICE = tuple(field.name for field in fields(Notice))
_PUT = insert_rows(outbox, (*_NOTICE, "way")).on_conflict_do_nothing(index_elements=["key"])
_FREE = {"claimed_by": None, "claimed_until": None}
_GIVEN_UP = outbox.c.dead & outbox.c.settled_at.is_(None)
_ENDED = outbox.c.sent_at.is_not(None) | outbox.c.settled_at.is_not(None)
_UNDER_WAY = outbox.c.sent_at.is_(None) & ~outbox.c.dead


class PostgresOutbox:
    """Puts, claims and settles on the connection of one unit of work."""

    def __init__(self, connection: Connection, ways: Sequence[Way]) -> None:
        self._connection = connection
        self._ways = ways

    def put(self, notices: Sequence[Notice]) -> None:
        rows = [_columns(notice.on(way), way) for notice in notices for way in self._ways]
        write_rows(self._connection, _PUT, rows)

    def claim(self, claim: Claim) -> tuple[Delivery, ...]:
        free = (
            select(outbox.c.id)
            .where(outbox.c.way == claim.way, _UNDER_WAY)
            .where(_come(outbox.c.next_try_at, claim.at), _come(outbox.c.claimed_until, claim.at))
            .order_by(outbox.c.tries, outbox.c.id)
            .limit(claim.most)
            .with_for_update(skip_locked=True)
            .cte("free")
        )
        take = (
            update(outbox)
            .where(outbox.c.id == free.c.id)
            .values(tries=outbox.c.tries + 1, claimed_by=claim.by, claimed_until=claim.until)
            .returning(outbox)
        )
        taken = map(_delivery, self._connection.execute(take).mappings())
        return tuple(sorted(taken, key=lambda it: (it.tries, it.id)))

    def release(self, by: str) -> None:
        self._connection.execute(
            update(outbox)
            .where(outbox.c.claimed_by == by, _UNDER_WAY)
            .values(tries=outbox.c.tries - 1, **_FREE)
        )

    def sent(
        self, delivery_id: int, at: datetime, received_by: Sequence[str], *, detour: str | None
    ) -> None:
        done = {"sent_at": at, "failed": None, "dead": False, "next_try_at": None}
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id == delivery_id, outbox.c.sent_at.is_(None))
            .values(receivers=list(received_by), detour=detour, **done, **_FREE)
        )

    def failed(self, delivery_id: int, failure: Failure, *, by: str) -> None:
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id == delivery_id, outbox.c.claimed_by == by, _UNDER_WAY)
            .values(
                failed=failure.reason,
                next_try_at=failure.next_try_at,
                dead=failure.dead,
                receivers=list(failure.received_by),
                **_FREE,
            )
        )

    def one(self, delivery_id: int) -> Delivery | None:
        query = select(outbox).where(outbox.c.id == delivery_id).with_for_update()
        row = self._connection.execute(query).mappings().one_or_none()
        return _delivery(row) if row else None

    def resend(self, resend: Resend) -> None:
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id == resend.delivery_id)
            .values(dead=False, tries=0, next_try_at=resend.at, **_FREE)
        )
        self._connection.execute(insert(delivery_resends).values(columns_of(resend)))

    def resends(self, delivery_ids: Sequence[int]) -> tuple[Resend, ...]:
        table = delivery_resends
        query = select(table).where(table.c.delivery_id.in_(delivery_ids)).order_by(table.c.id)
        rows = self._connection.execute(query).mappings()
        return tuple(Resend(**{name: row[name] for name in row if name != "id"}) for row in rows)

    def settle(self, settlement: Settlement) -> None:
        settled = update(outbox).where(outbox.c.id == settlement.delivery_id)
        self._connection.execute(settled.values(settled_at=settlement.at))
        self._connection.execute(insert(delivery_settlements).values(columns_of(settlement)))

    def settlements(self, delivery_ids: Sequence[int]) -> tuple[Settlement, ...]:
        table = delivery_settlements
        query = select(table).where(table.c.delivery_id.in_(delivery_ids)).order_by(table.c.id)
        rows = self._connection.execute(query).mappings()
        return tuple(
            Settlement(**{name: row[name] for name in row if name != "id"}) for row in rows
        )

    def recent(self, limit: int, among: Among = EVERY) -> tuple[Delivery, ...]:
        nearest = outbox.c.id.asc() if among.newer_than is not None else outbox.c.id.desc()
        query = select(outbox).where(*_conditions(among)).order_by(nearest).limit(limit)
        found = map(_delivery, self._connection.execute(query).mappings())
        return tuple(sorted(found, key=lambda it: it.id, reverse=True))

    def dead(self) -> tuple[Delivery, ...]:
        query = select(outbox).where(_GIVEN_UP).order_by(outbox.c.id.desc())
        return tuple(map(_delivery, self._connection.execute(query).mappings()))

    def waiting(self, limit: int, theirs: Theirs | None = None) -> tuple[Delivery, ...]:
        among = _conditions(Among(theirs=theirs))
        query = select(outbox).where(_UNDER_WAY, *among).order_by(outbox.c.id).limit(limit)
        return tuple(map(_delivery, self._connection.execute(query).mappings()))

    def oldest_waiting(self, now: datetime) -> datetime | None:
        query = select(func.min(outbox.c.made_at)).where(_UNDER_WAY, outbox.c.made_at <= now)
        oldest: datetime | None = self._connection.scalar(query)
        return oldest

    def counts(self) -> Counts:
        failing = func.count().filter(outbox.c.failed.is_not(None))
        under_way = select(func.count(), failing).where(_UNDER_WAY)
        dead = select(func.count()).select_from(outbox).where(_GIVEN_UP)
        waiting, failed = self._connection.execute(under_way.select_from(outbox)).one()
        return Counts(waiting, failed, self._connection.execute(dead).scalar_one())


def _conditions(among: Among) -> Iterator[ColumnElement[bool]]:
    if among.newer_than is not None:
        yield outbox.c.id > among.newer_than
    if among.older_than is not None:
        yield outbox.c.id < among.older_than
    if among.ended:
        yield _ENDED
    if among.theirs is not None:
        ids = bindparam(None, list(among.theirs.case_ids), type_=ARRAY(Text))
        yield or_(_is_to(among.theirs.unit), outbox.c.case_id == any_(ids))


def _is_to(unit: str | None) -> ColumnElement[bool]:
    return false() if unit is None else outbox.c.unit == unit


def _come(column: ColumnElement[datetime], now: datetime) -> ColumnElement[bool]:
    return or_(column.is_(None), column <= now)


def _columns(notice: Notice, way: Way) -> dict[str, Any]:
    return columns_of(notice) | {"invitation": packed(notice.invitation), "way": way}


def _delivery(row: RowMapping) -> Delivery:
    told = {name: row[name] for name in _NOTICE}
    told["role"] = Role(row["role"]) if row["role"] else None
    told["invitation"] = unpacked(row["invitation"])
    return Delivery(
        id=row["id"],
        notice=Notice(**told),
        way=Way(row["way"]),
        tries=row["tries"],
        sent_at=row["sent_at"],
        failed=row["failed"],
        dead=row["dead"],
        next_try_at=row["next_try_at"],
        claimed_by=row["claimed_by"],
        claimed_until=row["claimed_until"],
        received_by=tuple(row["receivers"] or ()),
        detour=row["detour"],
        settled_at=row["settled_at"],
    )
