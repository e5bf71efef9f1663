"""Ways out for messages that a test can read, shut, slow down and let fail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from workflows.delivery_ports import Line, Message, PostFailed, Way

Says = Callable[[Message], object]


def _nothing(_message: Message) -> None:
    """Every message is taken."""


@dataclass
class Box:
    """Keeps what it is given. `shut` is a server that does not answer; `says` may refuse one."""

    shut: bool = False
    way: Way = Way.MAIL
    longest: float = 5.0
    says: Says = _nothing
    lines: int = 0
    sent: list[Message] = field(default_factory=list)

    @contextmanager
    def line(self) -> Iterator[Line]:
        if self.shut:
            raise PostFailed("servern svarar inte", line_lost=True)
        self.lines += 1
        yield self

    def send(self, message: Message) -> None:
        self.says(message)
        self.sent.append(message)

    @property
    def keys(self) -> list[str]:
        return [message.notice.key for message in self.sent]

    @property
    def subjects(self) -> list[str]:
        return [message.notice.subject for message in self.sent]
