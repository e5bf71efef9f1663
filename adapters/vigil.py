"""What the watchdog reads and keeps, on PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from adapters import promises
from adapters.alone import alone
from adapters.projections import columns_of
from adapters.tables import journal
from adapters.vigil_tables import findings, outage_deadlines, outages
from workflows.vigil_ports import Finding, Kind, Missed, Outage, Proof, Seen

_ONE_AT_A_TIME = 20_261_121


class PostgresVigil:
    """Reads and writes on the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def alone(self) -> None:
        alone(self._connection, _ONE_AT_A_TIME)

    def proof(self, before: datetime) -> Proof:
        return promises.proof(self._connection, before)

    def newest_event(self) -> datetime | None:
        last = select(journal.c.recorded_at).order_by(journal.c.position.desc()).limit(1)
        return self._connection.scalar(last)

    def passed(self, since: datetime, until: datetime) -> tuple[Missed, ...]:
        return promises.passed(self._connection, since, until)

    def add_outage(self, outage: Outage, *, found_by: str) -> None:
        row = {"since": outage.since, "until": outage.until, "found_by": found_by}
        added = insert(outages).values(row).returning(outages.c.id)
        number = self._connection.scalar(added)
        if outage.passed:
            rows = [columns_of(it) | {"outage_id": number} for it in outage.passed]
            self._connection.execute(insert(outage_deadlines), rows)

    def outages(self, limit: int) -> tuple[Outage, ...]:
        query = select(outages).order_by(outages.c.id.desc()).limit(limit)
        found = self._connection.execute(query).mappings().all()
        return tuple(Outage(it["since"], it["until"], self._missed(it["id"])) for it in found)

    def _missed(self, number: int) -> tuple[Missed, ...]:
        it = outage_deadlines.c
        query = (
            select(it.case_id, it.key, it.number, it.name, it.due_at)
            .where(it.outage_id == number)
            .order_by(it.due_at, it.case_id, it.key)
        )
        return tuple(Missed(**row) for row in self._connection.execute(query).mappings())

    def open_findings(self) -> tuple[Seen, ...]:
        query = select(findings).where(findings.c.cleared_at.is_(None))
        return self._findings(query.order_by(findings.c.id))

    def recent_findings(self, limit: int) -> tuple[Seen, ...]:
        return self._findings(select(findings).order_by(findings.c.id.desc()).limit(limit))

    def begin(self, finding: Finding, at: datetime) -> int:
        seen = {"first_seen": at, "last_seen": at, "told": finding.count, "told_at": at}
        row = columns_of(finding) | seen
        added = insert(findings).values(row).returning(findings.c.id)
        return int(self._connection.execute(added).scalar_one())

    def see(self, found: Sequence[tuple[int, Finding]], at: datetime) -> None:
        for number, finding in found:
            self._connection.execute(
                update(findings)
                .where(findings.c.id == number)
                .values(
                    count=finding.count,
                    last_seen=at,
                    told=func.least(findings.c.told, finding.count),
                )
            )

    def tell(self, finding_id: int, count: int, at: datetime) -> None:
        told = update(findings).where(findings.c.id == finding_id)
        self._connection.execute(told.values(told=count, told_at=at))

    def clear(self, finding_id: int, at: datetime) -> None:
        over = update(findings).where(findings.c.id == finding_id).values(cleared_at=at)
        self._connection.execute(over)

    def _findings(self, query: Select[tuple[object, ...]]) -> tuple[Seen, ...]:
        return tuple(_seen(row) for row in self._connection.execute(query).mappings())


def _seen(row: RowMapping) -> Seen:
    finding = Finding(
        kind=Kind(row["kind"]), since=row["since"], count=row["count"], place=row["place"]
    )
    return Seen(
        id=row["id"],
        finding=finding,
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
        told=row["told"],
        told_at=row["told_at"],
        cleared_at=row["cleared_at"],
    )
