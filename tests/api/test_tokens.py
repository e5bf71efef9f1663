"""Tokens: whose, which kind, for how long, and what becomes of guesses."""

from dataclasses import replace

import pytest

from adapters.memory import MemoryUnitOfWork
from tests.api.service import BASE, Caller, Service, Tokens, concern, start_token, token_of
from tests.people import GRY, MIRA


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer fel", "Basic bWlyYTppbmdldA==", "nyckel", "Bearer ÅÄÖ"],
)
def test_without_a_valid_token_nothing_is_told(service: Service, header: str | None) -> None:
    headers = [(b"Authorization", header.encode("latin-1"))] if header is not None else []

    response = service.client.get(f"{BASE}/cases", headers=headers)

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert response.json()["type"] == "/problems/not-authenticated"


def test_a_token_has_the_roles_of_its_account(service: Service) -> None:
    me = service.caller(MIRA).get("/me").json()

    assert me["roles"] == ["mottagning"]
    assert me["delegations"] == ["inleda_utredning", "inte_inleda_utredning"]


def test_the_session_of_a_browser_is_no_token(service: Service) -> None:
    start_token(service.world.office, MIRA, "kaka", kind="webb")

    assert Caller(service.client, "kaka").get("/me").status_code == 401


def test_a_cookie_opens_nothing(service: Service) -> None:
    response = service.client.get(f"{BASE}/me", headers={"Cookie": f"hub={token_of(MIRA)}"})

    assert response.status_code == 401


def test_an_account_that_is_closed_has_no_token(service: Service) -> None:
    accounts = service.world.store.accounts
    accounts[MIRA.id] = replace(accounts[MIRA.id], active=False)

    assert service.caller(MIRA).get("/me").status_code == 401


def test_an_ended_token_opens_nothing(service: Service) -> None:
    with MemoryUnitOfWork(service.world.store) as work:
        work.people.end_session(Tokens().hash(token_of(MIRA)))
        work.commit()

    assert service.caller(MIRA).get("/me").status_code == 401


def test_only_the_hash_of_a_token_is_kept(service: Service) -> None:
    assert token_of(MIRA) not in repr(service.world.store.sessions)


def test_guesses_are_slowed_and_a_valid_token_is_not(service: Service) -> None:
    guesses = [Caller(service.client, f"gissning-{number}").get("/me") for number in range(25)]

    assert [guess.status_code for guess in guesses] == [401] * 20 + [429] * 5
    assert int(guesses[-1].headers["Retry-After"]) > 0
    assert guesses[-1].json()["type"] == "/problems/too-many-tries"
    assert service.caller(GRY).get("/me").status_code == 200
    service.world.clock.forward(minutes=16)
    assert Caller(service.client, "gissning").get("/me").status_code == 401


def test_a_use_is_seen_on_the_token(service: Service) -> None:
    later = service.world.clock.forward(hours=1)

    service.caller(MIRA).get("/me")

    assert service.world.store.sessions[Tokens().hash(token_of(MIRA))].seen_at == later  # type: ignore[union-attr]


def test_nothing_is_registered_without_a_token(service: Service) -> None:
    response = service.client.post(f"{BASE}/concerns", json=concern())

    assert response.status_code == 401
    assert service.world.store.journal == {}
