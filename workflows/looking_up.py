"""What is already known of a child, shown while the concern is being registered.

Only a personal number can be looked up (SoLPUF 15 §): no name, place, network or kind of crime.
"""

from datetime import date

from rules.access import Action
from rules.concern import Related
from rules.errors import Invalid, NotAllowed
from rules.local_time import local_day
from rules.people import Actor, Role
from rules.personal_number import NotAPersonalNumber, normalise
from workflows.movement import Moment, moment_of
from workflows.ports import Access, Office
from workflows.registering import SAME_CHILD, related


def known_about(office: Office, actor: Actor, personal_number: str) -> tuple[Related, ...]:
    """Earlier and ongoing cases about the child, newest first; the look is logged."""
    if not actor.has(Role.INTAKE):
        raise NotAllowed
    moment = moment_of(office, actor)
    number = _number(personal_number, local_day(moment.at))
    with office.uow() as work:
        found = tuple(related(row, SAME_CHILD) for row in work.lists.of_child(number))
        work.access.record(_access(moment, found))
        work.commit()
    return found


def _number(text: str, on: date) -> str:
    try:
        return normalise(text, on)
    except NotAPersonalNumber as fault:
        raise Invalid({"personal_number": str(fault)}) from fault


def _access(moment: Moment, found: tuple[Related, ...]) -> Access:
    return Access(
        at=moment.at,
        account_id=moment.actor.id,
        action=Action.REGISTER.value,
        case_ids=tuple(other.case_id for other in found),
        granted=True,
        relation="mottagning",
        detail="uppslag inför registrering",
    )
