"""Where a story is played: an office on PostgreSQL whose clock the story sets, in any process."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, Engine, text

from adapters.database import program_engine
from adapters.work import postgres_work
from hub.api.precondition import expecting
from rules.case import Case
from rules.fold import replay
from tests.people import MORNING, Hands, office, rules
from workflows.delivery_ports import Message, PostFailed, Way
from workflows.ports import Office


@dataclass(frozen=True, slots=True)
class Letterbox:
    """Messages that were taken, in a file that outlives the process."""

    file: Path

    answers: bool = True
    for_good: bool = False
    longest: float = 0.0
    way = Way.MAIL

    @contextmanager
    def line(self) -> Iterator["Letterbox"]:
        if not self.answers:
            raise PostFailed("svarar inte", lasting=self.for_good)
        yield self

    def send(self, message: Message) -> None:
        with self.file.open("a", encoding="utf-8") as kept:
            kept.write(f"{message.notice.key}\n")

    def keys(self) -> list[str]:
        return self.file.read_text("utf-8").splitlines() if self.file.exists() else []


@dataclass
class Place:
    """The database and the time; an engine is made in the process that first asks for one."""

    url: URL
    folder: Path
    clock: Hands = field(default_factory=lambda: Hands(MORNING))
    version: int | None = None

    @cached_property
    def engine(self) -> Engine:
        return program_engine(self.url, pool_size=4)

    @property
    def post(self) -> Letterbox:
        return Letterbox(self.folder / "letters.txt")

    @property
    def office(self) -> Office:
        """An office; when a version was read, one that takes a step from that version alone."""
        there = office(postgres_work(self.engine), self.clock, lambda: str(uuid4()), rules())
        return there if self.version is None else expecting(there, self.version)

    @contextmanager
    def elsewhere(self) -> Iterator["Place"]:
        """The same place for somebody who looks and leaves no connection behind."""
        other = Place(self.url, self.folder, Hands(self.clock.now))
        yield other
        other.engine.dispose()

    def case_id(self, reference: str) -> str:
        with self.engine.connect() as connection:
            found: str = connection.scalars(_BY_REFERENCE, {"reference": reference}).one()
        return found

    def case_ids(self) -> list[str]:
        """Every case, in the order that they were registered."""
        with self.engine.connect() as connection:
            return list(connection.scalars(_REGISTERED))

    def case(self, reference: str) -> Case:
        case_id = self.case_id(reference)
        with replace(self.office).uow() as work:
            found = replay(case_id, work.journal.read(case_id))
        assert found is not None
        return found

    def note(self, name: str, value: str) -> None:
        """Remember for the processes to come."""
        (self.folder / name).write_text(value, "utf-8")

    def noted(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def after(self, **span: float) -> datetime:
        return self.clock.forward(**span)


_BY_REFERENCE = text(
    "SELECT case_id FROM cases WHERE reference = :reference ORDER BY case_id LIMIT 1"
)
_REGISTERED = text("SELECT case_id FROM journal WHERE seq = 1 ORDER BY position")
