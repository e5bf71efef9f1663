"""The hand-over to the socialjour: who reads it, when, and until when it looks ahead."""

from datetime import datetime, timedelta

from rules.office import OfficeHours, is_open, next_opening
from rules.people import Actor, Role
from rules.span import Rests

_BEFORE_CLOSING = timedelta(hours=1)
_FARTHEST = timedelta(days=60)


def reads_list(actor: Actor, intake_unit: str) -> bool:
    """The socialjour, the intake that hands over to it, and the intake's chef; nobody else."""
    intakes_chef = actor.has(Role.UNIT_MANAGER) and actor.unit == intake_unit
    return intakes_chef or actor.has(Role.DUTY, Role.INTAKE)


def on_duty_until(at: datetime, hours: OfficeHours | None, rests: Rests) -> datetime | None:
    """When the office opens next, for whoever asks while it is closed or in its last hour.

    None while the office itself answers, and where the rules know no office hours. An office
    that does not open within two months counts as closed as long as that.
    """
    if hours is None:
        return None
    closed = at if not is_open(at, hours, rests) else at + _BEFORE_CLOSING
    if is_open(closed, hours, rests):
        return None
    return next_opening(closed, hours, rests) or at + _FARTHEST
