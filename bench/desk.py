"""The office that is measured, who sits in it, and made-up children."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

from adapters.calendar import rest_day
from adapters.clock import now
from adapters.rulesfile import parse
from rules.concern import Child, Protected
from rules.engines.rulebook import LiveRules
from rules.people import Actor, Role
from workflows.ports import Office, UnitOfWork
from workflows.rulecheck import report

INTAKE = Actor(id="bench", name="Bänk", roles=frozenset({Role.INTAKE}), unit="mottagning")


def office(
    work: Callable[[], UnitOfWork], rulebook: LiveRules, *, clock: Callable[[], datetime] = now
) -> Office:
    """One that keeps its cases through `work`."""
    return Office(
        uow=work,
        clock=clock,
        rulebook=lambda: rulebook,
        rests=rest_day,
        new_id=lambda: str(uuid4()),
        read_rules=parse,
        proved=report,
        lowerings=lambda _old, _new: (),
    )


def child(number: int) -> Child:
    """A made-up child with a number of the right form."""
    born = date(2008, 1, 1) + timedelta(days=number % 5000)
    nine = f"{born:%y%m%d}{number // 5000:03d}"
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(nine))
    check = -sum(value // 10 + value % 10 for value in doubled) % 10
    return Child(
        birth_date=born, personal_number=f"{born:%Y%m%d}-{nine[6:]}{check}", protected=Protected.NO
    )
