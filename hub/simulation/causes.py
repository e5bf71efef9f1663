"""Why a deadline passed, in the simulation's own terms: it knows who waited for what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hub.simulation.profile import Team
from rules.case import Case
from rules.clock import Clock

_NONE = timedelta()


class Cause(StrEnum):
    """The values are what people read."""

    NOBODY = "väntade på personal, ingen i tjänst"
    BUSY = "väntade på personal, alla upptagna"
    UNREACHED = "kallelsen nådde inte enheten i tid"
    SILENT = "enheten svarade inte"
    LATE = "enheten svarade sent"
    SLOT = "mötets tid"
    WORK = "arbetet tog längre tid än fristen"


# What a chef chooses among in rules.yaml; a board without the code gets its last one.
_CODES = {
    Cause.NOBODY: "bemanning",
    Cause.BUSY: "bemanning",
    Cause.UNREACHED: "system",
    Cause.SILENT: "enhet_tyst",
    Cause.LATE: "enhet_tyst",
    Cause.SLOT: "motestid",
    Cause.WORK: "komplext",
}


@dataclass(frozen=True, slots=True)
class Wait:
    """A task of a case that lay in a team's queue between two moments."""

    team: Team
    since: datetime
    until: datetime
    nobody: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What the simulation knows of a case besides its journal, at the moment `at`."""

    at: datetime
    waits: tuple[Wait, ...]
    reached_at: Mapping[str, datetime]


def cause(case: Case, clock: Clock, seen: Seen) -> Cause:
    """The first that, taken away, would have kept the promise; else that the work took so long."""
    unit = clock.started.unit or ""
    if clock.started.clock == "enhetssvar" and unit in case.units:
        return _of_unit(case, clock, unit, seen=seen)
    ended = clock.stopped.stopped_at if clock.stopped else seen.at
    over = ended - clock.due_at
    waits = [(it, _within(it, clock.started.anchor_at, ended)) for it in seen.waits]
    waited = sum((length for _, length in waits), _NONE)
    if waited and waited >= over:
        return Cause.NOBODY if _longest(waits).nobody else Cause.BUSY
    slot = _slot_wait(case, until=ended)
    if slot and waited + slot >= over:
        return Cause.SLOT
    return Cause.WORK


def _of_unit(case: Case, clock: Clock, unit: str, *, seen: Seen) -> Cause:
    reached = seen.reached_at.get(unit)
    if reached is None or reached >= clock.due_at:
        return Cause.UNREACHED
    return Cause.LATE if case.units[unit].answers else Cause.SILENT


def _within(wait: Wait, since: datetime, until: datetime) -> timedelta:
    return max(min(wait.until, until) - max(wait.since, since), _NONE)


def _longest(waits: Iterable[tuple[Wait, timedelta]]) -> Wait:
    return max(waits, key=lambda it: it[1])[0]


def _slot_wait(case: Case, *, until: datetime) -> timedelta:
    """From when the units should have answered until the meeting, as far as it lay before."""
    if case.call is None:
        return _NONE
    return max(min(case.call.starts_at, until) - case.call.answer_by, _NONE)


def code(found: Cause, known: Mapping[str, str]) -> str:
    """The cause code of the rules that stands for `found`."""
    wanted = _CODES[found]
    return wanted if wanted in known else list(known)[-1]
