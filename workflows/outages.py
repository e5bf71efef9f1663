"""Times when nobody watched: found by the first worker that lives again, and listed once.

A worker leaves a sign of life again and again. When the newest sign of any worker is too old, then
no worker lived meanwhile, whether they were stopped or the machine slept.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from rules import local_time
from rules.errors import NotAllowed
from rules.people import Actor, Role
from workflows import promises
from workflows.delivery_ports import Notice
from workflows.liveness import last_beat
from workflows.movement import Moment, moment_of
from workflows.ports import Office, UnitOfWork
from workflows.reading import log_cases, scope_of
from workflows.vigil_ports import Outage

NOTICED = timedelta(minutes=1)
_READERS = (Role.UNIT_MANAGER, Role.MANAGER, Role.ADMINISTRATOR)
_RECEIVERS = (Role.MANAGER, Role.ADMINISTRATOR)
_SHOWN = 20
_LISTED = 20


def beat(office: Office, worker: str) -> Outage | None:
    """Leave a sign of life; the outage that it ends, if there was one, listed and mailed.

    One of several that begin at once finds it, before anything that passed meanwhile is swept.
    """
    now = office.clock()
    with office.uow() as work:
        work.vigil.alone()
        last = last_beat(work, now)
        newest = work.watch.beat(worker, now)
        if newest is not None:
            promises.went_backwards(work, newest, place=worker, now=now)
        outage = _ended(work, last, now)
        if outage is not None:
            work.vigil.add_outage(outage, found_by=worker)
            work.outbox.put([_notice(outage, role) for role in _RECEIVERS])
        work.commit()
    return outage


def _ended(work: UnitOfWork, last: datetime | None, now: datetime) -> Outage | None:
    if last is None or now - last < NOTICED:
        return None
    return Outage(last, now, work.vigil.passed(last, now))


def read(office: Office, actor: Actor, *, limit: int = _SHOWN) -> tuple[Outage, ...]:
    """The latest outages; an enhetschef is told only of the cases that they may see."""
    if not actor.has(*_READERS):
        raise NotAllowed
    moment = moment_of(office, actor)
    with office.uow() as work:
        found = work.vigil.outages(limit)
        if not actor.has(Role.MANAGER):
            found = _within(work, found, moment)
        ids = dict.fromkeys(it.case_id for outage in found for it in outage.passed)
        log_cases(work, moment, tuple(ids), action="läsa avbrott")
        work.commit()
    return found


def _within(work: UnitOfWork, found: Sequence[Outage], moment: Moment) -> tuple[Outage, ...]:
    rows = work.lists.cases(scope_of(moment.actor, moment, include_closed=True))
    mine = {row.case_id for row in rows}
    return tuple(
        replace(outage, passed=tuple(it for it in outage.passed if it.case_id in mine))
        for outage in found
    )


def _notice(outage: Outage, role: Role) -> Notice:
    return Notice(
        key=f"avbrott:{outage.since.isoformat()}:{role.value}",
        case_id="",
        subject=f"Avbrott i bevakningen: {_count(len(outage.passed))}",
        body=_body(outage, role),
        role=role,
        made_at=outage.until,
        kind="outage",
    )


def _body(outage: Outage, role: Role) -> str:
    """Who runs the program is told how many, and who answers for the cases which, up to a limit."""
    since, until = local_time.moment(outage.since), local_time.moment(outage.until)
    when = f"Ingen bevakade fristerna {since} till {until}."
    shown = outage.passed[:_LISTED] if role is Role.MANAGER else ()
    listed = "".join(
        f"\nÄrende {it.number}: {it.name}, löpte ut {local_time.moment(it.due_at)}" for it in shown
    )
    more = len(outage.passed) - len(shown)
    if shown and more:
        listed += f"\nOch {more} till; alla står under Bevakning."
    return f"{when} Under tiden: {_count(len(outage.passed))}.{listed}"


def _count(count: int) -> str:
    return {0: "ingen frist löpte ut", 1: "1 frist löpte ut"}.get(
        count, f"{count} frister löpte ut"
    )
