"""The reporter hears back: what the law lets be said, to whom, and when."""

from datetime import datetime

from rules import events as ev
from rules import feedback
from rules.access import Action
from rules.case import Case
from rules.people import Actor
from workflows.movement import Moment, step
from workflows.ports import Office


def request_feedback(
    office: Office, actor: Actor, case_id: str, *, requested_at: datetime | None = None
) -> Case:
    """The reporter asks to hear back."""

    def requested(case: Case, moment: Moment) -> list[ev.Event]:
        at = requested_at or moment.at
        return [feedback.request(case, requested_at=at, actor=moment.actor, at=moment.at)]

    return step(office, actor, case_id, action=Action.FEED_BACK, decide=requested)


def give_feedback(
    office: Office,
    actor: Actor,
    case_id: str,
    *,
    channel: str = "",
    unsuitable_because: str = "",
    consent: str = "",
) -> Case:
    """Give one of the three facts of SoL 19:6, or record why it was unsuitable."""

    def given(case: Case, moment: Moment) -> list[ev.Event]:
        return [
            feedback.give(
                case,
                channel=channel,
                unsuitable_because=unsuitable_because,
                consent=consent,
                actor=moment.actor,
                at=moment.at,
            )
        ]

    return step(office, actor, case_id, action=Action.FEED_BACK, decide=given)
