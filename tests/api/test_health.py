"""Health and measures: open to everyone, and without anything of a case."""

from tests.api.service import Service, concern
from tests.people import MIRA
from workflows import outages


def test_the_program_lives_whatever_the_store_does(service: Service) -> None:
    service.world.store.away = True

    assert service.client.get("/health/live").status_code == 200


def test_it_is_ready_when_the_store_answers_and_somebody_watches(service: Service) -> None:
    before = service.client.get("/health/ready")
    outages.beat(service.world.office, "vakt")
    after = service.client.get("/health/ready")

    assert (before.status_code, before.json()["worker"]) == (503, False)
    assert after.status_code == 200
    assert after.json()["unpromised_cases"] == 0
    assert after.json()["rules_version"] == service.world.rulebook.version


def test_it_is_not_ready_without_the_store(service: Service) -> None:
    service.world.store.away = True

    response = service.client.get("/health/ready")

    assert response.status_code == 503
    assert response.json()["database"] is False


def test_measures_are_there_and_name_nobody(service: Service) -> None:
    service.caller(MIRA).post("/concerns", concern())

    text = service.client.get("/metrics").text

    assert "hub_unpromised_cases" in text
    assert "Elliot" not in text
