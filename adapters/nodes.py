"""The processes of the program on PostgreSQL."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_once

from adapters.node_tables import nodes
from adapters.projections import columns_of
from workflows.node_ports import Node


class PostgresNodes:
    """Reads and writes on the connection of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def join(self, node: Node) -> None:
        self._connection.execute(insert(nodes).values(columns_of(node)))

    def beat(self, node: Node) -> None:
        kept = insert_once(nodes).values(columns_of(node))
        seen = {"seen_at": node.seen_at}
        self._connection.execute(kept.on_conflict_do_update(index_elements=["id"], set_=seen))

    def leave(self, node_id: str, at: datetime) -> None:
        gone = update(nodes).where(nodes.c.id == node_id).values(seen_at=at, left_at=at)
        self._connection.execute(gone)

    def forget(self, before: datetime) -> None:
        self._connection.execute(delete(nodes).where(nodes.c.seen_at < before))

    def seen(self) -> tuple[Node, ...]:
        query = select(nodes).order_by(nodes.c.started_at.desc(), nodes.c.id)
        return tuple(Node(**row) for row in self._connection.execute(query).mappings())
