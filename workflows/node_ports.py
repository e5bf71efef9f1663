"""What the workflows need of the world about the processes of the program, as a protocol."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A process of the program; `schema` is the newest one that its version knows."""

    id: str
    kind: str
    host: str
    program: str
    schema: str
    started_at: datetime
    seen_at: datetime
    left_at: datetime | None = None


class Nodes(Protocol):
    """The processes that work on the store, or lately did."""

    def join(self, node: Node) -> None:
        """Keep a process that begins."""

    def beat(self, node: Node) -> None:
        """It was at work when it says it was seen; kept anew when it had been forgotten."""

    def leave(self, node_id: str, at: datetime) -> None:
        """It ended as it should."""

    def forget(self, before: datetime) -> None:
        """Drop those that were last seen before this moment."""

    def seen(self) -> tuple[Node, ...]:
        """All that are kept, the last to start first."""
