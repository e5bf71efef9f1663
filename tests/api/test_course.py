"""One concern over the API, from report to closing, through all roles."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from httpx2 import Response

from tests.api.service import Service, child, concern
from tests.people import BEA, CALLE, CIA, GRY, MIRA, NORA, UNO, UTA, VIVI
from workflows.watching import sweep

WORSE = ("vald_mot_barnet", "vagar_inte_ga_hem")
STATEMENT = {
    "text": "Familjen var aktuell om umgänge.",
    "source": "journal 2024",
    "about": "sammanhanget",
    "nature": "faktum",
    "weight": "risk",
}


def ok(response: Response, status: int = 201) -> Any:
    assert response.status_code == status, response.text
    return response.json()


def test_a_concern_goes_from_report_to_closing_and_nothing_is_lost(service: Service) -> None:
    at = _registered_and_assessed(service)
    _met(service, at)
    _decided_and_handed_over(service, at)
    _received_and_followed(service, at)
    _closed(service, at)

    lines = ok(service.caller(MIRA).get(f"{at}/chronology"), 200)["lines"]
    log = ok(service.caller(GRY).get("/access-log", limit=1000), 200)["lines"]

    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert any(not line["granted"] and line["account_id"] == BEA.id for line in log)


def _registered_and_assessed(service: Service) -> str:
    mira = service.caller(MIRA)
    (case,) = ok(mira.post("/concerns", concern()))["cases"]
    at = f"/cases/{case['id']}"
    assert case["level"]["current"] == "röd"
    assert case["level"]["classification"]["findings"][0]["because"]
    assert {clock["state"] for clock in case["clocks"]} == {"löper"}
    assert service.caller(BEA).get(at).status_code == 404
    refused = mira.post(f"{at}/levels", {"level": "röd"})
    assert (refused.status_code, refused.json()["law"]) == (409, "SoL 20:1")
    protection = {"needed": True, "reasons": "Vågar inte gå hem.", "measures": "Jourhem."}
    ok(mira.post(f"{at}/protection-assessments", protection))
    service.world.clock.forward(minutes=5)
    answers = {"syskon_i_hemmet": {"value": "okänt", "source": "skola"}}
    ok(mira.post(f"{at}/indicator-answers", {"answers": answers}))
    assert ok(mira.post(f"{at}/levels", {"level": "röd"}))["level"]["confirmed"]
    return at


def _met(service: Service, at: str) -> None:
    mira, clock = service.caller(MIRA), service.world.clock
    slot = ok(mira.get(f"{at}/slot-proposal"), 200)
    called = ok(mira.post(f"{at}/hub-calls", {"units": ["barn", "ungdom", "vuxen"]}))
    assert called["hub_call"]["starts_at"] == slot["starts_at"]
    assert [unit["silent"] for unit in called["units"]] == [True, True, True]
    clock.forward(minutes=30)
    known = {"unit": "barn", "answer": "känd", "statements": [STATEMENT]}
    ok(service.caller(BEA).post(f"{at}/answers", known))
    ok(service.caller(UNO).post(f"{at}/answers", {"unit": "ungdom", "answer": "inte_känd"}))
    clock.now = max(clock.now, datetime.fromisoformat(slot["ends_at"])) + timedelta(minutes=1)
    meeting = {
        "started_at": slot["starts_at"],
        "ended_at": slot["ends_at"],
        "present": ["Mira", "Bea", "Uno"],
        "present_units": ["barn", "ungdom"],
    }
    held = ok(mira.post(f"{at}/meetings", meeting))
    assert held["meeting"]["silent_units"] == ["vuxen"]
    point = {"section": "familj_och_miljo", "text": "Pappa är ensam vuxen.", "source": "barn"}
    ok(mira.post(f"{at}/mappings", {"items": [point]}))


def _decided_and_handed_over(service: Service, at: str) -> None:
    mira, uta = service.caller(MIRA), service.caller(UTA)
    dissent = {"name": "Uno", "unit": "ungdom", "opinion": "Orange räcker.", "level": "orange"}
    assessment = {"level": "röd", "reasons": "Våldet är bekräftat.", "dissents": [dissent]}
    ok(mira.post(f"{at}/assessments", assessment))
    decided = ok(mira.post(f"{at}/decisions", {"decision": "inleda", "reasons": "Behov av skydd."}))
    assert decided["phase"] == "utredning"
    assert uta.get(at).status_code == 404
    ok(mira.post(f"{at}/handovers", {}))
    assert uta.get(at).status_code == 200


def _received_and_followed(service: Service, at: str) -> None:
    uta = service.caller(UTA)
    package = ok(uta.get(f"{at}/package"), 200)
    assert package["handed_over"]
    assert package["package"]["uppgifter"][0]["kalla"] == "journal 2024"
    taken = ok(uta.post(f"{at}/receipts"))
    assert taken["handover"]["package_hash"] == package["fingerprint"]
    ok(uta.post(f"{at}/concerned-information", {"how": "Båda vårdnadshavarna vid besök."}))
    request = {"party": "skola", "act": "hämta", "question": "Frånvaro?"}
    (sent,) = ok(uta.post(f"{at}/information-requests", request))["information_requests"]
    reply = f"{at}/information-requests/{sent['asked']['request_id']}/answers"
    ok(uta.post(reply, {"nothing_known": True}))


def _closed(service: Service, at: str) -> None:
    mira, cia = service.caller(MIRA), service.caller(CIA)
    ok(mira.post(f"{at}/feedback", {"channel": "telefon"}))
    why = {"cause": "annat", "comment": "Sent.", "measure": "Ingen."}
    for passed in [it for it in ok(mira.get(at), 200)["clocks"] if it["state"] == "bruten"]:
        ok(cia.post(f"{at}/breaches/{quote(passed['key'])}/explanations", why))
    closed = ok(mira.post(f"{at}/closures", {"reason": "Överlämnat."}))
    assert closed["closure"]["reason"] == "Överlämnat."
    assert service.caller(BEA).get(at).status_code == 404
    ok(service.caller(UTA).post(f"{at}/conclusions", {"outcome": "Insats beviljad."}))


def test_a_breach_is_seen_and_explained_by_a_chef_who_never_reads_the_case(
    service: Service,
) -> None:
    (case,) = ok(service.caller(MIRA).post("/concerns", concern()))["cases"]
    service.world.clock.forward(hours=5)
    sweep(service.world.office)
    vivi = service.caller(VIVI)
    at = f"/cases/{case['id']}"

    found = ok(vivi.get("/deadlines"), 200)["deadlines"]
    passed = next(it for it in found if it["clock"]["clock"] == "hantering")

    assert passed["clock"]["state"] == "bruten"
    assert vivi.get(at).status_code == 404
    explanation = {"cause": "bemanning", "comment": "Två sjuka.", "measure": "Vikarie."}
    explained = ok(vivi.post(f"{at}/breaches/{passed['clock']['key']}/explanations", explanation))
    assert explained["cause"] == "bemanning"
    assert "child" not in explained


def test_the_chef_of_a_unit_explains_its_own_silence_and_no_other(service: Service) -> None:
    mira, clock = service.caller(MIRA), service.world.clock
    (case,) = ok(mira.post("/concerns", concern()))["cases"]
    at = f"/cases/{case['id']}"
    ok(mira.post(f"{at}/hub-calls", {"units": ["barn", "ungdom"]}))
    clock.forward(hours=3)
    sweep(service.world.office)
    body = {"cause": "enhet_tyst", "comment": "Ingen såg kallelsen.", "measure": "Rings."}
    passed = [it["key"] for it in ok(mira.get(at), 200)["clocks"] if it["state"] == "bruten"]
    own = next(key for key in passed if "barn" in key)
    other = next(key for key in passed if "ungdom" in key)

    calle = service.caller(CALLE)

    assert ok(calle.post(f"{at}/breaches/{quote(own)}/explanations", body))["owner"] == "barn"
    assert calle.post(f"{at}/breaches/{quote(other)}/explanations", body).status_code == 403


def test_a_request_to_an_outside_party_is_refused_with_its_ground_and_kept(
    service: Service,
) -> None:
    mira = service.caller(MIRA)
    (case,) = ok(mira.post("/concerns", concern()))["cases"]
    at = f"/cases/{case['id']}"

    refused = mira.post(
        f"{at}/information-requests", {"party": "polis", "act": "hämta", "question": "Känd?"}
    )

    assert refused.status_code == 409
    problem = refused.json()
    assert problem["type"] == "/problems/gate-closed"
    assert problem["gate"]
    assert problem["law"]
    assert problem["opens"]
    kinds = [line["kind"] for line in ok(mira.get(f"{at}/chronology"), 200)["lines"]]
    assert "request_refused" in kinds


def test_a_lowering_needs_a_second_person(service: Service) -> None:
    mira, nora, bea = (service.caller(person) for person in (MIRA, NORA, BEA))
    (case,) = ok(mira.post("/concerns", concern()))["cases"]
    at = f"/cases/{case['id']}"
    ok(mira.post(f"{at}/protection-assessments", {"needed": False, "reasons": "Tryggt i dag."}))
    lowered = ok(mira.post(f"{at}/levels", {"level": "orange", "reason": "Uppgiften var gammal."}))

    assert lowered["level"]["current"] == "röd"
    assert lowered["level"]["lowering"]["level"] == "orange"
    own = mira.post(f"{at}/lowering-answers", {"approve": True})
    assert own.json()["type"] == "/problems/second-person-needed"
    assert bea.post(f"{at}/lowering-answers", {"approve": True}).status_code == 404
    approved = ok(nora.post(f"{at}/lowering-answers", {"approve": True}))
    assert approved["level"]["current"] == "orange"
    assert approved["level"]["history"][-1]["proposed_by"] == MIRA.id


def test_new_answers_propose_a_raise_and_one_person_takes_it(service: Service) -> None:
    mira = service.caller(MIRA)
    mild = [child(answers={"skolan_fungerar_inte": {"value": "ja", "source": "skola"}})]
    (case,) = ok(mira.post("/concerns", concern(children=mild)))["cases"]
    at = f"/cases/{case['id']}"
    ok(mira.post(f"{at}/protection-assessments", {"needed": False, "reasons": "Tryggt."}))
    ok(mira.post(f"{at}/levels", {"level": case["level"]["proposed"]}))
    answers = {name: {"value": "ja", "source": "skola"} for name in WORSE}

    raised = ok(mira.post(f"{at}/indicator-answers", {"answers": answers}))["level"]
    taken = ok(mira.post(f"{at}/levels", {"level": "röd", "reason": "Nya uppgifter."}))["level"]

    assert (raised["current"], raised["raise_proposed"], raised["raised_to"]) == (
        case["level"]["proposed"],
        True,
        "röd",
    )
    assert (taken["current"], taken["raise_proposed"], taken["raised_to"]) == ("röd", False, None)
