"""A breach explained by the chef who answers for it: by number and times, without content."""

from collections.abc import Sequence
from datetime import datetime

from fastapi import Response

from hub import guard
from hub.pages.form import Form, again, blank
from hub.pages.moments import TypedDate, TypedTime, at
from hub.pages.refusals import status_of
from hub.pages.sent import Fields, asked
from hub.pages.table import Page
from hub.pages.visit import CaseId, TheVisit, Visit, go
from hub.views.clocks import clock_view
from rules.access import Action
from rules.breaches import Explanation
from rules.errors import Invalid, NotAllowed, NotVisible, Refusal
from rules.people import Role
from workflows import breaches
from workflows.reading import Board, read_case, read_deadlines
from workflows.rows import ClockRow

_EXPLAIN = guard.on_case(Action.EXPLAIN)


class BreachForm(Fields):
    """Why a deadline passed, what is done about it, and by when if the step itself remains."""

    key: str = asked("Välj vilken frist det gäller.")
    cause: str = asked("Välj en orsak i listan.")
    comment: str = asked("Skriv en kommentar om vad som hände.")
    measure: str = asked("Skriv vilken åtgärd som görs.")
    measure_by: TypedDate | None = asked("Skriv datumet som ÅÅÅÅ-MM-DD.", None)
    measure_time: TypedTime | None = asked("Skriv klockslaget som TT.MM, till exempel 13.42.", None)

    @property
    def promised(self) -> datetime | None:
        """The new time; Invalid when only half of it was given."""
        if self.measure_by is None and self.measure_time is None:
            return None
        if self.measure_by is None:
            raise Invalid({"measure_by": "Skriv också vilken dag."})
        if self.measure_time is None:
            raise Invalid({"measure_time": "Skriv också klockslaget."})
        return at(self.measure_by, self.measure_time, field="measure_time")


def show_breaches(case_id: CaseId, visit: TheVisit) -> Response:
    """The breaches of the case; the one that was asked for is chosen."""
    board = _board(visit, case_id)
    opened = [row.key for row in _passed(board, case_id) if row.explained_at is None]
    wanted = visit.query.get("key", "")
    chosen = wanted if wanted in opened else (opened[0] if len(opened) == 1 else "")
    return _page(visit, case_id, board, form=blank({"key": (chosen,)} if chosen else {}))


def create_explanation(case_id: CaseId, visit: TheVisit) -> Response:
    """Keep the explanation; or the page again with why it was refused."""
    board = _board(visit, case_id)
    try:
        _explain(visit, case_id)
    except NotAllowed:
        raise
    except Invalid as fault:
        return _page(visit, case_id, board, form=again(visit.sent, fault.faults), status=422)
    except Refusal as refusal:
        form = again(visit.sent, refusal=refusal.sentence)
        return _page(visit, case_id, board, form=form, status=status_of(refusal))
    return go("/breaches", "explained")


def _explain(visit: Visit, case_id: str) -> None:
    form = visit.sent.read(BreachForm)
    said = Explanation(
        key=form.key,
        cause=form.cause,
        comment=form.comment,
        measure=form.measure,
        measure_by=form.promised,
    )
    breaches.explain(visit.office, visit.actor, case_id, said=said)


def _board(visit: Visit, case_id: str) -> Board:
    """The clocks that the chef answers for; others are told whether the case is theirs at all."""
    if not visit.actor.has(Role.UNIT_MANAGER, Role.MANAGER):
        read_case(visit.office, visit.actor, case_id)
        raise NotAllowed
    board = read_deadlines(visit.office, visit.actor)
    if not any(row.case_id == case_id for row in board.cases):
        raise NotVisible
    return board


def _passed(board: Board, case_id: str) -> list[ClockRow]:
    """Those that wait for an explanation first, the oldest before all."""
    found = [row for row in board.clocks if row.case_id == case_id and row.passed_at is not None]
    return sorted(found, key=lambda row: (row.explained_at is not None, row.due_at))


def _page(visit: Visit, case_id: str, board: Board, *, form: Form, status: int = 200) -> Response:
    policy, now = board.moment.rulebook.policy, board.moment.at
    number = next(row.number for row in board.cases if row.case_id == case_id)
    rows: Sequence[ClockRow] = _passed(board, case_id)
    sources = visit.desk.instrument().sources
    return visit.page(
        "breaches.html",
        form=form,
        status=status,
        number=number,
        breaches=[clock_view(row, policy, now, sources=sources) for row in rows],
        remains=any(row.stopped_at is None for row in rows),
        causes=policy.breach_causes,
    )


PAGES = (
    Page(path="/cases/{case_id}/breaches", endpoint=show_breaches, allow=_EXPLAIN),
    Page(
        path="/cases/{case_id}/breaches", method="POST", endpoint=create_explanation, allow=_EXPLAIN
    ),
)
