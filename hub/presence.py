"""This process among those that work on the database: it tells that it lives, until it must stop.

What stops it is a database that this version of the program is not made for. From then on every
transaction is refused; the next beat ends the process, so that nobody waits for it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from hub.starting import CannotGoOn
from workflows import nodes
from workflows.node_ports import Node
from workflows.ports import Office, StoreUnavailable, WrongVersion

_STOPPED = (
    "Databasen har bytts mot en som den här versionen av programmet inte får arbeta mot.",
    "Processen har slutat ta emot och har inte skrivit något. Starta den nya versionen.",
)


class Presence:
    """Tells of this process again and again; `stop` is how it ends itself when it must."""

    def __init__(self, office: Office, node: Node, *, stop: Callable[[], None]) -> None:
        self._office = office
        self._node = node
        self._stop = stop
        self._refused = False
        self._log = structlog.get_logger()

    @property
    def refused(self) -> bool:
        """Whether the database is no longer one that this program may work on."""
        return self._refused

    def join(self) -> None:
        """Tell that it begins."""
        nodes.join(self._office, self._node)

    def beat(self) -> None:
        """A sign of life; the process is stopped when the database refuses it."""
        try:
            nodes.beat(self._office, self._node)
        except WrongVersion as wrong:
            self._refused = True
            self._log.critical(
                "node.stopped", known=wrong.known, schema=wrong.schema, oldest=wrong.oldest
            )
            self._stop()

    def leave(self) -> None:
        """Tell that it ends; a database that is away will see that it is silent."""
        try:
            nodes.leave(self._office, self._node.id)
        except StoreUnavailable:
            self._log.warning("node.left_untold")


@contextmanager
def on_duty(presence: Presence) -> Iterator[Presence]:
    """The process is known while the block lasts; CannotGoOn after it had to stop itself."""
    presence.join()
    try:
        yield presence
    finally:
        if presence.refused:
            raise CannotGoOn(_STOPPED)
        presence.leave()
