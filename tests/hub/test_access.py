"""Every page, for every role and relation to a case: let in, refused, told nothing, or led to
the door. A page without a row here fails."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from hub import app as hub_app
from hub.guard import Undeclared
from hub.pages.table import require_declared
from rules.days import Days
from rules.people import Actor
from tests.api.matrix import (
    CALL,
    EVERYONE,
    INTAKE,
    PEOPLE,
    READ,
    RECEIVE,
    REQUEST,
    UNITS,
    closed,
    registered,
)
from tests.api.stages import closed_case, handed_over_case, registered_case
from tests.hub.web import Visitor, Web, enter
from tests.people import BEA, GRY, MIRA, RUT, UNO, VERA, World
from workflows import convening, ratings

REGISTERS = "+-----------!"
WORKS = "++++++-+----!"
CHEFS = "-+-+-++-----!"
# A chef of any unit in the case sees its breaches; who owns one is asked when it is explained.
EXPLAIN = "-+-+-++.....!"
CASE = "/cases/{case_id}"
READS = ("", "/hub", "/clocks", "/chronology", "/package", "/package.json", "/package.pdf")
STEPS: Mapping[str, str] = {
    "protection": INTAKE,
    "questions": INTAKE,
    "level": INTAKE,
    "lowering": INTAKE,
    "child": INTAKE,
    "notes": READ,
    "call": CALL,
    "meeting-moves": CALL,
    "units": CALL,
    "answers": UNITS,
    "deputies": CALL,  # for which unit is asked when somebody is named
    "meeting": INTAKE,
    "mapping": INTAKE,
    "assessment": INTAKE,
    "decision": INTAKE,
    "handover": INTAKE,
    "receipt": RECEIVE,
    "information": RECEIVE,
    "conclusion": RECEIVE,
    "closing": INTAKE,
    "feedback-request": INTAKE,
    "feedback": INTAKE,
    "requests": REQUEST,
    "replies": REQUEST,
    "extension": REQUEST,
    "rest": REQUEST,
    "resumption": REQUEST,
    "acknowledgement": READ,
    "occasion": REQUEST,
    "breaches": EXPLAIN,
}
OF_A_CASE: Mapping[str, str] = {
    **{f"GET {CASE}{below}": READ for below in READS},
    **{f"GET {CASE}/{noun}": row for noun, row in STEPS.items()},
    **{f"POST {CASE}/{noun}": row for noun, row in STEPS.items()},
}
OF_NO_CASE: Mapping[str, str] = {
    "GET /login": "+++++++++++++",
    "POST /login": "-------------",  # nobody gets in without the token of the door
    "POST /logout": "+++++++++++++",  # whoever is not logged in is at the door already
    "GET /": EVERYONE,
    "GET /rules": EVERYONE,
    "GET /rules/document": EVERYONE,
    "GET /rules/schema": EVERYONE,
    "GET /rules/trial": EVERYONE,
    "POST /rules/trial": EVERYONE,
    "GET /concerns": REGISTERS,
    "POST /concerns": REGISTERS,
    "GET /cases": WORKS,
    "GET /meetings": "++-+-++-----!",
    "GET /absences": "++++-+-+----!",
    "POST /absences": "++++-+-+----!",
    "POST /absences/{absence_id}/ends": "....-.-.----!",
    "GET /deadlines": CHEFS,
    "GET /breaches": CHEFS,
    "GET /duty": "++---------+!",
    "GET /breaches.csv": CHEFS,
    "GET /deliveries": "-+-+-++---+-!",
    # Nobody finds that number: whoever may come in is told so.
    "POST /deliveries/{delivery_id}/resends": "-.-.-..---.-!",
    "POST /deliveries/{delivery_id}/settlements": "-.-.-..---.-!",
    "GET /access-log": "--------+---!",
    "GET /watch": "-+-+-++---+-!",
    "GET /statements": "------+-+-+-!",
    "GET /statements/{day}": "------.-.-.-!",  # there is none yet
}
# What a version says is for those who answer for the rules; who wrote it may not approve it.
VERSION = "/rules/versions/{version}"
OF_A_VERSION: Mapping[str, str] = {
    "GET /rules/versions": "------+-++--!",
    "GET /rules/draft": "---------+--!",
    "POST /rules/draft": "---------+--!",
    f"GET {VERSION}": "------+-++--!",
    f"GET {VERSION}/replay": "------+--+--!",
    f"POST {VERSION}/approvals": "------+--+--!",
    f"POST {VERSION}/shadow": "---------+--!",
    f"POST {VERSION}/rejections": "------+--+--!",
}
# How the rules fare is for those who answer for them; whoever rates is not told.
OF_DRIFT: Mapping[str, str] = {
    "GET /rules/drift": "------+-++--!",
    "GET /rules/agreement": "------+-++--!",
    "POST /rules/agreement": "---------+--!",
    "GET /rules/agreement/{sample}": "------+-++--!",
    "GET /ratings": REGISTERS,
    "GET /ratings/{sample}/{place}": REGISTERS,
    "POST /ratings/{sample}/{place}": REGISTERS,
}
OF_A_REPORT: Mapping[str, str] = {"GET /concerns/{report_id}": REGISTERS}
ELSEWHERE = ("/api", "/health", "/metrics", "/problems")
STAGES: Mapping[str, tuple[Callable[[World], str], Callable[[str], str]]] = {
    "registered": (registered_case, registered),
    "handed over": (handed_over_case, str),
    "closed": (closed_case, closed),
}
SIGNS = {401: "!", 403: "-", 404: "."}
CHANGES = ("receipt", "closing")


@dataclass(frozen=True)
class Stage:
    """A hub with one case, and a browser for each person."""

    web: Web
    case_id: str
    clients: Mapping[Actor | None, TestClient]

    def sign(self, route: str, person: Actor | None) -> str:
        method, path = route.split(" ")
        report = next(iter(self.web.world.store.rows.values())).case.report_id
        version = self.web.world.rulebook.version
        names = {"case_id": self.case_id, "report_id": report, "version": version}
        names["absence_id"] = "00000000-0000-4000-8000-999999999999"
        sample = next(iter(self.web.world.store.samples))
        numbers = {"place": 1, "delivery_id": 10**9}
        address = path.format(**names, **numbers, sample=sample, day="2026-03-10")
        csrf = f"csrf-{person.id}" if person else ""
        data = {"_csrf": csrf, "_seen": "0"} if method == "POST" else None
        answer = self.clients[person].request(method, address, data=data, follow_redirects=False)
        assert answer.status_code < 500
        if answer.headers.get("location", "").startswith("/login") and path != "/logout":
            return "!"
        return SIGNS.get(answer.status_code, "+")


def made(stage: str) -> Stage:
    web = Web()
    case_id = STAGES[stage][0](web.world)
    days = Days(date(2026, 3, 1), date(2026, 3, 31))
    ratings.draw_sample(web.world.office, RUT, size=1, days=days)
    return Stage(web, case_id, {person: enter(web, person) for person in PEOPLE})


shared = cache(made)


def pages() -> Iterator[str]:
    for route in Web().app.routes:
        if isinstance(route, APIRoute) and not route.path.startswith(ELSEWHERE):
            yield from (f"{method} {route.path}" for method in route.methods or ())


def test_every_page_has_a_row_and_every_row_a_page() -> None:
    assert {*OF_A_CASE, *OF_NO_CASE, *OF_A_VERSION, *OF_DRIFT, *OF_A_REPORT} == set(pages())


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("route", OF_A_CASE)
def test_a_page_of_a_case_is_open_by_the_relation_to_it(route: str, stage: str) -> None:
    changes = route.startswith("POST") and route.endswith(CHANGES)
    place = made(stage) if changes else shared(stage)
    expected = STAGES[stage][1](OF_A_CASE[route])

    signs = [""] * len(PEOPLE)
    for index in sorted(range(len(PEOPLE)), key=lambda index: expected[index] == "+"):
        signs[index] = place.sign(route, PEOPLE[index])

    assert "".join(signs) == expected


@pytest.mark.parametrize("route", [*OF_NO_CASE, *OF_A_VERSION, *OF_DRIFT, *OF_A_REPORT])
def test_a_page_of_no_case_is_open_by_role(route: str) -> None:
    place = made("handed over") if route == "POST /logout" else shared("handed over")

    signs = "".join(place.sign(route, person) for person in PEOPLE)

    assert signs == {**OF_NO_CASE, **OF_A_VERSION, **OF_DRIFT, **OF_A_REPORT}[route]


@pytest.mark.parametrize("below", ["", "/hub", "/package.pdf", "/decision", "/breaches"])
def test_a_case_one_may_not_see_looks_like_one_that_does_not_exist(below: str) -> None:
    place = shared("handed over")
    client = place.clients[VERA]

    hidden = client.get(f"/cases/{place.case_id}{below}")
    unknown = client.get(f"/cases/00000000-0000-4000-8000-999999999999{below}")
    shapeless = client.get(f"/cases/ingenting{below}")

    assert hidden.status_code == unknown.status_code == shapeless.status_code == 404
    assert hidden.content == unknown.content == shapeless.content


def test_a_deputy_sees_the_case_and_an_uncalled_unit_does_not() -> None:
    place = made("handed over")
    convening.name_deputy(place.web.world.office, MIRA, place.case_id, unit="barn", deputy=UNO.id)

    deputy, uncalled = enter(place.web, UNO), enter(place.web, VERA)

    assert deputy.get(f"/cases/{place.case_id}").status_code == 200
    assert deputy.get(f"/cases/{place.case_id}/answers").status_code == 200
    assert deputy.get(f"/cases/{place.case_id}/decision").status_code == 403
    assert uncalled.get(f"/cases/{place.case_id}").status_code == 404


def test_a_denied_look_is_in_the_access_log() -> None:
    place = made("handed over")

    enter(place.web, VERA).get(f"/cases/{place.case_id}")

    last = max(place.web.world.store.access.items())[1]
    assert (last.account_id, last.granted) == (VERA.id, False)


def test_what_cannot_be_logged_is_not_shown() -> None:
    place = made("handed over")
    client = enter(place.web, BEA)
    place.web.world.store.away = True

    answer = client.get(f"/cases/{place.case_id}")

    assert answer.status_code == 503
    assert "Vråkberg" not in answer.text


def test_a_route_that_does_not_say_who_may_use_it_stops_the_program() -> None:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_api_route("/glömd", lambda: None)

    with pytest.raises(Undeclared, match="glömd"):
        require_declared(app.routes)


def test_the_table_of_pages_has_no_address_twice() -> None:
    rows = [(page.method, page.path) for page in hub_app.PAGES]

    assert len(rows) == len(set(rows))


def test_a_case_number_finds_only_a_case_that_one_may_see() -> None:
    place = shared("handed over")

    mine = place.clients[BEA].get("/cases?number=mh-2026-00001")
    hidden = place.clients[VERA].get("/cases?number=MH-2026-00001")
    unknown = place.clients[VERA].get("/cases?number=MH-2026-09999")

    assert mine.headers["location"] == f"/cases/{place.case_id}"
    assert hidden.status_code == unknown.status_code == 200
    assert hidden.text == unknown.text.replace("09999", "00001")


def test_the_reviewer_sees_who_has_looked_at_a_case_by_number_and_by_person() -> None:
    place = made("handed over")
    enter(place.web, BEA).get(f"/cases/{place.case_id}")
    gry = Visitor(enter(place.web, GRY))

    log = gry.open("/access-log?number=MH-2026-00001&who=konto-Bea").table("Senaste åtkomster")

    assert "Bea läsa MH-2026-00001 kallad enhet ✔ Medgiven" in log.text
    assert "Mira" not in log.text
