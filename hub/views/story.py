"""The chronology as people read it: steps in order, the clocks' own events apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from hub.views.case import Lens
from hub.views.times import moment
from rules.events import Event
from workflows.chronology import chronology

_CLOCKS = frozenset({"clock_started", "clock_stopped", "alerted"})


@dataclass(frozen=True, slots=True)
class Told:
    """One line: when, who, what, and what was written."""

    seq: int
    when: str
    by: str
    what: str
    detail: str
    minor: bool
    breach: bool


def lines(events: Sequence[Event], lens: Lens, *, clocks: bool) -> tuple[Told, ...]:
    """Every event, the latest first; the comings and goings of clocks only when asked for."""
    told = (
        Told(
            seq=line.seq,
            when=moment(line.at),
            by=lens.name(line.by),
            what=line.what,
            detail="" if line.kind == "clock_stopped" else line.detail,
            minor=line.kind in _CLOCKS,
            breach=line.kind == "deadline_passed",
        )
        for line in chronology(events, lens.policy)
        if clocks or line.kind not in _CLOCKS
    )
    return tuple(reversed(list(told)))
