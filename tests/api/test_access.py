"""Every route of the API, for every role and relation: let in, refused, or told nothing."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from hub.api.routes import document
from rules.concern import Child, Protected
from rules.people import Actor
from tests.api.matrix import CASE, HANDED_OVER, PEOPLE, closed, registered
from tests.api.service import BASE, Service
from tests.api.stages import closed_case, handed_over_case, registered_case
from tests.people import BEA, CALLE, MIRA, UTA, VERA, World, report, reported
from workflows.registering import register

NOBODYS = "00000000-0000-4000-8000-999999999999"
SIGNS = {401: "!", 403: "-", 404: "."}
STAGES: Mapping[str, tuple[Callable[[World], str], Callable[[str], str]]] = {
    "registered": (registered_case, registered),
    "handed over": (handed_over_case, str),
    "closed": (closed_case, closed),
}
OF_A_CASE = [route for route in HANDED_OVER if CASE in route]
OF_NO_CASE = [route for route in HANDED_OVER if CASE not in route]


def operations() -> dict[str, Any]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert set(HANDED_OVER) == set(operations())


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("route", OF_A_CASE)
def test_a_case_is_open_to_those_who_stand_in_a_relation_to_it(
    service: Service, route: str, stage: str
) -> None:
    prepare, change = STAGES[stage]
    case_id = prepare(service.world)
    expected = change(HANDED_OVER[route])

    assert _asked(service, route, case_id, expected=expected) == expected


@pytest.mark.parametrize("route", OF_NO_CASE)
def test_a_route_of_no_case_is_open_by_role(service: Service, route: str) -> None:
    expected = HANDED_OVER[route]

    assert _asked(service, route, "", expected=expected) == expected


@pytest.mark.parametrize("route", OF_A_CASE)
def test_a_case_that_may_not_be_seen_looks_as_if_it_did_not_exist(
    service: Service, route: str
) -> None:
    case_id = registered_case(service.world)
    nowhere = "00000000-0000-4000-8000-999999999999"

    hidden = _ask(service, route, case_id, person=VERA)
    unknown = _ask(service, route, nowhere, person=VERA)
    shapeless = _ask(service, route, "%00", person=VERA)

    assert hidden.status_code == unknown.status_code == shapeless.status_code == 404
    assert hidden.content == unknown.content == shapeless.content
    assert _plain(hidden.headers) == _plain(unknown.headers)


def test_a_list_holds_what_one_stands_in_a_relation_to(service: Service) -> None:
    started, handed = registered_case(service.world), handed_over_case(service.world)
    done = closed_case(service.world)
    expected: dict[Actor, set[str]] = {
        MIRA: {started, handed, done},
        BEA: {handed},
        CALLE: {handed},
        UTA: {handed, done},
        VERA: set(),
    }

    found = {person: _listed(service, person) for person in expected}

    assert found == expected


def test_a_protected_child_and_one_not_known_to_be_unprotected_has_no_name_in_a_list(
    service: Service,
) -> None:
    for protected in Protected:
        child = Child(name="Elliot", personal_number="20160514-9895", protected=protected)
        register(service.world.office, MIRA, report(reported(child)))

    cases = service.caller(MIRA).get("/cases").json()["cases"]

    shown = sorted((case["child"]["protected"], case["child"]["name"] or "") for case in cases)
    assert shown == [(False, "Elliot"), (True, ""), (True, "")]
    hidden = [case["child"] for case in cases if case["child"]["protected"]]
    assert all(child["personal_number"] is child["birth_date"] is None for child in hidden)


def test_a_denied_attempt_is_in_the_access_log(service: Service) -> None:
    case_id = registered_case(service.world)

    service.caller(VERA).get(f"/cases/{case_id}")

    last = max(service.world.store.access.items())[1]
    assert (last.account_id, last.case_ids, last.granted) == (VERA.id, (case_id,), False)


def _asked(service: Service, route: str, case_id: str, *, expected: str) -> str:
    """One sign a person; those who change nothing go first, so that the case stays as it is."""
    signs = [""] * len(PEOPLE)
    for place in sorted(range(len(PEOPLE)), key=lambda place: expected[place] == "+"):
        status = _ask(service, route, case_id, person=PEOPLE[place]).status_code
        assert status < 500
        signs[place] = SIGNS.get(status, "+")
    return "".join(signs)


def _ask(service: Service, route: str, case_id: str, *, person: Actor | None) -> Any:
    method, path = route.split(" ")
    names = {"request_id": "ingen", "key": "hantering", "absence_id": NOBODYS}
    names["delivery_id"] = "1000000000"
    address = path.format(case_id=case_id, **names)
    headers = service.caller(person).headers() if person else {}
    body = _example(route) if method == "POST" else None
    return service.client.request(method, address, json=body, headers=headers)


def _example(route: str) -> Any:
    """The example of the description, which every body has."""
    content = operations()[route].get("requestBody", {}).get("content", {})
    if not content:
        return None
    name = content["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
    return document()["components"]["schemas"][name]["examples"][0]


def _listed(service: Service, person: Actor) -> set[str]:
    headers = service.caller(person).headers()
    answer = service.client.get(f"{BASE}/cases?include_closed=true", headers=headers)
    return {case["id"] for case in answer.json()["cases"]}


def _plain(headers: Mapping[str, str]) -> dict[str, str]:
    return dict(headers)
