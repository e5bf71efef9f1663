"""The register of absences: who is away, until when, and who stands in; why is nobody's business
here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rules import fold
from rules.absences import Absence, require_absence
from rules.errors import Invalid, NotAllowed, NotVisible
from rules.people import Actor, Role
from workflows.meetings import man
from workflows.movement import Moment, moment_of
from workflows.ports import Account, Office, UnitOfWork
from workflows.reading import log_cases
from workflows.stand_ins import may_stand_in, require_stand_in

KEEPERS = (Role.UNIT, Role.UNIT_MANAGER, Role.INTAKE)


@dataclass(frozen=True, slots=True)
class Register:
    """Absences that are not over, those whom the actor answers for, and who may stand in."""

    absences: tuple[Absence, ...]
    mine: tuple[Account, ...]
    deputies: tuple[Account, ...]
    moment: Moment


def read_register(office: Office, actor: Actor) -> Register:
    """The absences of those whom the actor answers for: oneself, one's unit, or all."""
    moment = _moment(office, actor)
    with office.uow() as work:
        able = _able(work, moment)
        mine = tuple(it for it in able if _answers_for(actor, it))
        known = {it.id for it in mine}
        absent = tuple(it for it in work.meetings.absences(moment.at) if it.account in known)
    return Register(absent, mine, able, moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """What is written in the register of one absence."""

    account: str
    starts_at: datetime
    ends_at: datetime
    deputy: str | None = None


def set_absence(office: Office, actor: Actor, away: Away) -> Absence:
    """Somebody is away; in cases whose hub is ahead a deputy is named where nobody is left."""
    moment = _moment(office, actor)
    with office.uow() as work:
        account = _require_account(work, actor, away.account, moment=moment)
        if away.deputy is not None:
            require_stand_in(work.people.by_id(away.deputy), moment.rulebook.policy)
        absence = require_absence(
            Absence(
                id=moment.new_id(),
                account=account.id,
                starts_at=away.starts_at,
                ends_at=away.ends_at,
                deputy=away.deputy,
                set_by=actor.id,
                set_at=moment.at,
            )
        )
        work.meetings.alone()
        work.meetings.add_absence(absence)
        covered = _cover(work, account, moment=moment, office=office)
        log_cases(work, moment, covered, action="anteckna frånvaro")
        work.commit()
    return absence


def end_absence(office: Office, actor: Actor, absence_id: str) -> Absence:
    """Somebody is back before they were to be, or does not go away after all."""
    moment = _moment(office, actor)
    with office.uow() as work:
        absence = work.meetings.absence(absence_id)
        if absence is None:
            raise NotVisible
        _require_account(work, actor, absence.account, moment=moment)
        work.meetings.end_absence(absence_id, back_at=moment.at, by=actor.id)
        log_cases(work, moment, (), action="avsluta frånvaro")
        ended = work.meetings.absence(absence_id)
        work.commit()
    return ended or absence


def _moment(office: Office, actor: Actor) -> Moment:
    if not actor.has(*KEEPERS):
        raise NotAllowed
    return moment_of(office, actor)


def _able(work: UnitOfWork, moment: Moment) -> tuple[Account, ...]:
    policy = moment.rulebook.policy
    found = (it for it in work.people.everyone() if may_stand_in(it, policy))
    return tuple(sorted(found, key=lambda it: it.name))


def _answers_for(actor: Actor, account: Account) -> bool:
    chef = actor.has(Role.UNIT_MANAGER) and actor.unit == account.unit
    return actor.id == account.id or chef or actor.has(Role.INTAKE)


def _require_account(work: UnitOfWork, actor: Actor, account_id: str, *, moment: Moment) -> Account:
    account = work.people.by_id(account_id)
    if account is None or not may_stand_in(account, moment.rulebook.policy):
        raise Invalid({"account": "Välj en enhetsrepresentant eller enhetschef."})
    if not _answers_for(actor, account):
        raise NotAllowed("Du kan anteckna frånvaro för dig själv och för din egen enhet.")
    return account


def _cover(work: UnitOfWork, account: Account, *, moment: Moment, office: Office) -> Sequence[str]:
    """The cases with their hub ahead that wait for this person, manned anew, in the order in
    which everybody takes their locks."""
    ahead = work.meetings.ahead(moment.at)
    units = work.lists.units([it.case_id for it in ahead])
    stands_in = {it.case_id for it in units if it.deputy == account.id}
    called = sorted(it.case_id for it in ahead if account.unit in it.units)
    waiting = sorted({*called, *stands_in})
    for case_id in waiting:
        case = fold.replay(case_id, work.journal.read(case_id))
        assert case is not None
        man(work, case, (), moment=moment, office=office)
    return waiting
