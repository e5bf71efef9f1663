"""What the socialjour takes over when the office closes."""

from hub.api.bearer import Caller, TheDesk
from hub.api.documented import LISTS
from hub.api.route import nouns
from hub.api.shown.duty import DutyListShown, duty_list
from workflows.duty import read_duty_list

router = nouns("Socialjour")


@router.get("/duty-list", summary="Överlämning till socialjouren", responses=LISTS)
def show_duty_list(actor: Caller, desk: TheDesk) -> DutyListShown:
    """Från en timme före stängning tills kontoret öppnar; läsningen loggas i varje ärende."""
    return duty_list(read_duty_list(desk.office, actor))
