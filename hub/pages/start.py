"""The start page by role, the chef's deadlines, and who read what."""

from fastapi import Response

from hub import guard
from hub.pages import directory
from hub.pages.table import Page
from hub.pages.visit import TheVisit, Visit
from hub.views.deadlines import DeadlineBoard, board_view
from hub.views.tasks import lists
from hub.views.trail import access_lines
from hub.views.versions import versions_view
from hub.views.vigil import finding_lines, newest_outage
from rules.people import Role
from workflows import outages, promises, ratings, versions
from workflows.reading import Board, read_access_log, read_board, read_deadlines

_CHEFS = guard.roles(Role.UNIT_MANAGER, Role.MANAGER)


def show_start(visit: TheVisit) -> Response:
    """What waits for the one who comes."""
    actor = visit.actor
    deadlines = outage = None
    if actor.has(Role.UNIT_MANAGER, Role.MANAGER):
        deadlines = _deadlines(visit, read_deadlines(visit.office, actor))
        found = outages.read(visit.office, actor, limit=1)
        outage = newest_outage(found, visit.office.clock())
    rules = None
    if actor.has(Role.RULE_OWNER, Role.MANAGER):
        rulebooks = versions.overview(visit.office)
        rules = versions_view(rulebooks, directory.names(visit.office)).waiting
    board = read_board(visit.office, actor)
    return visit.page(
        "start.html",
        lists=lists(board, actor),
        deadlines=deadlines,
        rules=rules,
        outage=outage,
        to_rate=len(ratings.waiting(visit.office, actor)),
    )


def show_deadlines(visit: TheVisit) -> Response:
    """Every breach and every running clock, without content."""
    board = read_deadlines(visit.office, visit.actor)
    found = finding_lines(promises.examine(visit.office, visit.desk.own()))
    return visit.page("deadlines.html", view=_deadlines(visit, board), found=found)


def _deadlines(visit: Visit, board: Board) -> DeadlineBoard:
    return board_view(board, visit.actor, visit.desk.instrument().sources)


def show_access_log(visit: TheVisit) -> Response:
    """Who has read and done what."""
    number, who = visit.query.get("number", "").strip().upper(), visit.query.get("who", "")
    log = read_access_log(visit.office, visit.actor, number=number)
    numbers = directory.numbers(visit.office, (it for line in log for it in line.case_ids))
    names = directory.names(visit.office)
    shown = [
        it
        for it in log
        if who in ("", it.account_id)
        and (not number or number in [numbers.get(case_id) for case_id in it.case_ids])
    ]
    return visit.page(
        "access_log.html",
        lines=access_lines(shown, names, numbers),
        people=sorted(names.items(), key=lambda item: item[1]),
        number=number,
        who=who,
    )


PAGES = (
    Page(path="/", endpoint=show_start, allow=guard.LOGGED_IN),
    Page(path="/deadlines", endpoint=show_deadlines, allow=_CHEFS),
    Page(path="/access-log", endpoint=show_access_log, allow=guard.roles(Role.REVIEWER)),
)
