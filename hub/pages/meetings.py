"""The meetings of the hub: those to come and the tight days ahead, and moving one of them."""

from datetime import datetime

from fastapi import Response

from hub import guard
from hub.pages.moments import TypedDate, TypedTime, at
from hub.pages.sent import Fields, asked
from hub.pages.steps import Scene, Shown, Step
from hub.pages.table import Page
from hub.pages.visit import TheVisit, Visit
from hub.views.hubcall import proposal_view
from hub.views.meetings import capacity_view, meeting_days
from hub.views.times import day, weekday_moment
from rules.access import Action
from rules.errors import Invalid
from workflows import meetings
from workflows.absences import KEEPERS
from workflows.meeting_board import READERS, read_capacity, read_meetings


class MoveForm(Fields):
    """When the hub meets instead, and why."""

    when: str = asked("Välj den föreslagna tiden eller skriv en annan.")
    meeting_date: TypedDate | None = None
    meeting_time: TypedTime | None = None
    reason: str = ""


def chosen_time(
    when: str, meeting_date: TypedDate | None, meeting_time: TypedTime | None
) -> datetime | None:
    """The time that was typed; None when the proposed one was chosen."""
    if when == "proposed":
        return None
    if meeting_date is None or meeting_time is None:
        raise Invalid({"meeting_date": "Skriv både dag och klockslag för mötet."})
    return at(meeting_date, meeting_time, field="meeting_time")


def show_meetings(visit: TheVisit) -> Response:
    """Today's meetings and those to come, and how much room there is for more."""
    board = read_meetings(visit.office, visit.actor)
    capacity = read_capacity(visit.office, visit.actor)
    return visit.page(
        "meetings.html",
        days=meeting_days(board, visit.office.rulebook().policy.slots),
        capacity=capacity_view(capacity),
        keeps=visit.actor.has(*KEEPERS),
    )


def _move(visit: Visit, case_id: str) -> object:
    form = visit.sent.read(MoveForm)
    starts_at = chosen_time(form.when, form.meeting_date, form.meeting_time)
    return meetings.move(
        visit.office, visit.actor, case_id, starts_at=starts_at, reason=form.reason
    )


def _another(scene: Scene) -> Shown:
    case = scene.read.case
    slot = meetings.proposal(scene.visit.office, case, scene.read.moment)
    return {
        "proposal": proposal_view(slot, scene.lens),
        "same": case.call is not None and case.call.starts_at == slot.starts_at,
        "was": weekday_moment(case.call.starts_at) if case.call else "",
        "deadline": weekday_moment(meetings.deadline(case, scene.read.moment)),
        "today": day(scene.lens.at),
    }


STEPS = (
    Step(
        noun="meeting-moves",
        title="Flytta hubbmötet",
        action=Action.CALL,
        shows=_another,
        does=_move,
        done="moved",
        then="/hub",
    ),
)
PAGES = (Page(path="/meetings", endpoint=show_meetings, allow=guard.roles(*READERS)),)
