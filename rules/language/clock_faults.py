"""Holds each clock to what the program can keep: an end that comes, and somebody who is told."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from rules.clock_policy import ClockKind, ClockPolicy
from rules.language.fault import Fault, Path
from rules.language.wording import listed, missing
from rules.milestone import Milestone, Occasion
from rules.people import Role
from rules.policy import Policy
from rules.span import Span, Unit

# What each special beginning can end with; every other one ends with a milestone of the case.
_ENDS: Mapping[Milestone, tuple[Milestone, ...]] = {
    Milestone.CALLED: (Milestone.UNIT_ANSWERED, Milestone.MEETING_HELD),
    Milestone.LATE_ANSWER: (Milestone.REASSESSED,),
    Milestone.REQUESTED: (Milestone.REPLIED,),
    Milestone.BREACHED: (Milestone.EXPLAINED,),
    Milestone.EXPLAINED: (Milestone.REMEDIED,),
    Milestone.LOWERING_PROPOSED: (Milestone.LOWERING_ANSWERED,),
    Milestone.RAISE_PROPOSED: (Milestone.RAISE_ANSWERED,),
}
# What a case may have several of, each with a clock that is known by it and not by the level.
_SEVERAL = (Milestone.CALLED, Milestone.REQUESTED, Milestone.BREACHED, Milestone.EXPLAINED)
_OF_THE_CASE = (
    Milestone.PROTECTION_ASSESSED,
    Milestone.LEVEL_CONFIRMED,
    Milestone.DECIDED,
    Milestone.ACKNOWLEDGED,
    Milestone.INFORMED,
    Milestone.CONCLUDED,
    Milestone.FEEDBACK_DONE,
    Milestone.CLOSED,
)
_TOLD = (
    Role.INTAKE,
    Role.UNIT,
    Role.INVESTIGATOR,
    Role.UNIT_MANAGER,
    Role.MANAGER,
    Role.DUTY,
)


# Ten years and a little: a longer time is a slip of the pen, and some have no end in any calendar.
_LONGEST = timedelta(days=3700)
_AT_MOST: Mapping[Unit, timedelta] = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: timedelta(days=1),
    Unit.WEEKS: timedelta(weeks=1),
    Unit.MONTHS: timedelta(days=31),
    Unit.NEXT_DAY: timedelta(days=1),
}

# After the decision a case is handed over and let go by its own clocks, not by longer ones.
_AFTER = (
    (Milestone.HANDED_OVER_DUE, Milestone.ACKNOWLEDGED),
    (Milestone.CLOSABLE, Milestone.CLOSED),
)


def missing_clocks(policy: Policy) -> Iterator[Fault]:
    """The ways after the decision that no clock goes."""
    courses = [(clock.begins, clock.ends) for clock in policy.clocks.values()]
    for begins, ends in _AFTER:
        if (begins, ends) not in courses:
            text = f"någon frist ska löpa från {begins.value} till {ends.value}"
            yield Fault(("clocks",), text)


def clock_faults(name: str, policy: Policy) -> Iterator[Fault]:
    """What is wrong with one clock by itself, and with what it names."""
    clock = policy.clocks[name]
    yield from _points(name, clock)
    yield from _told(name, clock)
    yield from _moves(name, clock, policy)
    yield from _occasions(name, clock, policy)
    for path, span in _spans(clock):
        if span.count > _LONGEST // _AT_MOST[span.unit]:
            yield Fault(("clocks", name, *path), f"{span} är för långt; högst tio år")


def _spans(clock: ClockPolicy) -> Iterator[tuple[Path, Span]]:
    """Every time that the clock names, and where."""
    if isinstance(clock.length, Span):
        yield ("length",), clock.length
    else:
        yield from ((("length", level.value), span) for level, span in clock.length.items())
    yield from ((("warn", index), span) for index, span in enumerate(clock.warn))
    for index, rung in enumerate(clock.escalate):
        if rung.after is not None:
            yield ("escalate", index, "after"), rung.after
    for field, moved in (("extend", clock.extend), ("suspend", clock.suspend)):
        if moved is not None and moved.longest is not None:
            yield (field, "longest"), moved.longest


def _points(name: str, clock: ClockPolicy) -> Iterator[Fault]:
    begins = clock.begins
    ends = _ENDS.get(begins, _OF_THE_CASE) if isinstance(begins, Milestone) else _OF_THE_CASE
    if isinstance(clock.ends, Milestone) and clock.ends not in ends:
        known = listed([milestone.value for milestone in ends])
        text = f"en frist från {clock.begins.value} kan bara sluta med {known}"
        yield Fault(("clocks", name, "until"), text)
    if not isinstance(clock.length, Span) and (isinstance(begins, Occasion) or begins in _SEVERAL):
        text = f"en frist från {begins.value} har en enda längd; den räknas inte om med nivån"
        yield Fault(("clocks", name, "length"), text)
    for index, span in enumerate(clock.warn):
        if span.unit in (Unit.MONTHS, Unit.NEXT_DAY):
            text = f"en varning ges så många min, h, dagar eller veckor före, inte {span}"
            yield Fault(("clocks", name, "warn", index), text)


def _told(name: str, clock: ClockPolicy) -> Iterator[Fault]:
    for path, roles in _named(clock):
        for role in roles:
            if role not in _TOLD:
                known = listed([it.value for it in _TOLD])
                text = f"{role.value} bevakar inga frister; välj {known}"
                yield Fault(("clocks", name, *path), text)
    for index, rung in enumerate(clock.escalate):
        if rung.after is not None and rung.after.unit in (Unit.MONTHS, Unit.NEXT_DAY):
            text = f"ett steg ges så många min, h, dagar eller veckor efter, inte {rung.after}"
            yield Fault(("clocks", name, "escalate", index, "after"), text)
    if all(rung.after is not None for rung in clock.escalate):
        text = "någon ska få veta i samma stund som fristen brister: ett steg utan after"
        yield Fault(("clocks", name, "escalate"), text)


def _named(clock: ClockPolicy) -> Iterator[tuple[Path, tuple[Role, ...]]]:
    yield ("tell",), clock.tell
    yield ("outside_office",), clock.outside_office
    for index, rung in enumerate(clock.escalate):
        yield ("escalate", index), rung.tell


def _moves(name: str, clock: ClockPolicy, policy: Policy) -> Iterator[Fault]:
    """A legal limit is moved by law; a clock that follows another exists."""
    for field, allowed in (("extend", clock.extend), ("suspend", clock.suspend)):
        if allowed is None:
            continue
        path: Path = ("clocks", name, field)
        if clock.kind is ClockKind.LEGAL and allowed.law is None:
            yield Fault(path, "en frist i lag flyttas bara med stöd i lag; ange law")
        for index, other in enumerate(allowed.also):
            if other not in policy.clocks:
                text = missing("fristen", other, policy.clocks, section="clocks")
                yield Fault((*path, "also", index), text)


def _occasions(name: str, clock: ClockPolicy, policy: Policy) -> Iterator[Fault]:
    for field, point in (("from", clock.begins), ("until", clock.ends)):
        if isinstance(point, Occasion) and point.occasion not in policy.occasions:
            text = missing("händelsen", point.occasion, policy.occasions, section="occasions")
            yield Fault(("clocks", name, field), text)
