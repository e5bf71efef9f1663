"""The hand-over to the socialjour."""

from fastapi import Response

from hub import guard
from hub.pages.table import Page
from hub.pages.visit import TheVisit
from hub.views.duty import duty_view
from rules.people import Role
from workflows.duty import read_duty_list

# Which chef it is for is asked when the list is read.
_READERS = guard.roles(Role.DUTY, Role.INTAKE, Role.UNIT_MANAGER)


def show_duty_list(visit: TheVisit) -> Response:
    """What falls due before the office opens, when it is closed or about to close."""
    return visit.page("duty.html", view=duty_view(read_duty_list(visit.office, visit.actor)))


PAGES = (Page(path="/duty", endpoint=show_duty_list, allow=_READERS),)
