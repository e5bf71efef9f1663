"""A breach is explained: cause, comment, and whose it is."""

from rules import breaches
from rules import events as ev
from rules.access import Action
from rules.breaches import Explanation
from rules.case import Case
from rules.clocks import intake_unit
from rules.errors import NotAllowed
from rules.people import Actor, Role
from workflows.movement import Moment, step
from workflows.ports import Office


def explain(office: Office, actor: Actor, case_id: str, *, said: Explanation) -> Case:
    """The chef who owns a breach says why it happened and what is done about it."""

    def explained(case: Case, moment: Moment) -> list[ev.Event]:
        _require_owner(case, moment, said.key)
        return [
            breaches.explain(
                case, said, policy=moment.rulebook.policy, actor=moment.actor, at=moment.at
            )
        ]

    return step(office, actor, case_id, action=Action.EXPLAIN, decide=explained)


def _require_owner(case: Case, moment: Moment, key: str) -> None:
    """The chef of the unit that owns the breach, the intake's chef, or the verksamhetschef."""
    intake = intake_unit(moment.rulebook.policy)
    clock = case.clocks.get(key)
    owner = clock.passed.owner if clock and clock.passed else intake
    actor = moment.actor
    if not actor.has(Role.MANAGER) and actor.unit not in (owner, intake):
        raise NotAllowed("Fristbrottet förklaras av chefen för den enhet som äger det.")
