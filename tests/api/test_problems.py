"""Problem details: their types are promised, and a defect says nothing but where to look."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog
from httpx2 import Response

from adapters.logs import set_up_logs
from hub.api import problem
from hub.pages.refusals import status_of
from rules import errors
from rules.errors import GateClosed, Invalid, NotVisible, Refusal
from tests.api.service import BASE, Service, concern
from tests.people import MIRA, VIVI
from workflows.ports import StoreUnavailable, WrongVersion

PROMISED = {
    "already-acknowledged", "already-called", "already-decided", "already-done",
    "anonymous-reporter", "assessment-first", "case-is-closed", "changed-meanwhile",
    "confirm-level-first", "defect", "gate-closed", "hub-not-called", "invalid",
    "lowering-already-proposed", "lowering-unanswered", "malformed", "mapping-first",
    "meeting-already-held", "meeting-not-held", "method-not-allowed", "no-decision-yet",
    "no-hub-for-green", "no-investigation", "no-lowering-to-answer", "no-such-breach",
    "not-allowed", "not-authenticated", "not-handed-over", "not-ready-to-close", "not-visible",
    "new-facts-since-lowering", "nothing-to-hand-over", "protection-first", "raise-unanswered",
    "refusal", "request-answered",
    "request-unknown", "second-person-needed", "stale", "store-unavailable", "too-large",
    "too-many-tries", "unit-already-called", "unit-not-called", "weigh-late-answers",
    "wrong-version",
    # Of versions of the rules.
    "already-in-force", "another-is-waiting", "lowers-unticked", "no-such-shadow", "not-waiting",
    "own-proposal", "proposal-rejected", "rules-changed-meanwhile", "shadow-runs", "version-known",
    # Of messages.
    "not-dead",
    # Of clocks that are moved.
    "already-passed", "already-resting", "no-such-clock", "not-movable", "not-resting",
    "not-warned",
    # Of blind double rating.
    "already-rated", "nothing-to-draw", "own-level", "rated-by-two",
}  # fmt: skip


REPLACED = WrongVersion(known="0011", schema="0012", oldest="0012")


def kinds(above: type[Refusal]) -> Iterator[type[Refusal]]:
    yield above
    for below in above.__subclasses__():
        if below.__module__.startswith(("rules.", "workflows.")):
            yield from kinds(below)


def made(kind: type[Refusal]) -> Refusal:
    if kind is Invalid:
        return Invalid({"text": "Skriv något."})
    if kind is GateClosed:
        return GateClosed("Spärrat.", gate="g", law="OSL 26:1", opens="Samtycke.")
    return kind()


def test_the_types_of_refusals_are_those_that_were_promised() -> None:
    found = {made(kind).kind for kind in kinds(errors.Refusal)}

    assert found <= PROMISED
    assert PROMISED - found == {
        "defect", "malformed", "method-not-allowed", "not-authenticated", "not-visible", "stale",
        "store-unavailable", "too-large", "too-many-tries", "wrong-version",
    }  # fmt: skip


@pytest.mark.parametrize("kind", list(kinds(errors.Refusal)), ids=lambda kind: kind.__name__)
def test_every_refusal_is_a_problem_with_a_swedish_sentence(kind: type[Refusal]) -> None:
    response = problem.expected(made(kind))

    assert response is not None
    said = json.loads(bytes(response.body))
    assert said["type"] == f"/problems/{made(kind).kind}"
    assert said["title"].endswith(".")
    assert "\n" not in said["title"] + said["detail"]
    assert said["status"] == response.status_code == status_of(made(kind))


@pytest.mark.parametrize(
    ("error", "status"),
    [(NotVisible(), 404), (StoreUnavailable(), 503), (REPLACED, 503), (problem.Stale(), 412)],
)
def test_the_surroundings_have_their_own_problems(error: Exception, status: int) -> None:
    response = problem.expected(error)

    assert response is not None
    assert response.status_code == status


def test_what_is_no_refusal_is_a_defect() -> None:
    assert problem.expected(KeyError("Elliot")) is None


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/api/v1/barn", 404, "not-visible"),
        ("GET", "/api/v2/cases", 404, "not-visible"),
        ("GET", "/api/", 404, "not-visible"),
        ("DELETE", "/api/v1/cases", 405, "method-not-allowed"),
        ("GET", "/api/v1/concerns", 405, "method-not-allowed"),
        ("TRACE", "/api/v1/cases", 405, "method-not-allowed"),
        ("PUT", "/api/v1/cases/x/levels", 405, "method-not-allowed"),
    ],
)
def test_every_address_under_api_answers_with_a_problem(
    service: Service, method: str, path: str, status: int, kind: str
) -> None:
    response = service.client.request(method, path, headers=service.caller(MIRA).headers())

    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == f"/problems/{kind}"
    assert ("Allow" in response.headers) == (status == 405)


def test_a_body_of_no_end_is_refused_before_it_is_read(service: Service) -> None:
    headers = {**service.caller(MIRA).headers(), "Content-Type": "application/json"}
    pieces = (b" " * 100_000 for _ in range(30))

    response = service.client.post(f"{BASE}/concerns", content=pieces, headers=headers)

    assert response.status_code == 413
    assert response.json()["type"] == "/problems/too-large"


def test_a_body_that_says_it_is_too_large_is_not_read_at_all(service: Service) -> None:
    headers = {**service.caller(MIRA).headers(), "Content-Type": "application/json"}

    response = service.client.post(f"{BASE}/concerns", content=b" " * 2_100_000, headers=headers)

    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == "/problems/too-large"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The program's own log, on paper."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, sys.excepthook
    stream = io.StringIO()
    set_up_logs(stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:], root.level, sys.excepthook = before


def test_a_defect_tells_a_number_that_is_in_the_log_and_nothing_else(
    service: Service, log: io.StringIO
) -> None:
    response = _broken(service)

    said = response.json()
    assert response.status_code == 500
    assert set(said) == {"type", "title", "status", "detail", "correlation"}
    (line,) = [json.loads(line) for line in log.getvalue().splitlines() if "api.failed" in line]
    assert line["correlation"] == said["correlation"]
    assert line["route"] == "/api/v1/cases/{case_id}"
    assert line["error"][0].startswith("AttributeError at rules/fold.py:")


def test_nothing_of_what_was_sent_comes_out_in_the_log(service: Service, log: io.StringIO) -> None:
    mira = service.caller(MIRA)
    mira.post("/concerns", concern())
    mira.post("/concerns", concern(text="", reporter={"kind": "Hemligsson"}))
    mira.post("/child-lookups", {"personal_number": "20160514-9895"})
    service.caller(VIVI).post("/concerns", concern())
    _broken(service)

    written = log.getvalue()

    for secret in ("Elliot", "Vråkberg", "20160514", "bältet", "Hemligsson", "nyckel-"):
        assert secret not in written


def _broken(service: Service) -> Response:
    """A case whose journal does not begin with a registration."""
    mira = service.caller(MIRA)
    (case,) = mira.post("/concerns", concern()).json()["cases"]
    service.world.store.journal[case["id"]] = (None,)  # type: ignore[assignment]
    return service.client.get(f"{BASE}/cases/{case['id']}", headers=mira.headers())
