"""Problem details (RFC 9457): each refusal has a stable type, a sentence and its ground."""

from collections.abc import Iterable
from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from hub.api.sentences import field_faults, is_malformed
from rules.errors import GateClosed, Invalid, NotAllowed, NotVisible, Refusal
from workflows.ports import StoreUnavailable, WrongVersion

MEDIA_TYPE = "application/problem+json"
TYPES = "/problems/"
_RETRY_SECONDS = 5


class NotAuthenticated(Exception):
    """Anropet saknar en giltig nyckel. Skicka den som Authorization: Bearer."""


class TooManyTries(Exception):
    """För många försök med ogiltiga nycklar. Vänta och försök igen."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(seconds)


class Stale(Exception):
    """Ärendet har ändrats sedan du läste det. Läs det nya och försök igen."""


class FieldFault(BaseModel):
    """One field that is wrong, and what to do."""

    field: str
    detail: str


class Problem(BaseModel):
    """A refusal as data; `type` is stable, `title` and `detail` are for people."""

    type: str = Field(description="Stabilt namn på problemet.", examples=["/problems/invalid"])
    title: str = Field(description="Vad problemet är, i allmänhet.")
    status: int
    detail: str = Field(description="Vad som hände den här gången.")
    law: str | None = Field(None, description="Lagrum, när en lag säger nej.")
    gate: str | None = Field(None, description="Spärren som är stängd.")
    opens: str | None = Field(None, description="Vad som skulle öppna spärren.")
    errors: list[FieldFault] | None = Field(None, description="Fel fält för fält.")
    correlation: str | None = Field(None, description="Att uppge vid felanmälan.")


def answer(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """The problem as a response."""
    return JSONResponse(
        problem.model_dump(exclude_none=True),
        status_code=problem.status,
        headers=headers,
        media_type=MEDIA_TYPE,
    )


def expected(error: Exception) -> JSONResponse | None:
    """The answer to a refusal that has a sentence; None when `error` is a defect."""
    match error:
        case Invalid():
            return answer(_of_invalid(error))
        case GateClosed():
            problem = _of_refusal(error, HTTPStatus.CONFLICT)
            return answer(problem.model_copy(update={"gate": error.gate, "opens": error.opens}))
        case NotAllowed():
            return answer(_of_refusal(error, HTTPStatus.FORBIDDEN))
        case Refusal():
            return answer(_of_refusal(error, HTTPStatus.CONFLICT))
        case RequestValidationError():
            return answer(_of_request(error))
        case HTTPException():
            return answer(_of_http(error), dict(error.headers or {}))
        case _:
            return _of_surroundings(error)


def defect(correlation: str) -> JSONResponse:
    """Something is broken in the program; nothing is told but where to look in the log."""
    sentence = "Något gick fel i programmet. Inget har sparats av anropet."
    problem = _problem("defect", HTTPStatus.INTERNAL_SERVER_ERROR, sentence)
    return answer(problem.model_copy(update={"correlation": correlation}))


def not_found() -> JSONResponse:
    """What is unknown and what may not be seen look the same."""
    return answer(_problem("not-visible", HTTPStatus.NOT_FOUND, "Ärendet eller sidan finns inte."))


def not_allowed_method(methods: Iterable[str]) -> JSONResponse:
    """The address is there, but not for this method."""
    allowed = ", ".join(sorted(methods))
    sentence = f"Adressen tar inte den metoden, bara {allowed}."
    problem = _problem("method-not-allowed", HTTPStatus.METHOD_NOT_ALLOWED, sentence)
    return answer(problem, {"Allow": allowed})


def _of_surroundings(error: Exception) -> JSONResponse | None:
    match error:
        case NotVisible():
            return not_found()
        case NotAuthenticated():
            problem = _of_own(error, "not-authenticated", HTTPStatus.UNAUTHORIZED)
            return answer(problem, {"WWW-Authenticate": 'Bearer realm="mash-hubben"'})
        case TooManyTries():
            problem = _of_own(error, "too-many-tries", HTTPStatus.TOO_MANY_REQUESTS)
            return answer(problem, {"Retry-After": str(error.seconds)})
        case Stale():
            return answer(_of_own(error, "stale", HTTPStatus.PRECONDITION_FAILED))
        case WrongVersion():
            problem = _of_own(error, "wrong-version", HTTPStatus.SERVICE_UNAVAILABLE)
            return answer(problem, {"Retry-After": str(_RETRY_SECONDS)})
        case StoreUnavailable():
            problem = _of_own(error, "store-unavailable", HTTPStatus.SERVICE_UNAVAILABLE)
            return answer(problem, {"Retry-After": str(_RETRY_SECONDS)})
        case _:
            return None


def _of_own(error: Exception, name: str, status: HTTPStatus) -> Problem:
    return _problem(name, status, _said(error))


def _of_refusal(error: Refusal, status: HTTPStatus) -> Problem:
    """The class's docstring names the kind of problem; the sentence tells this very one."""
    problem = _problem(error.kind, status, _said(error))
    return problem.model_copy(update={"detail": _one_line(error.sentence), "law": error.law})


def _of_invalid(error: Invalid) -> Problem:
    errors = [FieldFault(field=field, detail=text) for field, text in error.faults.items()]
    problem = _of_refusal(error, HTTPStatus.UNPROCESSABLE_ENTITY)
    return problem.model_copy(update={"errors": errors})


def _of_request(error: RequestValidationError) -> Problem:
    details = error.errors()
    if is_malformed(details):
        sentence = "Kroppen är inte riktig JSON."
        return _problem("malformed", HTTPStatus.BAD_REQUEST, sentence)
    return _of_invalid(Invalid(dict(field_faults(details))))


def _of_http(error: HTTPException) -> Problem:
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return _problem("malformed", HTTPStatus.BAD_REQUEST, "Kroppen går inte att läsa.")
    if error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return _problem("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Kroppen är för stor.")
    status = HTTPStatus(error.status_code)
    return _problem(f"http-{status.value}", status, "Anropet går inte att besvara.")


def _problem(name: str, status: HTTPStatus, sentence: str) -> Problem:
    return Problem(type=TYPES + name, title=sentence, status=status.value, detail=sentence)


def _said(error: Exception) -> str:
    return _one_line((type(error).__doc__ or "").partition("\n\n")[0])


def _one_line(text: str) -> str:
    return " ".join(text.split())
