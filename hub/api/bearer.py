"""Who calls: a bearer token, kept only as its hash, that stands for an account and its roles."""

from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param

from hub.api.problem import NotAuthenticated, TooManyTries
from hub.desk import Desk
from rules.people import Actor

TOKEN = "token"  # noqa: S105  the kind of session, not a secret
_TRIES = 20
_WINDOW = timedelta(minutes=15)
_FRESH = timedelta(minutes=1)

scheme = HTTPBearer(
    auto_error=False,
    scheme_name="nyckel",
    description="En nyckel från `hub tokens add`; den har kontots roller.",
)


def the_desk(request: Request) -> Desk:
    """The desk that the program was wired with."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk


TheDesk = Annotated[Desk, Depends(the_desk)]


def caller(request: Request, desk: TheDesk, _scheme: Annotated[object, Depends(scheme)]) -> Actor:
    """The account behind the token; anything else is refused and counted."""
    kind, token = get_authorization_scheme_param(request.headers.get("Authorization"))
    if kind.lower() != "bearer" or not token:
        raise NotAuthenticated
    found = _actor(desk, desk.tokens.hash(token))
    if found is None:
        _count(desk, request.client.host if request.client else "")
        raise NotAuthenticated
    return found


Caller = Annotated[Actor, Depends(caller)]


def _actor(desk: Desk, token_hash: str) -> Actor | None:
    with desk.office.uow() as work:
        session = work.people.session(token_hash)
        if session is None or session.kind != TOKEN:
            return None
        account = work.people.by_id(session.account_id)
        if account is None or not account.active:
            return None
        now = desk.office.clock()
        if now - session.seen_at > _FRESH:
            work.people.touch_session(token_hash, now)
            work.commit()
    return account.actor


def _count(desk: Desk, address: str) -> None:
    """Guessing is hopeless, but it shall be slow and leave a trace."""
    now, name = desk.office.clock(), f"nyckel från {address}"
    with desk.office.uow() as work:
        tried = work.people.login_failures(name, address, now - _WINDOW)
        if tried < _TRIES:
            work.people.login_failed(name, address, now)
            work.commit()
    if tried >= _TRIES:
        raise TooManyTries(int(_WINDOW.total_seconds()))
