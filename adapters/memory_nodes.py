"""The processes of the program in memory."""

from dataclasses import replace
from datetime import datetime

from adapters.memory_tables import Staged
from workflows.node_ports import Node


class MemoryNodes:
    """Nodes by id; one that is forgotten is kept as nothing until the transaction ends."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    def join(self, node: Node) -> None:
        self._staged.own.nodes[node.id] = node

    def beat(self, node: Node) -> None:
        kept = next(iter(self._of(node.id)), node)
        self._staged.own.nodes[node.id] = replace(kept, seen_at=node.seen_at)

    def leave(self, node_id: str, at: datetime) -> None:
        for node in self._of(node_id):
            self._staged.own.nodes[node_id] = replace(node, seen_at=at, left_at=at)

    def forget(self, before: datetime) -> None:
        for node in self.seen():
            if node.seen_at < before:
                self._staged.own.nodes[node.id] = None

    def seen(self) -> tuple[Node, ...]:
        with self._staged.store.lock:
            kept = [node for node in self._staged.view().nodes.values() if node is not None]
        by_id = sorted(kept, key=lambda node: node.id)
        return tuple(sorted(by_id, key=lambda node: node.started_at, reverse=True))

    def _of(self, node_id: str) -> list[Node]:
        return [node for node in self.seen() if node.id == node_id]
