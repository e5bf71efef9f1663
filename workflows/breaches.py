"""A breach is explained: cause, comment, and whose it is."""

from rules import breaches
from rules import events as ev
from rules.access import Action
from rules.case import Case
from rules.people import Actor
from workflows.movement import Moment, step
from workflows.ports import Office


def explain(
    office: Office, actor: Actor, case_id: str, *, key: str, cause: str, comment: str
) -> Case:
    """The chef who owns a breach says why it happened."""

    def explained(case: Case, moment: Moment) -> list[ev.Event]:
        return [
            breaches.explain(
                case,
                key=key,
                cause=cause,
                comment=comment,
                policy=moment.rulebook.policy,
                actor=moment.actor,
                at=moment.at,
            )
        ]

    return step(office, actor, case_id, action=Action.EXPLAIN, decide=explained)
