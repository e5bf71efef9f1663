"""The mail of a simulation: nothing leaves the program; it can be down, and tells whom it met."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from workflows.delivery_ports import Message, PostFailed, Way


@dataclass(slots=True)
class PlayedPost:
    """Takes every message and tells `reached` of its case and address, unless it is down."""

    reached: Callable[[str, str], None]
    down: bool = False

    way: Way = Way.MAIL
    longest: float = 1.0

    @contextmanager
    def line(self) -> Iterator["PlayedPost"]:
        """PostFailed while the mail is down."""
        if self.down:
            raise PostFailed("e-posten ligger nere")
        yield self

    def send(self, message: Message) -> None:
        """The message has come to everyone; with one on an outage nobody takes a case further."""
        for address in message.to if message.notice.case_id else ():
            self.reached(message.notice.case_id, address)
