"""What every case was when it was first classified, on PostgreSQL."""

from collections.abc import Iterator

from sqlalchemy import Connection, and_, func, select

from adapters.tables import cases, journal
from rules.events import EVENT, Classified
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
