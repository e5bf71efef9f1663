"""The daily statement: at 07.00 the hub says, signed, how every open case is watched.

One a day however many workers there are. One that could not be made in time is made as soon as it
can be and says so; it never tells of a moment that has passed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.errors import NotAllowed, NotVisible
from rules.local_time import local_day
from rules.people import Actor, Role
from workflows.daily_statement import (
    FIRST,
    DailyStatement,
    Head,
    Signed,
    due,
    due_day,
    hash_of,
    missed,
    readable,
    text_of,
)
from workflows.delivery_ports import Notice
from workflows.liveness import SKEW, silent, working
from workflows.ports import Access, Office, UnitOfWork
from workflows.statement_ports import AlreadyStated, Seal
from workflows.statement_proof import Trusted, faults_of
from workflows.statement_words import letter

READERS = (Role.MANAGER, Role.REVIEWER, Role.ADMINISTRATOR)
# Whoever asks at the command line.
KEEPER = Actor(id="program", name="Programmet", roles=frozenset(READERS))
PATIENCE = timedelta(minutes=15)
_RECEIVERS = (Role.MANAGER, Role.REVIEWER)


@dataclass(frozen=True, slots=True)
class Checked:
    """Every statement, and every fault in them; none says that all is well."""

    kept: tuple[Signed, ...]
    faults: tuple[str, ...]


def make(office: Office, seal: Seal, *, skew: timedelta) -> Signed | None:
    """The statement that is due, made, kept and mailed; None when there is none to make.

    The first of all is that of the first day on which somebody works at 07.00 or later. Whose
    clock is wrong signs no time: that is for another, and is missed when there is no other.
    """
    if abs(skew) > SKEW:
        return None
    now = office.clock()
    version = office.rulebook().version
    with office.uow() as work:
        last = work.statements.newest()
        if _day_to_make(last, now) is None:
            return None
        position = work.statements.settled()
        if position is None:
            return None
        said = _statement(work, last, position, now=now, version=version, skew=skew)
        signed = _signed(said, seal)
        try:
            work.statements.add(signed)
        except AlreadyStated:
            return None
        work.outbox.put([_notice(signed, role, now) for role in _RECEIVERS])
        work.commit()
    return signed


def overdue(work: UnitOfWork, now: datetime) -> datetime | None:
    """Since when a statement has been wanting; None when none is, or has been but a short while.

    What nobody can make any more is not wanted: a new hub begins with the next day at 07.00.
    """
    last = work.statements.newest()
    day = _day_to_make(last, now - PATIENCE)
    return due(day) if day and _day_to_make(last, now) else None


def _day_to_make(last: Signed | None, now: datetime) -> date | None:
    day = due_day(now)
    if last is None:
        return day if day == local_day(now) else None
    return day if day > last.day else None


def _statement(
    work: UnitOfWork,
    last: Signed | None,
    position: int,
    *,
    now: datetime,
    version: str,
    skew: timedelta,
) -> DailyStatement:
    day = due_day(now)
    before = last.statement if last else None
    nodes, counts = work.nodes.seen(), work.outbox.counts()
    return DailyStatement(
        number=before.number + 1 if before else 1,
        day=day,
        due_at=due(day),
        made_at=now,
        missed=missed(before.day, day) if before else (),
        figures=work.statements.figures(now),
        deliveries_waiting=counts.waiting,
        oldest_delivery=work.outbox.oldest_waiting(now),
        dead_letters=counts.dead,
        processes_working=len(working(nodes, now)),
        processes_silent=len(silent(nodes, now)),
        skew=round(skew / timedelta(milliseconds=1)),
        rules_version=version,
        head=work.statements.head(before.head if before else Head(), position),
        previous=last.hash if last else FIRST,
    )


def _signed(said: DailyStatement, seal: Seal) -> Signed:
    text = text_of(said)
    return Signed(
        number=said.number,
        day=said.day,
        text=text,
        hash=hash_of(text),
        signature=seal.sign(text),
        key=seal.key,
    )


def _notice(signed: Signed, role: Role, now: datetime) -> Notice:
    subject, body = letter(signed)
    return Notice(
        key=f"dagsintyg:{signed.day}:{role.value}",
        case_id="",
        subject=subject,
        body=body,
        role=role,
        made_at=now,
        kind="statement",
    )


def read_all(office: Office, actor: Actor) -> tuple[Signed, ...]:
    """Every statement, the newest first, for those who answer for the whole or review it."""
    with office.uow() as work:
        found = work.statements.every()
        _log(work, office, actor)
        work.commit()
    return tuple(reversed(found))


def read_one(office: Office, actor: Actor, day: date) -> Signed:
    """The statement of a day; NotVisible when there is none."""
    with office.uow() as work:
        signed = work.statements.of_day(day)
        if signed is None:
            raise NotVisible
        said = readable(signed)
        _log(work, office, actor, numbers=said.figures.without if said else ())
        work.commit()
    return signed


def _log(work: UnitOfWork, office: Office, actor: Actor, *, numbers: Sequence[str] = ()) -> None:
    """A statement that lists cases tells that they are; the look is logged as any other."""
    if not actor.has(*READERS):
        raise NotAllowed
    rows = (work.lists.by_number(number) for number in numbers)
    work.access.record(
        Access(
            at=office.clock(),
            account_id=actor.id,
            action="läsa dagsintyg",
            case_ids=tuple(row.case_id for row in rows if row),
            granted=True,
        )
    )


def check(
    office: Office, seal: Seal, *, keys: Collection[str] = (), seen: Collection[str] = ()
) -> Checked:
    """Every signature, the chain, and the journal that the statements tell of.

    `keys` are the public keys that are trusted besides the hub's own, `seen` the hashes that
    somebody has in a letter or on paper: each must be among the statements.
    """
    now = office.clock()
    with office.uow() as work:
        kept = work.statements.every()
        trusted = Trusted(frozenset({seal.key, *keys}), seal.holds)
        faults = list(faults_of(work.statements, kept, trusted))
        faults += [f"Intyget med hash {it} saknas." for it in seen if it not in _hashes(kept)]
        since = overdue(work, now)
    if since is not None:
        faults.append(f"Dagsintyget för {local_day(since)} saknas.")
    return Checked(kept, tuple(faults))


def _hashes(kept: Sequence[Signed]) -> frozenset[str]:
    return frozenset(signed.hash for signed in kept)
