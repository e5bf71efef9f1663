"""The API over an office in memory, with a caller for each person; for tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from adapters.columns.past import ColumnConcerns
from adapters.document import handover_pdf, rules_pdf
from adapters.metrics import Metrics
from adapters.passwords import cheap_passwords
from adapters.rulesedit import rewrite
from hub.app import create_app
from hub.comparing import rule_tools
from hub.desk import Desk, Health
from hub.library import Library
from rules.people import Actor
from tests.people import EVERYONE, World
from workflows.ports import Office, Session, StoreUnavailable

BASE = "/api/v1"


class Tokens:
    """Tokens that a test can foresee."""

    def new(self) -> str:
        return "ny"

    def hash(self, token: str) -> str:
        return sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class Caller:
    """Somebody with a token."""

    client: TestClient
    token: str

    def get(self, path: str, **query: str | int | bool) -> Response:
        return self.client.get(BASE + path, params=query, headers=self.headers())

    def post(
        self, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        all_headers = {**self.headers(), **(headers or {})}
        return self.client.post(BASE + path, json=body, headers=all_headers)

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@cache
def shared_app() -> FastAPI:
    """One app for all tests, since making the routes takes time; each test gives it its desk."""
    return create_app(desk(World()))


@dataclass
class Service:
    """The world, the app over it, and its callers; `alone` when it outlives one test."""

    world: World = field(default_factory=World)
    alone: bool = False
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.world.admit(*EVERYONE)
        app = create_app(desk(self.world)) if self.alone else shared_app()
        app.state.desk = desk(self.world)
        self.client = TestClient(app, raise_server_exceptions=False)
        for person in EVERYONE:
            start_token(self.world.office, person, token_of(person))

    def caller(self, person: Actor) -> Caller:
        return Caller(self.client, token_of(person))


def token_of(person: Actor) -> str:
    return f"nyckel-{person.id}"


def start_token(office: Office, person: Actor, token: str, *, kind: str = "token") -> None:
    session = Session(
        token_hash=Tokens().hash(token),
        account_id=person.id,
        csrf="",
        started_at=office.clock(),
        seen_at=office.clock(),
        kind=kind,
    )
    with office.uow() as work:
        work.people.start_session(session)
        work.commit()


def desk(world: World) -> Desk:
    return Desk(
        office=world.office,
        instrument=lambda: world.rulebook.ruleset,
        passwords=cheap_passwords(),
        tokens=Tokens(),
        health=lambda: health(world),
        metrics=Metrics().exposition,
        handover_pdf=handover_pdf,
        rules_pdf=rules_pdf,
        rule_tools=rule_tools(rewrite, ColumnConcerns.of),
        library=Library(world.office),
        base_url="http://testserver",
        secret_key="x" * 32,
    )


def health(world: World) -> Health:
    try:
        with world.office.uow() as work:
            last_beat = work.watch.last_beat()
    except StoreUnavailable:
        return Health(database=False, worker=False, rules_version=world.rulebook.version)
    return Health(
        database=True,
        worker=last_beat is not None,
        rules_version=world.rulebook.version,
        last_beat=last_beat,
    )


def concern(**changes: Any) -> dict[str, Any]:
    """A report about one child, röd."""
    body: dict[str, Any] = {
        "received_at": "2026-03-10T08:50:00+01:00",
        "channel": "telefon",
        "reporter": {"kind": "skola", "wants_feedback": True},
        "title": "Rädsla för att gå hem",
        "text": "Eleven berättar att pappa slog med bältet i går.",
        "children": [child()],
    }
    return {**body, **changes}


def child(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "name": "Elliot Vråkberg",
        "personal_number": "20160514-9895",
        "protected": "nej",
        "answers": {
            "vald_mot_barnet": {"value": "ja", "source": "skola"},
            "vagar_inte_ga_hem": {"value": "ja", "source": "barnet"},
        },
    }
    return {**body, **changes}
