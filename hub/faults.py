"""What went wrong becomes a page: a refusal is a sentence, all else says nothing."""

import uuid

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from hub.headers import ALWAYS
from hub.pages.front import to_login
from hub.pages.refusals import status_of
from hub.pages.visit import Visit
from hub.sessions import BadToken, NotLoggedIn
from rules.errors import NotVisible, Refusal
from workflows.ports import NotWritable, StoreUnavailable, WrongVersion

NOT_FOUND = "Sidan eller ärendet finns inte"
AWAY = "Uppgifterna kan inte nås just nu"
AWAY_MORE = (
    "Inget är sparat. Gå tillbaka med webbläsarens bakåtknapp och försök igen om en stund. Det som"
    " brådskar väntar inte: ring, och följ er rutin på papper."
)
NOT_WRITABLE = "Hubben kan inte spara just nu"
NOT_WRITABLE_MORE = (
    "Inget är sparat. Gå tillbaka med webbläsarens bakåtknapp och kopiera det du skrev. Ring i det"
    " som brådskar och följ er rutin på papper tills hubben kan spara igen. Registrera sedan med"
    " den tid då anmälan kom in; fristen räknas därifrån."
)
REPLACED = "Hubben byts mot en nyare version"
REPLACED_MORE = (
    "Inget är sparat. Gå tillbaka med webbläsarens bakåtknapp, kopiera det du skrev och försök"
    " igen om någon minut."
)
NOT_FOUND_MORE = "Adressen kan vara fel, eller så har du inte tillgång till det som finns där."


def install(app: FastAPI) -> None:
    """Put the handlers up; the API's own come before these for its addresses."""
    app.add_exception_handler(NotLoggedIn, _not_logged_in)
    app.add_exception_handler(BadToken, _bad_token)
    app.add_exception_handler(NotVisible, _not_visible)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _not_visible)
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(StoreUnavailable, _store_unavailable)
    app.add_exception_handler(Exception, _defect)


def _not_logged_in(request: Request, _error: Exception) -> Response:
    """A form that comes after the session has ended is not thrown away without a word."""
    if request.method == "GET" or request.url.path == "/logout":
        return to_login(request)
    more = (
        "Inget är sparat. Gå tillbaka med webbläsarens bakåtknapp och kopiera det du skrev,"
        " logga in och öppna sidan på nytt."
    )
    return _page(request, 401, "Du har loggats ut", more=more)


def _bad_token(request: Request, error: Exception) -> Response:
    return _page(request, 403, "Sidan gick inte att ta emot", more=BadToken.__doc__ or str(error))


def _not_visible(request: Request, _error: Exception) -> Response:
    return _page(request, 404, NOT_FOUND, more=NOT_FOUND_MORE)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        return _page(request, 405, "Det går inte att göra så på den här sidan", more=NOT_FOUND_MORE)
    if error.status_code == 404:
        return _page(request, 404, NOT_FOUND, more=NOT_FOUND_MORE)
    return _page(request, error.status_code, "Det gick inte att läsa det som skickades", more="")


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    law = f" ({error.law})" if error.law else ""
    return _page(request, status_of(error), "Det går inte", more=f"{error.sentence}{law}")


def _store_unavailable(request: Request, error: Exception) -> Response:
    structlog.get_logger().error("store.unavailable", exc_info=error)
    if isinstance(error, WrongVersion):
        return _page(request, 503, REPLACED, more=REPLACED_MORE)
    if isinstance(error, NotWritable):
        return _page(request, 503, NOT_WRITABLE, more=NOT_WRITABLE_MORE)
    return _page(request, 503, AWAY, more=AWAY_MORE)


def _defect(request: Request, error: Exception) -> Response:
    """The person gets a number to read out; the log gets the same number and where it broke."""
    number = str(uuid.uuid4())
    structlog.get_logger().error("page.failed", correlation=number, exc_info=error)
    more = f"Felet är antecknat. Säg det här numret till den som hjälper dig: {number}"
    return _page(request, 500, "Något gick fel", more=more)


def _page(request: Request, status: int, title: str, *, more: str) -> Response:
    visit: Visit | None = getattr(request.state, "visit", None)
    if visit is not None and status < 500:
        return visit.page("error.html", status=status, title=title, more=more)
    page: Response = request.app.state.pages.page(
        "error.html", {"title": title, "more": more}, status=status
    )
    page.headers.update({**ALWAYS, "Cache-Control": "no-store"})
    return page
