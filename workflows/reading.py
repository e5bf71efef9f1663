"""Reading is a step too: what one may not see does not exist, and every look is logged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rules.access import Action, Relation, relations
from rules.case import Case
from rules.clocks import intake_unit
from rules.errors import NotAllowed
from rules.events import Event
from rules.people import Actor, Role
from workflows.movement import Moment, moment_of, open_case
from workflows.ports import Access, Office, Scope, UnitOfWork
from workflows.rows import CaseRow, ClockRow, UnitRow


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as somebody may read it, with its events in order."""

    case: Case
    events: tuple[Event, ...]
    relations: frozenset[Relation]
    moment: Moment


@dataclass(frozen=True, slots=True)
class Board:
    """Cases in a list with their clocks and units, and the moment it was read."""

    cases: tuple[CaseRow, ...]
    clocks: tuple[ClockRow, ...]
    units: tuple[UnitRow, ...]
    moment: Moment


def read_case(office: Office, actor: Actor, case_id: str) -> CaseView:
    """The whole case; NotVisible when the actor has no relation to it."""
    moment = moment_of(office, actor)
    with office.uow() as work:
        case, events = open_case(work, moment, case_id=case_id, action=Action.READ, office=office)
        work.commit()
    found = relations(actor, case, intake_unit(moment.rulebook.policy))
    return CaseView(case, events, found, moment)


def read_board(office: Office, actor: Actor, *, include_closed: bool = False) -> Board:
    """Every case that the actor may see, those with the nearest deadline first."""
    moment = moment_of(office, actor)
    scope = scope_of(actor, moment, include_closed=include_closed)
    with office.uow() as work:
        board = _board(work, scope, moment)
        log_cases(work, moment, _ids(board.cases), action="lista")
        work.commit()
    return board


def scope_of(actor: Actor, moment: Moment, *, include_closed: bool) -> Scope:
    """The actor's relations as conditions on a list; an actor without any sees nothing."""
    intake = intake_unit(moment.rulebook.policy)
    manages = actor.has(Role.UNIT_MANAGER)
    return Scope(
        everything=actor.has(Role.INTAKE) or (manages and actor.unit == intake),
        unit=actor.unit if manages or actor.has(Role.UNIT) else None,
        deputy=actor.id,
        investigator=actor.id if actor.has(Role.INVESTIGATOR) else None,
        receiving_unit=actor.unit if manages else None,
        unclaimed_in=actor.unit if actor.has(Role.INVESTIGATOR) else None,
        include_closed=include_closed,
    )


def read_deadlines(office: Office, actor: Actor) -> Board:
    """Every running clock and open breach, for those who answer for the whole; no content.

    An enhetschef sees the clocks of the cases they may see; a verksamhetschef all of them, by
    case number alone.
    """
    if not actor.has(Role.UNIT_MANAGER, Role.MANAGER):
        raise NotAllowed
    moment = moment_of(office, actor)
    whole = Scope(everything=True, include_closed=True)
    scope = whole if actor.has(Role.MANAGER) else scope_of(actor, moment, include_closed=True)
    with office.uow() as work:
        board = _board(work, scope, moment)
        log_cases(work, moment, _ids(board.cases), action="lista frister")
        work.commit()
    clocks = tuple(map(_wordless, board.clocks)) if scope is whole else board.clocks
    return replace(board, cases=tuple(map(_nameless, board.cases)), clocks=clocks)


def _wordless(row: ClockRow) -> ClockRow:
    """A breach with its cause; what was written of it is for those who may read the case."""
    return replace(row, comment=None, measure=None)


def _nameless(row: CaseRow) -> CaseRow:
    """A case in a list of deadlines is a number and its times; who it is about is not in it."""
    return replace(row, title="", child_name=None, birth_date=None, personal_number=None)


def read_access_log(
    office: Office, actor: Actor, *, number: str = "", limit: int = 500
) -> Sequence[Access]:
    """Who has read what, for the reviewer (SoLPUL 10 § 3); reading the log is logged too.

    Of a case number every line, however old; otherwise the newest.
    """
    if not actor.has(Role.REVIEWER):
        raise NotAllowed
    moment = moment_of(office, actor)
    with office.uow() as work:
        row = work.lists.by_number(number) if number else None
        about = (row.case_id,) if row else ()
        lines = work.access.of_case(row.case_id) if row else work.access.recent(limit)
        log_cases(work, moment, about, action="läsa åtkomstlogg")
        work.commit()
    return lines


def _board(work: UnitOfWork, scope: Scope, moment: Moment) -> Board:
    cases = work.lists.cases(scope)
    ids = tuple(row.case_id for row in cases)
    return Board(cases, work.lists.clocks(ids), work.lists.units(ids), moment)


def _ids(cases: Sequence[CaseRow]) -> tuple[str, ...]:
    return tuple(row.case_id for row in cases)


def log_cases(work: UnitOfWork, moment: Moment, case_ids: Sequence[str], *, action: str) -> None:
    """One line for all that is seen or done together; a list without any is a look all the same."""
    work.access.record(
        Access(
            at=moment.at,
            account_id=moment.actor.id,
            action=action,
            case_ids=tuple(case_ids),
            granted=True,
        )
    )
