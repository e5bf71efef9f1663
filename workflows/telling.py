"""Whether a case's journal and the messages of it agree: each step told once, and none left out."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from rules import events as ev
from rules.case import Case
from rules.clock import DUE
from workflows.notices import alarm_key


def telling_faults(
    case: Case, events: Sequence[ev.Event], put_out: Collection[str]
) -> Iterator[str]:
    """A sentence for each step told twice or not at all; `put_out` has the keys of all messages."""
    yield from _twice(events)
    for key, clock in case.clocks.items():
        if clock.passed is not None and clock.started.alarms and DUE not in clock.told:
            yield f"fristen {key} har brustit utan att någon fick veta det."
    for event in events:
        if isinstance(event, ev.Alerted):
            yield from _unsent(case, event, put_out)


def _twice(events: Sequence[ev.Event]) -> Iterator[str]:
    steps = Counter((it.key, it.step) for it in events if isinstance(it, ev.Alerted))
    breaches = Counter((it.key, DUE) for it in events if isinstance(it, ev.DeadlinePassed))
    for what, counted in (("larmad", steps), ("bruten", breaches)):
        for (key, step), times in counted.items():
            if times > 1:
                yield f"fristen {key} är {what} {times} gånger för steget {step}."


def _unsent(case: Case, event: ev.Alerted, put_out: Collection[str]) -> Iterator[str]:
    for told in event.told:
        if alarm_key(case.id, event, told) not in put_out:
            yield f"larmet om fristen {event.key}, steget {event.step}, lades aldrig ut."
