"""Meetings to come, the capacity of the coming days, a meeting that is moved, and absences."""

from typing import Annotated

from fastapi import Depends

from hub.api.bearer import Caller, TheDesk
from hub.api.bodies.meetings import AbsenceBody, MeetingMoveBody
from hub.api.documented import LISTS, STEPS, TAKES
from hub.api.route import nouns
from hub.api.shown.case import CaseShown
from hub.api.shown.meetings import (
    AbsenceList,
    AbsenceShown,
    CapacityShown,
    MeetingList,
    absence_list,
    capacity_shown,
    meeting_list,
)
from hub.api.step import TheStep, known_form
from workflows import absences, meetings
from workflows.meeting_board import read_capacity, read_meetings

router = nouns("Möten")


def absence_of(absence_id: str, actor: Caller) -> str:
    """The id of an absence, in the form that all ids have."""
    return known_form(actor, absence_id)


@router.get("/meetings", summary="Dagens möten och de kommande", responses=LISTS)
def list_meetings(actor: Caller, desk: TheDesk) -> MeetingList:
    """För mottagningen och chefer: ärendenummer och rum, inget innehåll."""
    return meeting_list(read_meetings(desk.office, actor))


@router.get("/capacity", summary="Trånga dagar framåt", responses=LISTS)
def show_capacity(actor: Caller, desk: TheDesk) -> CapacityShown:
    """De timmar då en anmälan som kommer in inte får en fast tid som håller alla löften."""
    return capacity_shown(read_capacity(desk.office, actor))


@router.post(
    "/cases/{case_id}/meeting-moves",
    summary="Flytta hubbmötet",
    status_code=201,
    responses=STEPS,
)
def create_meeting_move(body: MeetingMoveBody, step: TheStep) -> CaseShown:
    """Enheterna får en ny kallelse i samma kalenderpost; deras svar gäller."""
    case = meetings.move(
        step.office, step.actor, step.case_id, starts_at=body.starts_at, reason=body.reason
    )
    return step.answer(case)


@router.get("/absences", summary="Frånvaro som inte är över", responses=LISTS)
def list_absences(actor: Caller, desk: TheDesk) -> AbsenceList:
    """Sin egen, sin enhets för chefen, allas för mottagningen."""
    return absence_list(absences.read_register(desk.office, actor))


@router.post("/absences", summary="Anteckna frånvaro", status_code=201, responses=TAKES)
def create_absence(body: AbsenceBody, actor: Caller, desk: TheDesk) -> AbsenceShown:
    """Ersättare utses genast i ärenden där enheten är kallad och ingen annan är kvar."""
    away = absences.Away(
        account=body.account,
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        deputy=body.deputy,
    )
    return AbsenceShown.of(absences.set_absence(desk.office, actor, away))


@router.post(
    "/absences/{absence_id}/ends",
    summary="Tillbaka i förtid",
    status_code=201,
    responses=STEPS,
)
def create_absence_end(
    absence_id: Annotated[str, Depends(absence_of)], actor: Caller, desk: TheDesk
) -> AbsenceShown:
    """Från och med nu; en frånvaro som inte har börjat blir inte av."""
    return AbsenceShown.of(absences.end_absence(desk.office, actor, absence_id))
