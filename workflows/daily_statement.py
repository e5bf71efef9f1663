"""What a daily statement says, how it is written and chained, and what is wrong with a chain."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import pairwise

from pydantic import TypeAdapter, ValidationError

from rules.local_time import STOCKHOLM, local_day

FIRST = ""
_MORNING = time(7)
_DAY = timedelta(days=1)
_IN_TIME = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Head:
    """How far the journal had come: its last position, and a hash over every row until there."""

    position: int = 0
    hash: str = FIRST


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the open cases are watched, counted at one moment; numbers of cases, never content.

    `with_clock` have a running clock that somebody will be told of, `with_breach` only a breach
    that somebody owns, and `without` neither: the promise is that there are none.
    """

    open: int
    with_clock: int
    with_breach: int
    without: tuple[str, ...]
    breaches_open: int
    breaches_unexplained: int
    oldest_alarm: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyStatement:
    """The statement of a Swedish day: what was so at `made_at`, never what should have been.

    `missed` are the days before for which none was made. `skew` is this machine's clock minus the
    database's, in milliseconds. `previous` is the hash of the statement before.
    """

    number: int
    day: date
    due_at: datetime
    made_at: datetime
    missed: tuple[date, ...]
    figures: Figures
    deliveries_waiting: int
    oldest_delivery: datetime | None
    dead_letters: int
    processes_working: int
    processes_silent: int
    skew: int
    rules_version: str
    head: Head
    previous: str

    @property
    def late(self) -> timedelta:
        """How long after its time it was made; nothing when in time, or before any was due."""
        after = self.made_at - self.due_at
        return after if after > _IN_TIME and self.number > 1 else timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A statement as it is kept: the very characters that were signed, and by which key."""

    number: int
    day: date
    text: str
    hash: str
    signature: str
    key: str

    @property
    def statement(self) -> DailyStatement:
        """What the text says; ValidationError when it has been damaged."""
        return _STATEMENT.validate_json(self.text)

    @property
    def name(self) -> str:
        """What a person calls it."""
        return f"Dagsintyg {self.number} ({self.day})"


_STATEMENT = TypeAdapter(DailyStatement)


def text_of(statement: DailyStatement) -> str:
    """The one way to write the statement."""
    data = _STATEMENT.dump_python(statement, mode="json")
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(text: str) -> str:
    """What the next statement and a printed copy know this one by."""
    return sha256(text.encode()).hexdigest()


def due(day: date) -> datetime:
    """07.00 of the Swedish day; no night with or without an extra hour touches it."""
    return datetime.combine(day, _MORNING, STOCKHOLM).astimezone(UTC)


def due_day(now: datetime) -> date:
    """The latest Swedish day whose 07.00 has come."""
    today = local_day(now)
    return today if now >= due(today) else today - _DAY


def missed(last: date, day: date) -> tuple[date, ...]:
    """The days between the last statement and this one."""
    return tuple(last + _DAY * n for n in range(1, (day - last).days))


def faults_of_chain(kept: Sequence[Signed]) -> Iterator[str]:
    """What has been changed, taken away or moved; the statements in order of number."""
    for signed in kept:
        yield from _faults_of_one(signed)
    for number, signed in enumerate(kept, 1):
        if signed.number != number:
            yield f"{signed.name}: nummer {number} saknas eller står på fel plats."
            break
    for before, after in pairwise(kept):
        yield from _faults_of_link(before, after)
    first = readable(kept[0]) if kept else None
    if first and first.previous != FIRST:
        yield f"{kept[0].name}: det föregående intyget saknas."


def _faults_of_one(signed: Signed) -> Iterator[str]:
    if hash_of(signed.text) != signed.hash:
        yield f"{signed.name}: texten är en annan än den som skrevs."
    read = readable(signed)
    if read is None:
        yield f"{signed.name}: texten går inte att läsa."
        return
    if (read.number, read.day) != (signed.number, signed.day):
        yield f"{signed.name}: nummer eller dag stämmer inte med texten."
    if read.due_at != due(read.day) or read.made_at < read.due_at:
        yield f"{signed.name}: tiden stämmer inte; intyget är daterat före klockan 07.00."


def _faults_of_link(before: Signed, after: Signed) -> Iterator[str]:
    first, second = readable(before), readable(after)
    if first is None or second is None:
        return
    if second.previous != before.hash:
        yield f"{after.name}: följer inte på intyget före; något är ändrat eller borttaget."
    if second.day <= first.day or second.missed != missed(first.day, second.day):
        yield f"{after.name}: dagarna mellan intygen stämmer inte."
    if second.made_at <= first.made_at or second.head.position < first.head.position:
        yield f"{after.name}: är äldre än intyget före."


def readable(signed: Signed) -> DailyStatement | None:
    """What it says; None when it has been damaged."""
    try:
        return signed.statement
    except ValidationError:
        return None
