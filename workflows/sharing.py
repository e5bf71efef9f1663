"""The open cases that share the context of a report, told to the intake that registered it.

Nobody looks anything up by place or network (SoLPUF 15 §): a report is the only way in.
"""

from rules.access import Action
from rules.concern import Related
from rules.errors import NotAllowed
from rules.people import Actor, Role
from workflows.facts import context_reach
from workflows.movement import moment_of
from workflows.ports import Access, Lists, Office
from workflows.registering import SAME_CONTEXT, related
from workflows.rows import CaseRow


def open_beside(office: Office, actor: Actor, report_id: str) -> tuple[Related, ...]:
    """Open cases about other children in the context of the report, as they are now; newest first.

    Their levels are a matter for people: a later concern changes none of them. The look is logged.
    """
    if not actor.has(Role.INTAKE):
        raise NotAllowed
    moment = moment_of(office, actor)
    if context_reach(moment.rulebook.facts) is None:
        return ()
    with office.uow() as work:
        found = tuple(related(row, SAME_CONTEXT) for row in _others(work.lists, report_id))
        if found:
            work.access.record(
                Access(
                    at=moment.at,
                    account_id=actor.id,
                    action=Action.REGISTER.value,
                    case_ids=tuple(other.case_id for other in found),
                    granted=True,
                    relation="mottagning",
                    detail="öppna ärenden i samma sammanhang",
                )
            )
        work.commit()
    return found


def _others(lists: Lists, report_id: str) -> list[CaseRow]:
    own = lists.of_report(report_id)
    context = next((row.context for row in own if row.context), None)
    if context is None:
        return []
    children = {row.personal_number for row in own if row.personal_number}
    return [
        row
        for row in lists.of_context(context)
        if row.report_id != report_id
        and row.closed_at is None
        and row.personal_number not in children
    ]
