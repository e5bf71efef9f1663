"""Who stands in when a called unit's own people are away: named by the program, at once."""

from dataclasses import dataclass
from datetime import datetime

from rules import events as ev
from rules.case import CalledUnit, Case
from rules.diary import Diary
from rules.people import PROGRAM

WHY = "Alla enhetens representanter är frånvarande; stående ersättare enligt frånvaroregistret."


@dataclass(frozen=True, slots=True)
class Unmanned:
    """A unit that nobody is there for, and the absence that made it so."""

    unit: str
    absence: str


@dataclass(frozen=True, slots=True)
class Cover:
    """Deputies to name, and units that nobody is there for and that nobody stands in for."""

    named: tuple[ev.DeputyNamed, ...] = ()
    unmanned: tuple[Unmanned, ...] = ()


def cover(case: Case, diary: Diary, at: datetime) -> Cover:
    """What a case that has its hub ahead needs now; a deputy that a person has named stays.

    Who stands in counts only while they are there themselves.
    """
    alone = [unit for unit in case.units.values() if _is_alone(case, unit, diary, at=at)]
    found = {unit.unit: _stand_in(case, unit, diary, at=at) for unit in alone}
    return Cover(
        named=tuple(_named(unit, deputy, at) for unit, deputy in found.items() if deputy),
        unmanned=tuple(
            Unmanned(unit.unit, _absence(case, unit, diary, at=at))
            for unit in alone
            if found[unit.unit] is None
        ),
    )


def _is_alone(case: Case, unit: CalledUnit, diary: Diary, *, at: datetime) -> bool:
    if case.call is None or case.meeting or case.decision or case.closed:
        return False
    starts_at, answer_by = case.call.starts_at, max(unit.answer_by, at)
    named = unit.deputy
    if named and not diary.misses(named.deputy, now=at, answer_by=answer_by, at=starts_at):
        return False
    return diary.nobody_for(unit.unit, now=at, answer_by=answer_by, at=starts_at)


def _stand_in(case: Case, unit: CalledUnit, diary: Diary, *, at: datetime) -> str | None:
    assert case.call is not None
    return diary.stand_in(unit.unit, at, max(at, case.call.ends_at))


def _absence(case: Case, unit: CalledUnit, diary: Diary, *, at: datetime) -> str:
    assert case.call is not None
    deputy = (unit.deputy.deputy,) if unit.deputy else ()
    people = (*diary.people.get(unit.unit, ()), *deputy)
    return diary.newest_absence(people, at, max(at, case.call.ends_at))


def _named(unit: str, deputy: str, at: datetime) -> ev.DeputyNamed:
    return ev.DeputyNamed(at=at, by=PROGRAM.id, unit=unit, deputy=deputy, reason=WHY)
