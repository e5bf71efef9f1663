"""The socialjour's list in words, to read and to print."""

from dataclasses import dataclass

from hub.views import words
from hub.views.times import Deadline, deadline, moment, weekday_moment
from hub.views.words import LevelTag, level_tag
from rules.clock import Clock
from rules.policy import Policy
from workflows.duty import DutyCase, DutyList, ends_at


@dataclass(frozen=True, slots=True)
class DutyDue:
    """Something that is to be done before the office opens, or should have been done already."""

    name: str
    deadline: Deadline
    resting: str


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One case of the list."""

    number: str
    level: LevelTag
    child: str
    due: tuple[DutyDue, ...]
    protection: str
    meeting: str
    silent: str


@dataclass(frozen=True, slots=True)
class DutyView:
    """The list, or when it will be there."""

    made: str
    until: str
    hours: str
    lines: tuple[DutyLine, ...]


def duty_view(found: DutyList) -> DutyView:
    """Everything that the page says."""
    policy, now = found.moment.rulebook.policy, found.moment.at
    return DutyView(
        made=moment(now),
        until=weekday_moment(found.until) if found.until else "",
        hours=_hours(policy),
        lines=tuple(_line(case, found, policy) for case in found.cases),
    )


def _hours(policy: Policy) -> str:
    if policy.office is None:
        return ""
    days = ", ".join(policy.office.weekdays)
    return f"{days} kl. {policy.office.opens}–{policy.office.closes}"


def _line(case: DutyCase, found: DutyList, policy: Policy) -> DutyLine:
    units = (words.unit_name(policy, unit) for unit in case.silent_units)
    return DutyLine(
        number=case.number,
        level=level_tag(case.level),
        child=_child(case),
        due=tuple(_due(clock, found) for clock in case.clocks),
        protection="Gjord" if case.protection_assessed else "Inte gjord",
        meeting=moment(case.meeting_at) if case.meeting_at else "",
        silent=", ".join(units),
    )


def _child(case: DutyCase) -> str:
    if case.protected:
        return "Skyddade personuppgifter"
    return case.child or "Namn okänt"


def _due(clock: Clock, found: DutyList) -> DutyDue:
    resting = f"vilar, längst till {moment(clock.suspended.until)}" if clock.suspended else ""
    return DutyDue(clock.started.name, deadline(ends_at(clock), found.moment.at), resting)
