"""If-Match: write only if the case still is the version that the caller has read.

The comparison is made where the events are appended, in the step's own transaction; a case that
one may not see, and a step that is refused anyway, answer as they do without the header.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Annotated, Self

from fastapi import Depends, Header

from hub.api.bearer import TheDesk
from hub.api.problem import Stale
from rules.case import Case
from rules.errors import Invalid
from rules.events import Event
from workflows.delivery_ports import Outbox
from workflows.meeting_ports import Meetings
from workflows.node_ports import Nodes
from workflows.past_concerns import History
from workflows.ports import AccessLog, Addition, Journal, Lists, Office, People, UnitOfWork, Watch
from workflows.rating_ports import RatingStore
from workflows.rule_ports import RuleStore
from workflows.statement_ports import Statements
from workflows.vigil_ports import Vigil

_TAG = re.compile(r'"(\d{1,9})"')


def tag_of(version: int) -> str:
    """The ETag of a case: the number of its events."""
    return f'"{version}"'


@dataclass(frozen=True, slots=True)
class _Expecting:
    """A journal that takes events only after `version`."""

    journal: Journal
    version: int

    def read(self, case_id: str) -> tuple[Event, ...]:
        return self.journal.read(case_id)

    def cases(self, case_ids: Sequence[str]) -> Mapping[str, Case]:
        return self.journal.cases(case_ids)

    def append(self, case_id: str, events: Sequence[Event], *, expected: int) -> None:
        if expected != self.version:
            raise Stale
        self.journal.append(case_id, events, expected=expected)

    def append_all(self, additions: Sequence[Addition]) -> None:
        for it in additions:
            self.append(it.case_id, it.events, expected=it.expected)


@dataclass(frozen=True, slots=True)
class _ExpectingWork:
    """A unit of work whose journal expects a version; the rest is as it was."""

    work: UnitOfWork
    version: int

    @property
    def journal(self) -> Journal:
        return _Expecting(self.work.journal, self.version)

    @property
    def lists(self) -> Lists:
        return self.work.lists

    @property
    def watch(self) -> Watch:
        return self.work.watch

    @property
    def outbox(self) -> Outbox:
        return self.work.outbox

    @property
    def people(self) -> People:
        return self.work.people

    @property
    def access(self) -> AccessLog:
        return self.work.access

    @property
    def rules(self) -> RuleStore:
        return self.work.rules

    @property
    def history(self) -> History:
        return self.work.history

    @property
    def ratings(self) -> RatingStore:
        return self.work.ratings

    @property
    def meetings(self) -> Meetings:
        return self.work.meetings

    @property
    def nodes(self) -> Nodes:
        return self.work.nodes

    @property
    def vigil(self) -> Vigil:
        return self.work.vigil

    @property
    def statements(self) -> Statements:
        return self.work.statements

    def __enter__(self) -> Self:
        self.work.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.work.__exit__(kind, error, trace)

    def commit(self) -> None:
        self.work.commit()


def expecting(office: Office, version: int) -> Office:
    """The same office, where a step is taken only from `version` of the case."""
    return replace(office, uow=lambda: _ExpectingWork(office.uow(), version))


def office_for_step(
    desk: TheDesk,
    if_match: Annotated[
        str | None,
        Header(description="ETag från det senast lästa; är ärendet ett annat blir svaret 412."),
    ] = None,
) -> Office:
    """The office in which the step is taken, with the caller's precondition if there is one."""
    if if_match is None or if_match.strip() == "*":
        return desk.office
    match = _TAG.fullmatch(if_match.strip())
    if match is None:
        raise Invalid({"If-Match": "If-Match ska vara ett ETag som hubben har lämnat."})
    return expecting(desk.office, int(match[1]))


StepOffice = Annotated[Office, Depends(office_for_step)]
