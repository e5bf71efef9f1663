"""The hub meets: who was there, one joint mapping, one joint assessment."""

from datetime import datetime

from rules import events as ev
from rules import meeting
from rules.access import Action
from rules.case import Case
from rules.level import Level
from rules.people import Actor
from rules.statement import Dissent, MapItem
from workflows.movement import Moment, step
from workflows.ports import Office


def hold(
    office: Office,
    actor: Actor,
    case_id: str,
    *,
    started_at: datetime,
    ended_at: datetime,
    present: tuple[str, ...],
    present_units: tuple[str, ...],
) -> Case:
    """Record that the meeting was held; silent units are recorded by name."""

    def decide(case: Case, moment: Moment) -> list[ev.Event]:
        return [
            meeting.hold(
                case,
                started_at=started_at,
                ended_at=ended_at,
                present=present,
                present_units=present_units,
                actor=moment.actor,
                at=moment.at,
            )
        ]

    return step(office, actor, case_id, action=Action.MEET, decide=decide)


def make_mapping(office: Office, actor: Actor, case_id: str, *, items: tuple[MapItem, ...]) -> Case:
    """Keep the joint kartläggning, every point with its source."""

    def decide(case: Case, moment: Moment) -> list[ev.Event]:
        return [meeting.make_mapping(case, items=items, actor=moment.actor, at=moment.at)]

    return step(office, actor, case_id, action=Action.MEET, decide=decide)


def make_assessment(
    office: Office,
    actor: Actor,
    case_id: str,
    *,
    level: Level,
    reasons: str,
    dissents: tuple[Dissent, ...] = (),
) -> Case:
    """Keep the joint bedömning; a higher level than the case has raises it at once."""

    def decide(case: Case, moment: Moment) -> list[ev.Event]:
        made = meeting.make_assessment(
            case,
            level=level,
            reasons=reasons,
            dissents=dissents,
            actor=moment.actor,
            at=moment.at,
        )
        return [made, *_raised(case, level, moment)]

    return step(office, actor, case_id, action=Action.MEET, decide=decide)


def _raised(case: Case, level: Level, moment: Moment) -> list[ev.LevelSet]:
    """The hub may raise by its assessment; lowering is for two persons, never a side effect."""
    if case.decision is not None or not level.above(case.level):
        return []
    reason = "Hubbens gemensamma bedömning"
    return [ev.LevelSet(at=moment.at, by=moment.actor.id, level=level, reason=reason)]
