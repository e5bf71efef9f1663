"""The processes of the program: each tells that it is there, and anybody may see which are."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from workflows.node_ports import Node
from workflows.ports import Office

_REMEMBERED = timedelta(days=7)
_SILENT = timedelta(seconds=30)


class Standing(StrEnum):
    """How a process is doing, in the word that people read."""

    WORKING = "igång"
    SILENT = "tyst"
    LEFT = "avslutad"


@dataclass(frozen=True, slots=True)
class Seen:
    """A process, and how it was doing when somebody looked."""

    node: Node
    standing: Standing


def join(office: Office, node: Node) -> None:
    """Tell that the process begins; those that have been gone for long are forgotten."""
    with office.uow() as work:
        work.nodes.forget(node.started_at - _REMEMBERED)
        work.nodes.join(node)
        work.commit()


def beat(office: Office, node: Node) -> None:
    """Tell that the process still works; WrongVersion when it must not.

    One that slept until it was forgotten is seen again.
    """
    with office.uow() as work:
        work.nodes.beat(replace(node, seen_at=office.clock()))
        work.commit()


def leave(office: Office, node_id: str) -> None:
    """Tell that the process ends as it should."""
    with office.uow() as work:
        work.nodes.leave(node_id, office.clock())
        work.commit()


def seen(office: Office) -> tuple[Seen, ...]:
    """Every process of the last week, the last to start first."""
    now = office.clock()
    with office.uow() as work:
        return tuple(Seen(node, _standing(node, now)) for node in work.nodes.seen())


def _standing(node: Node, now: datetime) -> Standing:
    if node.left_at is not None:
        return Standing.LEFT
    return Standing.SILENT if now - node.seen_at > _SILENT else Standing.WORKING
