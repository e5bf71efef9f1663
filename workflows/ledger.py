"""The breach ledger: every deadline that passed, in open and closed cases, and whose it is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from rules.access import PERMITS, Action, relations
from rules.case import Case
from rules.clock import Clock
from rules.clocks import base, intake_unit
from rules.errors import NotAllowed
from rules.local_time import midnight
from rules.milestone import Milestone
from rules.people import Actor, Role
from rules.policy import Policy
from workflows.ledger_ports import BreachCount, BreachRow, BreachScope
from workflows.movement import Moment, moment_of
from workflows.ports import Office, UnitOfWork
from workflows.reading import log_cases

PAGE = 50
_EXPORTED_AT_A_TIME = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks to see of the ledger; days are Swedish and of the deadline."""

    unit: str | None = None
    cause: str | None = None
    explained: bool | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One breach: who explained it, the new time that was promised, and what the reader may do.

    `promised` is how many times a new time has been promised, the last one included.
    """

    row: BreachRow
    explained_by: str
    remedy: Clock | None
    promised: int
    may_open: bool
    may_explain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A page of the ledger, and the counts of everything that the reader answers for in the
    period; `unit` is the one whose breaches they see, None for those who see all."""

    breaches: tuple[Breach, ...]
    counts: tuple[BreachCount, ...]
    unit: str | None
    moment: Moment


def read_ledger(office: Office, actor: Actor, wanted: Wanted, *, page: int = 1) -> Ledger:
    """Breaches as the chefs who may explain them see them; the look is logged."""
    moment = moment_of(office, actor)
    unit = _answers_for(actor, moment.rulebook.policy)
    scope = _scope(wanted, unit)
    with office.uow() as work:
        rows = work.lists.breaches(scope, limit=PAGE, offset=PAGE * (page - 1))
        counts = work.lists.breach_counts(replace(scope, owner=unit, cause=None, explained=None))
        breaches = tuple(_breaches(work, tuple(rows), moment))
        _log(work, moment, rows=tuple(rows))
        work.commit()
    return Ledger(breaches=breaches, counts=tuple(counts), unit=unit, moment=moment)


def export_ledger(office: Office, actor: Actor, wanted: Wanted) -> tuple[Breach, ...]:
    """Every breach that was asked for, on however many pages."""
    moment = moment_of(office, actor)
    scope = _scope(wanted, _answers_for(actor, moment.rulebook.policy))
    with office.uow() as work:
        rows = tuple(_every(lambda offset: _some(work, scope, offset)))
        breaches = tuple(_breaches(work, rows, moment))
        _log(work, moment, rows=rows)
        work.commit()
    return breaches


def _every(some: Callable[[int], tuple[BreachRow, ...]]) -> Iterator[BreachRow]:
    offset = 0
    while rows := some(offset):
        yield from rows
        offset += len(rows)


def _some(work: UnitOfWork, scope: BreachScope, offset: int) -> tuple[BreachRow, ...]:
    return tuple(work.lists.breaches(scope, limit=_EXPORTED_AT_A_TIME, offset=offset))


def _answers_for(actor: Actor, policy: Policy) -> str | None:
    """None for those who may explain every breach, else the unit whose breaches they explain."""
    if actor.has(Role.MANAGER):
        return None
    if not actor.has(Role.UNIT_MANAGER):
        raise NotAllowed
    return None if actor.unit == intake_unit(policy) else actor.unit or ""


def _scope(wanted: Wanted, unit: str | None) -> BreachScope:
    return BreachScope(
        owner=wanted.unit if unit is None else unit,
        cause=wanted.cause,
        explained=wanted.explained,
        since=midnight(wanted.since) if wanted.since else None,
        # A day that ends at 24.00 ends at the first moment of the next.
        before=midnight(wanted.until + timedelta(days=1)) if wanted.until else None,
    )


def _breaches(work: UnitOfWork, rows: tuple[BreachRow, ...], moment: Moment) -> Iterator[Breach]:
    cases = work.journal.cases(tuple(dict.fromkeys(row.clock.case_id for row in rows)))
    policy = moment.rulebook.policy
    remedies = frozenset(
        name for name, clock in policy.clocks.items() if clock.begins is Milestone.EXPLAINED
    )
    for row in rows:
        case = cases[row.clock.case_id]
        explained = case.clocks[row.clock.key].explained
        promised = _remedies(case, row.clock.key, remedies)
        held = relations(moment.actor, case, intake_unit(policy))
        yield Breach(
            row=row,
            explained_by=explained.owner if explained else "",
            remedy=promised[-1] if promised else None,
            promised=len(promised),
            may_open=not held.isdisjoint(PERMITS[Action.READ]),
            may_explain=not held.isdisjoint(PERMITS[Action.EXPLAIN]),
        )


def _remedies(case: Case, key: str, remedies: frozenset[str]) -> tuple[Clock, ...]:
    """The clocks of what was promised each time that this breach was explained, the latest last."""
    found: Mapping[datetime, Clock] = {
        clock.started.anchor_at: clock
        for name, clock in case.clocks.items()
        if clock.started.clock in remedies and _is_of(name, clock, key)
    }
    return tuple(found[at] for at in sorted(found))


def _is_of(name: str, clock: Clock, key: str) -> bool:
    """Whether the clock named so follows the breach `key`, whenever that was explained."""
    of, _, _ = base(name).removeprefix(f"{clock.started.clock}:").rpartition(":")
    return of == key.replace("#", "~")


def _log(work: UnitOfWork, moment: Moment, *, rows: tuple[BreachRow, ...]) -> None:
    ids = tuple(dict.fromkeys(row.clock.case_id for row in rows))
    log_cases(work, moment, ids, action="lista fristbrott")
