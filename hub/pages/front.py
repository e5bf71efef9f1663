"""The door: log in and log out."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Cookie, Depends, Request, Response

from hub import guard
from hub.desk import Desk
from hub.pages.confirmations import CONFIRMATIONS
from hub.pages.form import Form, blank
from hub.pages.sent import CSRF, Sent
from hub.pages.table import Page
from hub.pages.visit import SEE_OTHER, TheVisit, cookie_name, go, is_https, typed
from hub.sessions import BadToken, TooManyTries, WrongLogin, log_in, log_out, same_secret

_DOOR = "hub-door"


def show_login(
    request: Request, door: Annotated[str | None, Cookie(alias=_DOOR)] = None
) -> Response:
    """The login page; its form carries a token that a cookie repeats."""
    return _login_page(request, blank(), door)


def create_session(
    request: Request,
    sent: Annotated[Sent, Depends(typed)],
    door: Annotated[str | None, Cookie(alias=_DOOR)] = None,
) -> Response:
    """Log in, or show the page again with one sentence for every kind of wrong."""
    desk: Desk = request.app.state.desk
    if not same_secret(sent.control(CSRF), door or ""):
        raise BadToken
    try:
        token = log_in(desk, **_given(sent), address=request.client.host if request.client else "")
    except (WrongLogin, TooManyTries) as refusal:
        form = Form({"username": sent.values.get("username", ())}, refusal=refusal.sentence)
        many = isinstance(refusal, TooManyTries)
        return _login_page(request, form, door, status=429 if many else 422)
    answer = go(_next(sent.control("_next")))
    answer.set_cookie(
        cookie_name(desk), token, httponly=True, samesite="lax", secure=is_https(desk), path="/"
    )
    return answer


def delete_session(visit: TheVisit) -> Response:
    """Log out."""
    log_out(visit.desk, visit.login.session)
    answer = go("/login", "logged-out")
    answer.delete_cookie(
        cookie_name(visit.desk), httponly=True, samesite="lax", secure=is_https(visit.desk)
    )
    return answer


def to_login(request: Request) -> Response:
    """Whoever is not logged in is led to the door, and from there to where they were going."""
    if request.url.path == "/":
        return _redirect("/login")
    return _redirect(f"/login?next={quote(request.url.path)}")


def _redirect(where: str) -> Response:
    return Response(status_code=SEE_OTHER, headers={"Location": where})


def _given(sent: Sent) -> dict[str, str]:
    return {name: sent.values.get(name, ("",))[-1] for name in ("username", "password")}


def _next(path: str) -> str:
    """Only a place within the hub."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


def _login_page(request: Request, form: Form, door: str | None, *, status: int = 200) -> Response:
    desk: Desk = request.app.state.desk
    secret = door or desk.tokens.new()
    done = CONFIRMATIONS.get(request.query_params.get("done", ""), "")
    context = {
        "accounts": desk.demo_accounts if desk.demo else (),
        "next": _next(request.query_params.get("next", "/")),
    }
    page = request.app.state.pages.page(
        "login.html", context, csrf=secret, form=form, done=done, status=status
    )
    if door is None:
        page.set_cookie(_DOOR, secret, httponly=True, samesite="lax", secure=is_https(desk))
    answer: Response = page
    return answer


PAGES = (
    Page(path="/login", endpoint=show_login, allow=guard.PUBLIC),
    Page(path="/login", method="POST", endpoint=create_session, allow=guard.PUBLIC),
    Page(path="/logout", method="POST", endpoint=delete_session, allow=guard.LOGGED_IN),
)
