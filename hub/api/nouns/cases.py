"""Cases: lists and what can be read of one case."""

from typing import Annotated

from fastapi import Query, Response

from hub.api.answering import case_answer
from hub.api.bearer import Caller, TheDesk
from hub.api.documented import LISTS, READS
from hub.api.route import nouns
from hub.api.shown.around import (
    Chronology,
    Package,
    SlotShown,
    chronology_of,
    package_shown,
)
from hub.api.shown.case import CaseShown
from hub.api.shown.lists import CaseList, case_list
from hub.api.step import CaseId
from workflows import meetings
from workflows.reading import read_board, read_case

router = nouns("Ärenden")


@router.get("/cases", summary="Ärendena du får se, närmaste frist först", responses=LISTS)
def list_cases(
    actor: Caller,
    desk: TheDesk,
    include_closed: Annotated[bool, Query(description="Ta med avslutade ärenden.")] = False,
) -> CaseList:
    """Ett barn med skyddade eller okända personuppgifter har varken namn eller nummer i listan."""
    return case_list(read_board(desk.office, actor, include_closed=include_closed))


@router.get("/cases/{case_id}", summary="Ett ärende", responses=READS)
def show_case(case_id: CaseId, actor: Caller, desk: TheDesk, response: Response) -> CaseShown:
    """Hela ärendet; det du inte får se finns inte (404)."""
    view = read_case(desk.office, actor, case_id)
    return case_answer(desk.office, actor, view.case, response=response)


@router.get("/cases/{case_id}/chronology", summary="Ärendets händelser", responses=READS)
def show_chronology(case_id: CaseId, actor: Caller, desk: TheDesk) -> Chronology:
    """En mening per händelse, i ordning."""
    return chronology_of(read_case(desk.office, actor, case_id))


@router.get("/cases/{case_id}/package", summary="Överlämningspaketet", responses=READS)
def show_package(case_id: CaseId, actor: Caller, desk: TheDesk) -> Package:
    """Allt som hubben visste, uppgift för uppgift med källa."""
    return package_shown(read_case(desk.office, actor, case_id))


@router.get("/cases/{case_id}/slot-proposal", summary="Föreslagen mötestid", responses=READS)
def show_slot(case_id: CaseId, actor: Caller, desk: TheDesk) -> SlotShown:
    """Den tid som en hubbkallelse skulle få nu, och varför."""
    view = read_case(desk.office, actor, case_id)
    return SlotShown.of(meetings.proposal(desk.office, view.case, view.moment))
