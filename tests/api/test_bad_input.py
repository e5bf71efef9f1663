"""Bad input, line by line: a clear problem detail, and nothing is lost or half-written."""

from dataclasses import replace
from typing import Any, cast

import pytest
from fastapi import FastAPI
from httpx2 import Response

from hub.rulebook import RulesInForce
from tests.api.service import BASE, Service, child, concern
from tests.people import BEA, EKA, MIRA, NORA, rules


def register(service: Service, **changes: Any) -> str:
    response = service.caller(MIRA).post("/concerns", concern(**changes))
    assert response.status_code == 201, response.text
    return f"/cases/{response.json()['cases'][0]['id']}"


def fields(response: Response) -> dict[str, str]:
    assert response.status_code == 422, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["type"] == "/problems/invalid"
    return {fault["field"]: fault["detail"] for fault in problem["errors"]}


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "an unknown field": ({"adress": "Storgatan 1"}, "adress", "finns inte bland fälten"),
    "a number for text": ({"text": 17}, "text", "ska vara text"),
    "text for a list": ({"children": "Elliot"}, "children", "ska vara en lista"),
    "a list for an object": ({"reporter": []}, "reporter", "ska vara ett JSON-objekt"),
    "an unknown channel": ({"channel": "fax"}, "channel", "ska vara något av telefon"),
    "a number for a channel": ({"channel": 3}, "channel", "ska vara något av telefon"),
    "a date that does not exist": (
        {"received_at": "2026-02-30T08:00:00+01:00"},
        "received_at",
        "finns inte",
    ),
    "a time without a zone": ({"received_at": "2026-03-10T08:00:00"}, "received_at", "tidszon"),
    "a number for a time": ({"received_at": 1741590000}, "received_at", "tidpunkt"),
    "a time of another age": ({"received_at": "0001-01-01T00:00:00+14:00"}, "received_at", "år"),
    "received in the future": (
        {"received_at": "2026-03-11T08:00:00+01:00"},
        "received_at",
        "framtiden",
    ),
    "no child": ({"children": []}, "children", "minst 1"),
    "no text": ({"text": "  "}, "text", "Skriv vad anmälaren berättar"),
    "a sign that cannot be kept": ({"text": "ett\0tecken"}, "text", "tecken som inte kan sparas"),
    "text of no measure": ({"text": "x" * 20_001}, "text", "högst 20000 tecken"),
    "text for yes or no": (
        {"reporter": {"kind": "skola", "wants_feedback": "ja"}},
        "reporter.wants_feedback",
        "true eller false",
    ),
    "no e-mail address": (
        {"reporter": {"kind": "skola", "contact": "a@b\r\nBcc: c@d"}},
        "reporter.contact",
        "rätt form",
    ),
    "a wrong check digit": (
        {"children": [child(personal_number="20160514-9896")]},
        "children.1.personal_number",
        "kontrollsiffra",
    ),
    "a birth day that does not exist": (
        {"children": [child(birth_date="2019-02-29")]},
        "children.1.birth_date",
        "inte finns",
    ),
    "a time for a day": (
        {"children": [child(birth_date="2016-05-14T00:00:00")]},
        "children.1.birth_date",
        "ÅÅÅÅ-MM-DD",
    ),
    "a birth day of somebody else": (
        {"children": [child(birth_date="2016-05-15")]},
        "children.1.birth_date",
        "stämmer inte",
    ),
    "a question that does not exist": (
        {"children": [child(answers={"kon": {"value": "ja", "source": "skola"}})]},
        "children.1.answers.kon",
        "kon",
    ),
    "an answer that is none": (
        {"children": [child(answers={"hotbild": {"value": "kanske", "source": "skola"}})]},
        "children.1.answers.hotbild.value",
        "ja, nej eller okänt",
    ),
    "a fact of no kind": (
        {"children": [child(facts={"alder": 9.5})]},
        "children.1.facts.alder",
        "heltal",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_concern_is_refused_by_field_and_nothing_is_written(
    service: Service, name: str
) -> None:
    changes, field, part = WRONG[name]

    response = service.caller(MIRA).post("/concerns", concern(**changes))

    assert part in fields(response)[field]
    assert service.world.store.journal == {}
    assert service.world.store.outbox == {}


def test_every_fault_is_told_at_once(service: Service) -> None:
    body = {"channel": "fax", "reporter": {}, "extra": 1, "received_at": "i går", "children": [{}]}

    found = fields(service.caller(MIRA).post("/concerns", body))

    assert set(found) == {"channel", "reporter.kind", "extra", "received_at", "text"}
    assert all(text.startswith(name) for name, text in found.items())


def test_a_wrong_child_is_not_also_told_to_be_none(service: Service) -> None:
    body = concern(children=[{"adress": "Storgatan 1"}])

    found = fields(service.caller(MIRA).post("/concerns", body))

    assert set(found) == {"children.1.adress"}


def test_no_sentence_repeats_what_was_sent(service: Service) -> None:
    secret = "Hemligsson 20160514-9895"
    body = concern(
        channel=secret, received_at=secret, reporter={"kind": secret}, children=[{"name": [secret]}]
    )

    response = service.caller(MIRA).post("/concerns", body)

    assert response.status_code == 422
    assert secret not in response.text


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[" * 100_000, b"\xff\xfe", b'{"text": "\\ud800"', b"1" * 5000],
    ids=["nothing", "half", "deep", "not text", "torn", "a number of no measure"],
)
def test_what_is_no_json_is_refused(service: Service, raw: bytes) -> None:
    headers = {**service.caller(MIRA).headers(), "Content-Type": "application/json"}

    response = service.client.post(f"{BASE}/concerns", content=raw, headers=headers)

    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "raw",
    [
        '{"level": "grön", "level": "röd"}',
        '{"level": "röd", "about": NaN}',
        '{"level": "röd"',
        "",
    ],
)
def test_json_that_can_be_read_in_two_ways_is_refused(service: Service, raw: str) -> None:
    at = register(service)
    headers = {**service.caller(MIRA).headers(), "Content-Type": "application/json"}

    response = service.client.post(f"{BASE}{at}/levels", content=raw.encode(), headers=headers)

    assert response.status_code in (400, 422)
    assert service.caller(MIRA).get(at).json()["level"]["confirmed"] is False


def test_a_level_is_the_same_however_its_letters_are_composed(service: Service) -> None:
    at, mira = register(service), service.caller(MIRA)
    mira.post(f"{at}/protection-assessments", {"needed": False, "reasons": "Tryggt."})
    headers = {**mira.headers(), "Content-Type": "application/json"}
    raw = '{"level": "ro\u0308d"}'.encode()

    response = service.client.post(f"{BASE}{at}/levels", content=raw, headers=headers)

    assert response.status_code == 201


def test_a_form_is_no_json(service: Service) -> None:
    response = service.client.post(
        f"{BASE}/concerns", data={"text": "x"}, headers=service.caller(MIRA).headers()
    )

    assert response.status_code == 422
    assert response.json()["type"] == "/problems/invalid"


def test_of_two_decisions_at_once_one_stands(service: Service) -> None:
    at = register(service)
    mira, nora = service.caller(MIRA), service.caller(NORA)
    mira.post(f"{at}/protection-assessments", {"needed": False, "reasons": "Tryggt."})
    mira.post(f"{at}/levels", {"level": "röd"})
    read = {"If-Match": mira.get(at).headers["ETag"]}
    body = {"decision": "inleda", "reasons": "Skydd.", "without_hub": "Brådskar."}

    first = mira.post(f"{at}/decisions", body, headers=read)
    second = nora.post(f"{at}/decisions", body, headers=read)

    assert (first.status_code, second.status_code) == (201, 409)
    assert second.json()["type"] == "/problems/already-decided"


def test_an_answer_after_the_meeting_is_kept_and_opens_the_assessment_again(
    service: Service,
) -> None:
    at, mira, bea = register(service), service.caller(MIRA), service.caller(BEA)
    _held(service, at)
    said = {"text": "Ny uppgift.", "source": "journal", "about": "barnet", "nature": "faktum"}

    late = bea.post(f"{at}/answers", {"unit": "barn", "answer": "känd", "statements": [said]})
    closes = {"decision": "inte_inleda", "reasons": "Tryggt.", "violence_considered": "Nej."}
    early = mira.post(f"{at}/decisions", closes)

    assert late.status_code == 201
    assert late.json()["late_answers"] == 1
    assert early.json()["type"] == "/problems/weigh-late-answers"
    mira.post(f"{at}/assessments", {"level": "röd", "reasons": "Vägt in det sena svaret."})
    again = mira.post(f"{at}/decisions", {"decision": "inleda", "reasons": "Skydd."})
    assert again.status_code == 201


def test_an_answer_from_a_unit_that_was_not_called_is_refused(service: Service) -> None:
    at = register(service)
    service.caller(MIRA).post(f"{at}/hub-calls", {"units": ["barn"]})
    body = {"unit": "ekonomi", "answer": "inte_känd"}

    from_called = service.caller(BEA).post(f"{at}/answers", body)
    from_outside = service.caller(EKA).post(f"{at}/answers", body)

    assert from_called.status_code == 409
    assert from_called.json()["type"] == "/problems/unit-not-called"
    assert from_outside.status_code == 404


def test_nobody_answers_for_another_unit(service: Service) -> None:
    at = register(service)
    service.caller(MIRA).post(f"{at}/hub-calls", {"units": ["barn", "ekonomi"]})

    response = service.caller(BEA).post(f"{at}/answers", {"unit": "ekonomi", "answer": "inte_känd"})

    assert response.status_code == 403
    assert response.json()["type"] == "/problems/not-allowed"


def test_a_database_that_goes_away_is_told_and_leaves_nothing_half_written(
    service: Service,
) -> None:
    at = register(service)
    before = dict(service.world.store.journal)
    service.world.store.away = True

    response = service.caller(MIRA).post(f"{at}/levels", {"level": "röd"})

    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert response.json()["type"] == "/problems/store-unavailable"
    assert service.world.store.journal == before
    service.world.store.away = False
    assert service.caller(MIRA).get(at).status_code == 200


def test_a_stale_if_match_is_refused_and_a_fresh_one_is_taken(service: Service) -> None:
    at, mira = register(service), service.caller(MIRA)
    stale = {"If-Match": mira.get(at).headers["ETag"]}
    note = {"text": "Rektor ringde."}
    fresh = {"If-Match": mira.post(f"{at}/notes", note).headers["ETag"]}

    refused = mira.post(f"{at}/notes", note, headers=stale)
    taken = mira.post(f"{at}/notes", note, headers=fresh)
    odd = mira.post(f"{at}/notes", note, headers={"If-Match": "v1"})

    assert refused.status_code == 412
    assert refused.json()["type"] == "/problems/stale"
    assert taken.status_code == 201
    assert odd.status_code == 422
    assert len(taken.json()["notes"]) == 2


def test_what_cannot_be_classified_is_refused_whatever_the_rulebook_would_forgive(
    service: Service,
) -> None:
    """The rulebook in force leaves out what an older case may have; a caller is told instead."""
    facts = {"alder": 500, "avskaffad": 1, "anmalartyp": "skola"}
    body = {"id": "1", "facts": facts, "answers": {}}
    app = cast(FastAPI, service.client.app)
    forgiving = RulesInForce(rules(), clock=service.world.clock, told=lambda _said: None)
    office = replace(service.world.office, rulebook=lambda: forgiving)
    app.state.desk = replace(app.state.desk, office=office)

    refused = service.caller(MIRA).post("/classifications", body)

    assert refused.status_code == 422
    fields = {error["field"] for error in refused.json()["errors"]}
    assert fields == {"facts.alder", "facts.avskaffad"}


def test_the_same_reference_twice_registers_once(service: Service) -> None:
    first = service.caller(MIRA).post("/concerns", concern(reference="skola-1")).json()
    again = service.caller(NORA).post("/concerns", concern(reference="skola-1")).json()

    assert again == first
    assert len(service.world.store.journal) == 1


def _held(service: Service, at: str) -> None:
    mira, clock = service.caller(MIRA), service.world.clock
    mira.post(f"{at}/protection-assessments", {"needed": False, "reasons": "Tryggt i dag."})
    mira.post(f"{at}/levels", {"level": "röd"})
    mira.post(f"{at}/hub-calls", {"units": ["barn"]})
    clock.forward(hours=3)
    meeting = {
        "started_at": "2026-03-10T11:00:00+01:00",
        "ended_at": "2026-03-10T11:30:00+01:00",
        "present": ["Mira"],
    }
    assert mira.post(f"{at}/meetings", meeting).status_code == 201
    point = {"section": "risk", "text": "Våld.", "source": "skola"}
    assert mira.post(f"{at}/mappings", {"items": [point]}).status_code == 201
    body = {"level": "röd", "reasons": "Våld."}
    assert mira.post(f"{at}/assessments", body).status_code == 201
    clock.forward(minutes=5)
