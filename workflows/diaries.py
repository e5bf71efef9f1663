"""What is booked and who is away, as the rules read it."""

from collections.abc import Mapping
from dataclasses import replace

from rules.absences import Absence
from rules.diary import Booking, Diary
from rules.people import Role
from rules.policy import Policy
from workflows.movement import Moment
from workflows.ports import Office, UnitOfWork
from workflows.stand_ins import may_stand_in


def diary(work: UnitOfWork, moment: Moment, office: Office, *, besides: str = "") -> Diary:
    """The meetings to come, save that of the case `besides`, and who is away from now on."""
    policy, since = moment.rulebook.policy, moment.at
    ahead = (it for it in work.meetings.ahead(since) if it.case_id != besides)
    absent = work.meetings.absences(since)
    return Diary(
        bookings=tuple(Booking(it.starts_at, it.ends_at, it.room, it.units) for it in ahead),
        people=representatives(work),
        absences=tuple(_with_deputy(work, it, policy) for it in absent),
        names={name: unit.name for name, unit in policy.units.items()},
        rests=office.rests,
    )


def representatives(work: UnitOfWork) -> Mapping[str, tuple[str, ...]]:
    """Each unit's representatives, by account."""
    found: dict[str, tuple[str, ...]] = {}
    for account in work.people.holding(Role.UNIT, None):
        if account.unit is not None:
            found[account.unit] = (*found.get(account.unit, ()), account.id)
    return found


def _with_deputy(work: UnitOfWork, absence: Absence, policy: Policy) -> Absence:
    """A deputy who has left since, or may not stand in any more, is none."""
    if absence.deputy is None or may_stand_in(work.people.by_id(absence.deputy), policy):
        return absence
    return replace(absence, deputy=None)
