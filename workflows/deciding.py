"""The förhandsbedömning ends: a decision, a handover that is received, and the hub lets go."""

from rules import deciding
from rules import events as ev
from rules.access import Action
from rules.case import Case
from rules.deciding import Draft
from rules.errors import Invalid
from rules.people import Actor, Role
from rules.statement import DecisionKind
from workflows.movement import Moment, step
from workflows.package import fingerprint, package_of
from workflows.ports import Office


def decide(
    office: Office,
    actor: Actor,
    case_id: str,
    *,
    decision: DecisionKind,
    reasons: str,
    law: str = "",
    presenters: tuple[str, ...] = (),
    participants: tuple[str, ...] = (),
    without_hub: str = "",
    violence_considered: str = "",
) -> Case:
    """Decide to open, not to open, or to pass the information to an ongoing investigation."""

    draft = Draft(
        decision=decision,
        reasons=reasons,
        law=law,
        presenters=presenters,
        participants=participants,
        without_hub=without_hub,
        violence_considered=violence_considered,
    )

    def decided(case: Case, moment: Moment) -> list[ev.Event]:
        return [
            deciding.decide(
                case,
                draft,
                policy=moment.rulebook.policy,
                hub_levels=moment.rulebook.hub_levels,
                actor=moment.actor,
                at=moment.at,
            )
        ]

    return step(office, actor, case_id, action=Action.DECIDE, decide=decided)


def hand_over(
    office: Office,
    actor: Actor,
    case_id: str,
    *,
    unit: str | None = None,
    investigator: str | None = None,
) -> Case:
    """Hand everything that the hub knew to the investigators, as one package."""

    def handed(case: Case, moment: Moment) -> list[ev.Event]:
        policy = moment.rulebook.policy
        receiver = unit or policy.routing.investigators
        if investigator is not None:
            _require_investigator(office, investigator, unit=receiver)
        return [
            deciding.hand_over(
                case,
                unit=receiver,
                investigator=investigator,
                package_hash=fingerprint(package_of(case)),
                policy=policy,
                actor=moment.actor,
                at=moment.at,
            )
        ]

    return step(office, actor, case_id, action=Action.HAND_OVER, decide=handed)


def _require_investigator(office: Office, account_id: str, *, unit: str) -> None:
    """One of the receiving unit's own: through a name the case reaches no other unit or board."""
    with office.uow() as work:
        account = work.people.by_id(account_id)
    if account is None or not account.active or Role.INVESTIGATOR not in account.roles:
        raise Invalid({"investigator": "Välj en utredare."})
    if account.unit != unit:
        raise Invalid({"investigator": "Välj en utredare i den enhet som tar över."})


def acknowledge(office: Office, actor: Actor, case_id: str) -> Case:
    """The investigator has the package and takes over."""

    def received(case: Case, moment: Moment) -> list[ev.Event]:
        return [deciding.acknowledge(case, actor=moment.actor, at=moment.at)]

    return step(office, actor, case_id, action=Action.RECEIVE, decide=received)


def inform(
    office: Office, actor: Actor, case_id: str, *, how: str = "", withheld_because: str = ""
) -> Case:
    """Tell those concerned that an investigation is open (SoL 20:4)."""

    def informed(case: Case, moment: Moment) -> list[ev.Event]:
        return [
            deciding.inform(
                case,
                how=how,
                withheld_because=withheld_because,
                actor=moment.actor,
                at=moment.at,
            )
        ]

    return step(office, actor, case_id, action=Action.RECEIVE, decide=informed)


def conclude(office: Office, actor: Actor, case_id: str, *, outcome: str) -> Case:
    """The investigation is concluded."""

    def concluded(case: Case, moment: Moment) -> list[ev.Event]:
        return [deciding.conclude(case, outcome=outcome, actor=moment.actor, at=moment.at)]

    return step(office, actor, case_id, action=Action.RECEIVE, decide=concluded)


def close(office: Office, actor: Actor, case_id: str, *, reason: str = "") -> Case:
    """Close the case in the hub; legal clocks of an open investigation run on."""

    def closed(case: Case, moment: Moment) -> list[ev.Event]:
        return [deciding.close(case, reason=reason, actor=moment.actor, at=moment.at)]

    return step(office, actor, case_id, action=Action.CLOSE, decide=closed)
