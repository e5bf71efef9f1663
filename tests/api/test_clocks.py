"""What is done with clocks over the API, what is refused, and the socialjour's list."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.service import Service, child, concern
from tests.api.stages import handed_over_case, registered_case
from tests.people import JON, MIRA, OSKAR, UTA
from workflows.watching import sweep

KEY = "forhandsbedomning"
LATER = {"until": "2026-04-10T12:00:00+02:00", "reason": "Barnet är bortrest."}


def opened(service: Service) -> str:
    (case,) = service.caller(MIRA).post("/concerns", concern()).json()["cases"]
    return f"/cases/{case['id']}"


def clock(case: dict[str, Any], key: str) -> dict[str, Any]:
    return next(it for it in case["clocks"] if it["key"] == key)


def test_a_clock_is_extended_to_the_end_of_the_day_and_shows_the_new_end(service: Service) -> None:
    at = opened(service)

    answer = service.caller(MIRA).post(f"{at}/clocks/{KEY}/extensions", LATER)

    assert answer.status_code == 201
    moved = clock(answer.json(), KEY)
    assert moved["due_at"] == "2026-04-10T22:00:00Z"
    assert moved["moved"] == 1
    assert "synnerliga skäl" in moved["why"]
    listed = service.caller(MIRA).get("/cases").json()["cases"][0]
    assert clock(listed, KEY)["due_at"] == moved["due_at"]


def test_whoever_lacks_the_delegation_is_refused(service: Service) -> None:
    answer = service.caller(OSKAR).post(f"{opened(service)}/clocks/{KEY}/extensions", LATER)

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("below", "body", "kind"),
    [
        ("clocks/ingen/extensions", LATER, "no-such-clock"),
        ("clocks/hantering:röd/extensions", LATER, "already-passed"),
        ("clocks/hantering:röd/acknowledgements", None, "already-passed"),
        ("clocks/skyddsbedomning/acknowledgements", None, "no-such-clock"),
        (f"clocks/{KEY}/suspensions", LATER, "not-movable"),
        (f"clocks/{KEY}/resumptions", None, "not-resting"),
    ],
)
def test_a_clock_that_cannot_be_moved_is_refused_by_name(
    service: Service, below: str, body: object, kind: str
) -> None:
    case_id = registered_case(service.world)

    answer = service.caller(MIRA).post(f"/cases/{case_id}/{quote(below)}", body)

    assert (answer.status_code, answer.json()["type"]) == (409, f"/problems/{kind}")


def test_a_clock_rests_once_at_a_time_and_then_runs_again(service: Service) -> None:
    case_id = handed_over_case(service.world)
    uta, at = service.caller(UTA), f"/cases/{case_id}"
    request = {"party": "skola", "act": "hämta", "question": "Frånvaro?"}
    case = uta.post(f"{at}/information-requests", request).json()
    key = next(it["key"] for it in case["clocks"] if it["clock"] == "informationsinhamtning")
    until = service.world.clock.now + timedelta(days=2)
    rest = {"until": until.isoformat(), "reason": "Skolan har lov."}
    path = f"{at}/clocks/{quote(key)}"

    resting = clock(uta.post(f"{path}/suspensions", rest).json(), key)
    again = uta.post(f"{path}/suspensions", rest)
    service.world.clock.forward(hours=3)
    running = clock(uta.post(f"{path}/resumptions").json(), key)

    assert resting["resting_until"] is not None
    assert again.json()["type"] == "/problems/already-resting"
    assert running["resting_until"] is None
    late = datetime.fromisoformat(running["due_at"]) - datetime.fromisoformat(resting["due_at"])
    assert late == timedelta(hours=3)


def test_an_occasion_starts_the_clock_that_goes_by_it(service: Service) -> None:
    at = opened(service)
    noted = {"occasion": "omhandertagande_beslutat", "happened_at": "2026-03-10T08:55:00+01:00"}

    case = service.caller(MIRA).post(f"{at}/occasions", noted).json()
    wrong = service.caller(MIRA).post(f"{at}/occasions", {**noted, "occasion": "fest"})

    (started,) = [it for it in case["clocks"] if it["clock"] == "understallning"]
    assert started["anchor_at"] == "2026-03-10T07:55:00Z"
    assert started["law"] == "LVU 7 §"
    assert wrong.status_code == 422


def test_a_warning_that_was_seen_still_ends_in_a_breach(service: Service) -> None:
    at, world = opened(service), service.world
    path = f"{at}/clocks/{quote('hantering:röd')}/acknowledgements"

    early = service.caller(MIRA).post(path)
    world.clock.forward(hours=3, minutes=10)
    sweep(world.office)
    seen = clock(service.caller(MIRA).post(path).json(), "hantering:röd")
    world.clock.forward(hours=5)
    sweep(world.office)

    assert early.json()["type"] == "/problems/not-warned"
    assert seen["acknowledged_at"] is not None
    passed = clock(service.caller(MIRA).get(at).json(), "hantering:röd")
    assert passed["state"] == "bruten"


def test_the_socialjour_gets_the_list_and_no_case(service: Service) -> None:
    service.world.clock.now = datetime(2026, 3, 13, 15, 0, tzinfo=UTC)
    mira, jon = service.caller(MIRA), service.caller(JON)
    hidden = child(protected="ja")
    del hidden["personal_number"]
    body = concern(received_at="2026-03-13T15:55:00+01:00", children=[child(), hidden])
    cases = mira.post("/concerns", body).json()["cases"]

    found = jon.get("/duty-list").json()

    assert found["until"] == "2026-03-16T07:00:00Z"
    assert sorted((it["protected"], it["child"] or "") for it in found["cases"]) == [
        (False, "Elliot Vråkberg"), (True, ""),
    ]  # fmt: skip
    assert {it["clock"] for it in found["cases"][0]["clocks"]} >= {"hantering", "klassning"}
    assert jon.get(f"/cases/{cases[0]['id']}").status_code == 404
    assert jon.get("/cases").json()["cases"] == []
