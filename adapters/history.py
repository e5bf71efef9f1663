"""What every case was when it was first classified, on PostgreSQL."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from adapters.tables import cases, journal
from rules.events import EVENT, Classified
from workflows.judgements import KINDS, LevelEvent, LevelRow
from workflows.past_concerns import PastCase, past_case

_BATCH = 1000


class PostgresHistory:
    """Reads on the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def first_classified(self) -> Iterator[PastCase]:
        first = (
            select(journal.c.case_id, func.min(journal.c.seq).label("seq"))
            .where(journal.c.kind == "classified")
            .group_by(journal.c.case_id)
            .subquery()
        )
        query = (
            select(cases.c.case_id, cases.c.number, cases.c.received_at, journal.c.event)
            .join(first, first.c.case_id == cases.c.case_id)
            .join(journal, and_(journal.c.case_id == first.c.case_id, journal.c.seq == first.c.seq))
            .order_by(cases.c.received_at, cases.c.case_id)
            .execution_options(yield_per=_BATCH)
        )
        for row in self._connection.execute(query):
            event = EVENT.validate_json(row.event)
            assert isinstance(event, Classified)
            said = event.classification
            yield past_case(row.case_id, row.number, row.received_at, said=said)

    def levels(self, since: datetime, until: datetime) -> Iterator[LevelRow]:
        of_levels = journal.c.kind.in_(KINDS)
        touched = select(journal.c.case_id).where(
            of_levels, journal.c.recorded_at >= since, journal.c.recorded_at < until
        )
        query = (
            select(journal.c.case_id, cases.c.number, cases.c.closed_at, journal.c.event)
            .outerjoin(cases, cases.c.case_id == journal.c.case_id)
            .where(of_levels, journal.c.recorded_at < until, journal.c.case_id.in_(touched))
            .order_by(journal.c.case_id, journal.c.seq)
            .execution_options(yield_per=_BATCH)
        )
        for row in self._connection.execute(query):
            number = row.number or row.case_id
            yield LevelRow(row.case_id, number, row.closed_at is not None, _read(row.event))


def _read(text: str) -> LevelEvent | None:
    try:
        event = EVENT.validate_json(text)
    except ValueError:
        return None
    return event if isinstance(event, LevelEvent) else None
