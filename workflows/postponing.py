"""A clock is extended, rests, runs again, is seen; or something happens that clocks go by."""

from datetime import datetime

from rules import events as ev
from rules import occasions, postponing
from rules.access import Action
from rules.case import Case
from rules.people import Actor
from rules.postponing import Asked
from workflows.movement import Moment, calendar_of, step
from workflows.ports import Office


def extend(office: Office, actor: Actor, case_id: str, *, asked: Asked) -> Case:
    """A later end of a clock, on the ground and with the delegation that the rules name."""

    def extended(case: Case, moment: Moment) -> tuple[ev.Event, ...]:
        calendar = calendar_of(office, moment)
        return postponing.extend(case, asked, calendar=calendar, actor=actor, at=moment.at)

    return step(office, actor, case_id, action=Action.POSTPONE, decide=extended)


def suspend(office: Office, actor: Actor, case_id: str, *, asked: Asked) -> Case:
    """The clock rests, at the longest until the time asked for."""

    def rests(case: Case, moment: Moment) -> list[ev.Event]:
        calendar = calendar_of(office, moment)
        return [postponing.suspend(case, asked, calendar=calendar, actor=actor, at=moment.at)]

    return step(office, actor, case_id, action=Action.POSTPONE, decide=rests)


def resume(office: Office, actor: Actor, case_id: str, *, key: str) -> Case:
    """The clock runs again, later by what it rested."""

    def runs(case: Case, moment: Moment) -> list[ev.Event]:
        calendar = calendar_of(office, moment)
        return [postponing.resume(case, key, calendar=calendar, actor=actor, at=moment.at)]

    return step(office, actor, case_id, action=Action.POSTPONE, decide=runs)


def acknowledge(office: Office, actor: Actor, case_id: str, *, key: str) -> Case:
    """Somebody has seen the warning; no more are sent, and the clock runs on."""

    def seen(case: Case, moment: Moment) -> list[ev.Event]:
        policy = moment.rulebook.policy
        return [postponing.acknowledge(case, key, policy=policy, actor=actor, at=moment.at)]

    return step(office, actor, case_id, action=Action.ACKNOWLEDGE, decide=seen)


def note_occasion(
    office: Office, actor: Actor, case_id: str, *, occasion: str, happened_at: datetime
) -> Case:
    """Note what has happened; the clocks that go by it start or stop."""

    def noted(case: Case, moment: Moment) -> list[ev.Event]:
        return [
            occasions.note(
                case,
                occasion=occasion,
                happened_at=happened_at,
                policy=moment.rulebook.policy,
                actor=actor,
                at=moment.at,
            )
        ]

    return step(office, actor, case_id, action=Action.NOTE_OCCASION, decide=noted)
