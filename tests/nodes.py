"""A process of the program, made up."""

from datetime import datetime, timedelta

from tests.people import MORNING
from workflows.node_ports import Node


def node(
    name: str,
    *,
    started: float,
    seen: float,
    left: float | None = None,
    since: datetime = MORNING,
) -> Node:
    """A worker; the moments are in seconds since `since`."""
    return Node(
        id=name,
        kind="work",
        host="dator",
        program="1",
        schema="0011",
        started_at=since + timedelta(seconds=started),
        seen_at=since + timedelta(seconds=seen),
        left_at=None if left is None else since + timedelta(seconds=left),
    )
