"""What a run shows, as plain numbers: times, promises, causes, units, meetings and load."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from math import ceil

from hub.simulation.measured import PROMISES, Measured, Promise
from hub.simulation.playing import TEAMS, Played
from hub.simulation.profile import Team
from hub.simulation.worker import Tally, case_of
from rules.level import Level
from rules.local_time import STOCKHOLM
from workflows.vigil_ports import Outage

HOURS = range(24)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTimes:
    """One step at one level: hours from receipt, and how many of its promises were kept."""

    level: Level
    step: str
    count: int
    median: float
    p90: float
    promised: int
    kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaches:
    """A clock that ran out: how often, by the hour the concern came in, by week, and why."""

    clock: str
    name: str
    count: int
    by_hour: tuple[int, ...]
    by_week: tuple[int, ...]
    causes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """How a unit answered its calls."""

    unit: str
    called: int
    in_time: int
    late: int
    never: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """How many hubs met, how many of them at extra times, and the most at one moment."""

    count: int
    extra: int
    most_at_once: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """A team at one hour of the day: hours of work that came a day, and people at work."""

    team: Team
    weekend: bool
    hour: int
    wanted: float
    present: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHour:
    """Hours from receipt to decision for concerns of the hub that came in at one hour."""

    hour: int
    count: int
    median: float
    p90: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The promise of the program: how often it was tried, and every time it did not hold."""

    checks: int
    unpromised: int
    overlooked: int
    unrecorded: int
    damaged: int

    @property
    def holds(self) -> bool:
        return not (self.unpromised or self.overlooked or self.unrecorded or self.damaged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One run, summed up."""

    seed: int
    days: int
    arrived: int
    unregistered: int
    levels: Mapping[Level, int]
    steps: tuple[StepTimes, ...]
    breaches: tuple[Breaches, ...]
    units: tuple[Unit, ...]
    meetings: Meetings
    load: tuple[Load, ...]
    decided_by_hour: tuple[ByHour, ...]
    outages: tuple[Outage, ...]
    mails: int
    kept: Kept


def result_of(played: Played) -> Result:
    """The run, summed up over the concerns that are counted."""
    cases = played.cases
    return Result(
        seed=played.plan.seed,
        days=played.plan.days,
        arrived=played.arrived,
        unregistered=played.unregistered,
        levels={level: sum(it.level is level for it in cases) for level in reversed(Level)},
        steps=tuple(_steps(cases)),
        breaches=tuple(_breaches(played)),
        units=tuple(_units(cases)),
        meetings=_meetings(cases),
        load=tuple(_load(played)),
        decided_by_hour=tuple(_decided_by_hour(cases)),
        outages=tuple(played.tally.outages),
        mails=played.tally.mails,
        kept=_kept(played.tally, cases),
    )


def _steps(cases: Sequence[Measured]) -> Iterator[StepTimes]:
    for level in reversed(Level):
        theirs = [case for case in cases if case.level is level]
        for step, clock in PROMISES.items():
            took = [hours(case.took[step]) for case in theirs if step in case.took]
            held = [it.held for case in theirs for it in case.promises if it.clock == clock]
            settled = [it for it in held if it is not None]
            if took or settled:
                yield StepTimes(
                    level=level,
                    step=step,
                    count=len(took),
                    median=quantile(took, 0.5),
                    p90=quantile(took, 0.9),
                    promised=len(settled),
                    kept=sum(settled),
                )


def _breaches(played: Played) -> Iterator[Breaches]:
    found = sorted(_broken(played.cases), key=lambda it: it[1].clock)
    weeks = ceil(played.plan.days / 7)
    why = dict(_causes(played))
    for clock, group in groupby(found, key=lambda it: it[1].clock):
        broken = list(group)
        by_hour = Counter(local_hour(case.received_at) for case, _ in broken)
        by_week = Counter((it.due_at - played.plan.profile.begins()).days // 7 for _, it in broken)
        causes = Counter(why[case.number, it.key] for case, it in broken)
        yield Breaches(
            clock=clock,
            name=broken[0][1].name,
            count=len(broken),
            by_hour=tuple(by_hour[hour] for hour in HOURS),
            by_week=tuple(by_week[week] for week in range(weeks)),
            causes=dict(causes.most_common()),
        )


def _broken(cases: Iterable[Measured]) -> Iterator[tuple[Measured, Promise]]:
    return ((case, it) for case in cases for it in case.promises if it.held is False)


def _causes(played: Played) -> Iterator[tuple[tuple[int, str], str]]:
    broken: dict[int, list[str]] = {}
    for case, promise in _broken(played.cases):
        broken.setdefault(case.number, []).append(promise.key)
    for course in played.courses:
        number = course.incoming.number
        if number in broken:
            whole = case_of(played.office, course.case_id)
            for key in broken[number]:
                yield (number, key), course.why(whole, whole.clocks[key]).value


def _units(cases: Iterable[Measured]) -> Iterator[Unit]:
    told: dict[str, Counter[str]] = {}
    for case in cases:
        for unit, answer in case.answers:
            told.setdefault(unit, Counter())[answer] += 1
    for unit, found in sorted(told.items()):
        yield Unit(
            unit=unit,
            called=found.total(),
            in_time=found["i tid"],
            late=found["sent"],
            never=found["aldrig"],
        )


def _meetings(cases: Iterable[Measured]) -> Meetings:
    starts = Counter(case.meets_at for case in cases if case.meets_at)
    return Meetings(
        count=starts.total(),
        extra=sum(bool(case.extra_meeting) for case in cases),
        most_at_once=max(starts.values(), default=0),
    )


def _load(played: Played) -> Iterator[Load]:
    plan = played.plan
    hours_played = [plan.profile.begins() + _HOUR * n for n in range(plan.days * 24)]
    days: Counter[tuple[bool, int]] = Counter(_slot(at) for at in hours_played)
    for team in TEAMS:
        wanted: dict[tuple[bool, int], float] = {}
        present: Counter[tuple[bool, int]] = Counter()
        for it in played.works:
            if it.team == team and it.ready_at < plan.counted_until:
                slot = _slot(it.ready_at)
                wanted[slot] = wanted.get(slot, 0.0) + hours(it.ended_at - it.started_at)
        for at in hours_played:
            present[_slot(at)] += played.present[team](at)
        for slot in sorted(days):
            yield Load(
                team=team,
                weekend=slot[0],
                hour=slot[1],
                wanted=wanted.get(slot, 0.0) / days[slot],
                present=present[slot] / days[slot],
            )


def _slot(at: datetime) -> tuple[bool, int]:
    local = at.astimezone(STOCKHOLM)
    return local.weekday() >= 5, local.hour


def _decided_by_hour(cases: Sequence[Measured]) -> Iterator[ByHour]:
    for hour in HOURS:
        took = [
            hours(case.took["beslut"])
            for case in cases
            if local_hour(case.received_at) == hour and case.meets_at and "beslut" in case.took
        ]
        if took:
            yield ByHour(
                hour=hour, count=len(took), median=quantile(took, 0.5), p90=quantile(took, 0.9)
            )


def _kept(tally: Tally, cases: Iterable[Measured]) -> Kept:
    return Kept(
        checks=tally.checks,
        unpromised=len(tally.unpromised),
        overlooked=len(tally.overlooked),
        unrecorded=sum(not it.recorded for _, it in _broken(cases)),
        damaged=len(tally.damaged),
    )


def share_kept(played: Played, levels: Sequence[Level], clocks: Sequence[str]) -> float:
    """The share of the settled promises of these clocks and levels that were kept; 1 when none.

    A concern that nobody had time to register has no level and no clock: it is counted as broken.
    """
    settled = [
        it.held
        for case in played.cases
        if case.level in levels
        for it in case.promises
        if it.clock in clocks and it.held is not None
    ]
    promised = len(settled) + played.unregistered * len(clocks)
    return sum(settled) / promised if promised else 1.0


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of them lie, drawn straight between neighbours; 0 of none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def hours(length: timedelta) -> float:
    """The length in hours."""
    return length / _HOUR


def local_hour(at: datetime) -> int:
    """The hour of the day in Sweden."""
    return at.astimezone(STOCKHOLM).hour
