"""What the workflows need of the world about daily statements, as protocols."""

from datetime import date, datetime
from typing import Protocol

from workflows.daily_statement import Figures, Head, Signed


class AlreadyStated(Exception):
    """Another worker was first: the statement of the day is made."""


class Statements(Protocol):
    """The statements, one a day; rows are added, never changed."""

    def add(self, signed: Signed) -> None:
        """Raises AlreadyStated when the day or the number is taken."""

    def newest(self) -> Signed | None: ...

    def of_day(self, day: date) -> Signed | None: ...

    def every(self) -> tuple[Signed, ...]:
        """All of them, by number."""

    def figures(self, now: datetime) -> Figures:
        """How everything stands, all at one moment."""

    def settled(self) -> int | None:
        """The last position of the journal before which nothing more can come.

        None while somebody is writing who does not get done.
        """

    def head(self, since: Head, position: int) -> Head:
        """The journal until `position`, hashed row by row from where `since` left it."""


class Holds(Protocol):
    """Whether whoever has `key`, in hexadecimal digits, signed these very characters."""

    def __call__(self, text: str, signature: str, *, key: str) -> bool: ...


class Seal(Protocol):
    """Signs with the hub's own key, and tells whether a signature by any key holds."""

    @property
    def key(self) -> str:
        """The public half, in hexadecimal digits."""

    def sign(self, text: str) -> str: ...

    def holds(self, text: str, signature: str, *, key: str) -> bool:
        """Whether whoever has `key` signed these very characters."""
