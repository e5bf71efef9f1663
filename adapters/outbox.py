"""The outbox: messages in the transaction of their cause, delivered at least once afterwards."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.invitation import packed, unpacked
from adapters.projections import columns_of
from adapters.tables import outbox
from rules.people import Role
from workflows.delivery_ports import Delivery, Notice


class PostgresOutbox:
    """Puts, claims and settles on the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, notices: Sequence[Notice]) -> None:
        if notices:
            rows = [columns_of(it) | {"invitation": packed(it.invitation)} for it in notices]
            put = insert(outbox).on_conflict_do_nothing(index_elements=["key"])
            self._connection.execute(put, rows)

    def claim(self, now: datetime) -> Delivery | None:
        query = (
            select(outbox)
            .where(
                outbox.c.sent_at.is_(None),
                ~outbox.c.dead,
                or_(outbox.c.next_try_at.is_(None), outbox.c.next_try_at <= now),
            )
            .order_by(outbox.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._connection.execute(query).mappings().one_or_none()
        return _delivery(row) if row else None

    def sent(self, delivery_id: int, at: datetime, receivers: Sequence[str]) -> None:
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id == delivery_id)
            .values(
                tries=outbox.c.tries + 1,
                sent_at=at,
                failed=None,
                next_try_at=None,
                receivers=list(receivers),
            )
        )

    def failed(self, delivery_id: int, *, reason: str, next_try_at: datetime, dead: bool) -> None:
        self._connection.execute(
            update(outbox)
            .where(outbox.c.id == delivery_id)
            .values(tries=outbox.c.tries + 1, failed=reason, next_try_at=next_try_at, dead=dead)
        )

    def recent(self, limit: int) -> tuple[Delivery, ...]:
        query = select(outbox).order_by(outbox.c.id.desc()).limit(limit)
        return tuple(_delivery(row) for row in self._connection.execute(query).mappings())

    def dead(self) -> tuple[Delivery, ...]:
        query = select(outbox).where(outbox.c.dead).order_by(outbox.c.id.desc())
        return tuple(_delivery(row) for row in self._connection.execute(query).mappings())


def _delivery(row: RowMapping) -> Delivery:
    notice = Notice(
        key=row["key"],
        case_id=row["case_id"],
        subject=row["subject"],
        body=row["body"],
        role=Role(row["role"]) if row["role"] else None,
        unit=row["unit"],
        account=row["account"],
        address=row["address"],
        made_at=row["made_at"],
        invitation=unpacked(row["invitation"]),
    )
    return Delivery(
        id=row["id"],
        notice=notice,
        tries=row["tries"],
        sent_at=row["sent_at"],
        failed=row["failed"],
        dead=row["dead"],
        next_try_at=row["next_try_at"],
    )
