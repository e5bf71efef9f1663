"""One visit to a page: who came, what was typed, and how it is answered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from hub.desk import Desk
from hub.guard import Allow
from hub.pages.confirmations import CONFIRMATIONS
from hub.pages.form import Form
from hub.pages.render import Pages
from hub.pages.sent import CSRF, Sent
from hub.sessions import BadToken, Login, NotLoggedIn, find_login, same_secret
from hub.views.me import me
from rules.errors import NotAllowed, NotVisible
from rules.people import Actor
from workflows.ports import Office

SEE_OTHER = 303
_MOST_FIELDS = 4000
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who is logged in and may use the route they came to."""

    desk: Desk
    login: Login
    pages: Pages
    sent: Sent
    path: str
    query: Mapping[str, str]

    @property
    def actor(self) -> Actor:
        return self.login.account.actor

    @property
    def office(self) -> Office:
        return self.desk.office

    def page(
        self, template: str, *, form: Form | None = None, status: int = 200, **context: object
    ) -> Response:
        """The page with the top that belongs to this person."""
        policy = self.office.rulebook().policy
        return self.pages.page(
            template,
            context,
            me=me(self.actor, policy, self.path),
            csrf=self.login.session.csrf,
            form=form,
            done=CONFIRMATIONS.get(self.query.get("done", ""), ""),
            status=status,
        )


def cookie_name(desk: Desk) -> str:
    """`__Host-` binds the cookie to this host and to https; over plain http it cannot be used."""
    return "__Host-hub" if is_https(desk) else "hub"


def is_https(desk: Desk) -> bool:
    return desk.base_url.startswith("https://")


async def typed(request: Request) -> Sent:
    """The form that was sent; reading the body is the only thing here that has to wait."""
    if request.method != "POST":
        return Sent()
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS)
    return Sent((name, value) for name, value in form.multi_items() if isinstance(value, str))


def visit(request: Request, sent: Annotated[Sent, Depends(typed)]) -> Visit:
    """The visit of somebody who is logged in; a form must carry the session's own token."""
    desk: Desk = request.app.state.desk
    login = find_login(desk, request.cookies.get(cookie_name(desk)))
    if login is None:
        raise NotLoggedIn
    if request.method == "POST" and not same_secret(sent.control(CSRF), login.session.csrf):
        raise BadToken
    here = Visit(
        desk=desk,
        login=login,
        pages=request.app.state.pages,
        sent=sent,
        path=request.url.path,
        query={name: value.replace("\0", "") for name, value in request.query_params.items()},
    )
    request.state.visit = here
    return here


TheVisit = Annotated[Visit, Depends(visit)]


def case_id_of(case_id: str, _visit: TheVisit) -> str:
    """The id of a case or a report; what cannot be one is as unknown as any other."""
    if not _ID.fullmatch(case_id):
        raise NotVisible
    return case_id


def report_id_of(report_id: str, _visit: TheVisit) -> str:
    """The id of a report, in the same form."""
    return case_id_of(report_id, _visit)


CaseId = Annotated[str, Depends(case_id_of)]
ReportId = Annotated[str, Depends(report_id_of)]


@dataclass(frozen=True, slots=True)
class Gate:
    """Stands before a page and lets in those that the route is for."""

    allow: Allow

    def __call__(self, visit: TheVisit) -> None:
        """NotAllowed when no role of theirs is among those the route names."""
        if not self.allow.lets(visit.actor):
            raise NotAllowed


def go(path: str, done: str = "") -> RedirectResponse:
    """After a form: to the page that shows what became of it."""
    where = f"{path}?done={quote(done)}" if done else path
    return RedirectResponse(where, status_code=SEE_OTHER)
