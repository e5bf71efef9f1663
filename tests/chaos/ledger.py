"""What a database says that has happened, told so that two runs of one story can be compared."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, text

from rules.clocks import promise_is_kept
from rules.events import EVENT, Event
from rules.fold import replay

_CASES = text("SELECT DISTINCT case_id FROM journal ORDER BY case_id")
_EVENTS = text("SELECT event FROM journal WHERE case_id = :case_id ORDER BY seq")
_NOTICES = text("SELECT count(*) FROM outbox WHERE case_id <> ''")


@dataclass(frozen=True)
class Ledger:
    """Each case as the kinds of its events; and everything that is told twice or not at all.

    Messages about no case are not counted: they tell of the outages that deaths are.
    """

    stories: list[list[str]]
    notices: int
    twice: list[str]
    unkept: list[str]


def ledger_of(engine: Engine) -> Ledger:
    """Read from the journal alone: no list, no count and no clock of the program is trusted."""
    with engine.connect() as connection:
        cases = dict(_read(connection))
        notices = connection.scalar(_NOTICES) or 0
    folded = {case_id: replay(case_id, events) for case_id, events in cases.items()}
    return Ledger(
        stories=sorted([event.kind for event in events] for events in cases.values()),
        notices=notices,
        twice=[it for events in cases.values() for it in twice(events)],
        unkept=[name for name, it in folded.items() if it is None or not promise_is_kept(it)],
    )


def _read(connection: Connection) -> Iterator[tuple[str, tuple[Event, ...]]]:
    for case_id in connection.scalars(_CASES).all():
        found = connection.scalars(_EVENTS, {"case_id": case_id})
        yield case_id, tuple(EVENT.validate_json(event) for event in found)


def twice(events: tuple[Event, ...]) -> Iterator[str]:
    """A deadline passes once, and each rung of its ladder is told once."""
    marks = Counter(_mark(event) for event in events if event.kind in _ONCE)
    yield from (" ".join(mark) for mark, count in marks.items() if count > 1)


_ONCE = ("clock_started", "clock_stopped", "deadline_passed", "alerted", "registered")


def _mark(event: Event) -> tuple[str, ...]:
    return (event.kind, str(getattr(event, "key", "")), str(getattr(event, "step", "")))
