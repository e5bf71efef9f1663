"""The hub is called: a meeting time is proposed, units answer, somebody stands in."""

from datetime import datetime

from rules import convening, slots
from rules import events as ev
from rules.access import Action, answers_for
from rules.case import Case
from rules.errors import NotAllowed
from rules.people import Actor, Role
from rules.policy import Policy
from rules.statement import AnswerKind, Statement
from rules.wish import Wish
from workflows.meetings import book
from workflows.movement import Moment, step
from workflows.ports import Office
from workflows.stand_ins import require_stand_in


def call_hub(
    office: Office,
    actor: Actor,
    case_id: str,
    *,
    units: tuple[str, ...] = (),
    starts_at: datetime | None = None,
    reason: str = "",
) -> Case:
    """Convene the hub with the chosen units, or those that the routing says."""

    def decide(case: Case, wish: Wish, moment: Moment) -> list[ev.Event]:
        slot = slots.at_time(wish, starts_at) if starts_at else slots.propose(wish)
        return [
            convening.call_hub(
                case,
                units=wish.units,
                slot=slot,
                reason=reason,
                policy=moment.rulebook.policy,
                hub_levels=moment.rulebook.hub_levels,
                actor=moment.actor,
                at=moment.at,
            )
        ]

    return book(office, actor, case_id, units=units, decide=decide)


def add_unit(office: Office, actor: Actor, case_id: str, *, unit: str) -> Case:
    """Call one more unit."""

    def decide(case: Case, _wish: Wish, moment: Moment) -> list[ev.Event]:
        policy = moment.rulebook.policy
        return [
            convening.add_unit(case, unit=unit, policy=policy, actor=moment.actor, at=moment.at)
        ]

    return book(office, actor, case_id, decide=decide)


def answer(
    office: Office,
    actor: Actor,
    case_id: str,
    *,
    unit: str,
    kind: AnswerKind,
    statements: tuple[Statement, ...] = (),
    reason: str = "",
) -> Case:
    """A unit answers the call; only its own people and its deputy speak for it."""

    def decide(case: Case, moment: Moment) -> list[ev.Event]:
        if unit in case.units and not answers_for(moment.actor, case, unit):
            raise NotAllowed("Du kan bara svara för din egen enhet.")
        return [
            convening.answer(
                case,
                unit=unit,
                kind=kind,
                statements=statements,
                reason=reason,
                actor=moment.actor,
                at=moment.at,
            )
        ]

    return step(office, actor, case_id, action=Action.ANSWER, decide=decide)


def name_deputy(
    office: Office, actor: Actor, case_id: str, *, unit: str, deputy: str, reason: str = ""
) -> Case:
    """Name a deputy for a unit; it must be somebody who works with these cases."""

    def decide(case: Case, moment: Moment) -> list[ev.Event]:
        if not moment.actor.has(Role.INTAKE) and not answers_for(moment.actor, case, unit):
            raise NotAllowed("Du kan bara utse ersättare för din egen enhet.")
        _require_deputy(office, deputy, moment.rulebook.policy)
        return [
            convening.name_deputy(
                case, unit=unit, deputy=deputy, reason=reason, actor=moment.actor, at=moment.at
            )
        ]

    return step(office, actor, case_id, action=Action.NAME_DEPUTY, decide=decide)


def _require_deputy(office: Office, account_id: str, policy: Policy) -> None:
    with office.uow() as work:
        account = work.people.by_id(account_id)
    require_stand_in(account, policy)
