"""Which processes live, and which have gone silent without anybody in their place.

A sign of life from a clock that is ahead says nothing of whether somebody lives now.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from workflows.node_ports import Node
from workflows.ports import UnitOfWork

# So far apart may clocks be, and still be believed.
SKEW = timedelta(seconds=5)
SILENT = timedelta(seconds=60)


def last_beat(work: UnitOfWork, now: datetime) -> datetime | None:
    """The newest sign of life of any worker that can have been left by now."""
    return work.watch.last_beat(now + SKEW)


def working(nodes: Sequence[Node], now: datetime) -> tuple[Node, ...]:
    """Those that have given a sign of life lately and have not said farewell."""
    return tuple(it for it in nodes if it.left_at is None and _has_beaten(it, now))


def silent(nodes: Sequence[Node], now: datetime) -> tuple[Node, ...]:
    """Those that stopped without a word and that nothing has been started in the place of.

    A process that was killed and started anew on the same machine is not missed.
    """
    gone = [it for it in nodes if it.left_at is None and not _has_beaten(it, now)]
    free = sorted(working(nodes, now), key=lambda it: it.started_at)
    missed = []
    for node in sorted(gone, key=lambda it: it.seen_at):
        heir = next((it for it in free if _is_in_place(it, node)), None)
        if heir is None:
            missed.append(node)
        else:
            free.remove(heir)
    return tuple(missed)


def _has_beaten(node: Node, now: datetime) -> bool:
    return abs(now - node.seen_at) < SILENT


def _is_in_place(heir: Node, node: Node) -> bool:
    same = (heir.kind, heir.host) == (node.kind, node.host)
    return same and heir.started_at > node.seen_at
