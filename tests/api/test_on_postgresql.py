"""The API on PostgreSQL: the same course, two at the same moment, a database that goes away."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from sqlalchemy import Engine, make_url, text

from adapters.database import program_engine
from adapters.verification import verify
from adapters.work import PostgresUnitOfWork, postgres_work
from rules.people import Actor
from tests.api import test_course
from tests.api.service import Service, concern
from tests.people import MIRA, NORA, World, account, office
from workflows.ports import Office, UnitOfWork

NOWHERE = "postgresql+psycopg://hub@127.0.0.1:1/hub"


@dataclass
class Stored(World):
    """A world whose office keeps everything in PostgreSQL."""

    uow: Callable[[], UnitOfWork] = field(kw_only=True)

    @property
    def office(self) -> Office:
        return office(self.work, self.clock, self.ids, self.rulebook)

    def work(self) -> UnitOfWork:
        """Of the store as it is now: a test may take it away."""
        return self.uow()

    def admit(self, *actors: Actor) -> None:
        with self.uow() as work:
            for actor in actors:
                work.people.add(account(actor))
            work.commit()


@pytest.fixture
def stored(postgres_engine: Engine) -> Service:
    """A hub with accounts and tokens for everyone, on an empty database."""
    return Service(Stored(uow=postgres_work(postgres_engine)))


def test_the_whole_course_is_the_same_and_the_journal_holds(
    stored: Service, postgres_engine: Engine
) -> None:
    test_course.test_a_concern_goes_from_report_to_closing_and_nothing_is_lost(stored)

    assert verify(postgres_engine) == []


def test_of_two_decisions_at_the_same_moment_one_stands(
    stored: Service, postgres_engine: Engine
) -> None:
    mira = stored.caller(MIRA)
    (case,) = mira.post("/concerns", concern()).json()["cases"]
    at = f"/cases/{case['id']}"
    mira.post(f"{at}/protection-assessments", {"needed": False, "reasons": "Tryggt i dag."})
    mira.post(f"{at}/levels", {"level": "röd"})
    body = {"decision": "inleda", "reasons": "Skydd.", "without_hub": "Brådskar."}

    with ThreadPoolExecutor(2) as threads:
        tried = [
            threads.submit(stored.caller(person).post, f"{at}/decisions", body)
            for person in (MIRA, NORA)
        ]
    found = sorted(one.result().status_code for one in tried)

    assert found == [201, 409]
    assert verify(postgres_engine) == []


def test_odd_addresses_and_tokens_are_not_defects(stored: Service) -> None:
    mira = stored.caller(MIRA)

    assert mira.get("/cases/%00").status_code == 404
    assert mira.get("/cases/00000000-0000-4000-8000-00000000000%00").status_code == 404
    assert mira.post("/child-lookups", {"personal_number": "\0"}).status_code == 422
    assert mira.post("/concerns", concern(reference="a\0b")).status_code == 422


def test_a_database_that_cannot_be_reached_is_told_and_nothing_is_lost(
    stored: Service, postgres_engine: Engine
) -> None:
    mira, world = stored.caller(MIRA), stored.world
    assert isinstance(world, Stored)
    (case,) = mira.post("/concerns", concern()).json()["cases"]
    there, world.uow = world.uow, postgres_work(program_engine(make_url(NOWHERE)))

    away = mira.get(f"/cases/{case['id']}")
    world.uow = there
    back = mira.get(f"/cases/{case['id']}")

    assert (away.status_code, away.json()["type"]) == (503, "/problems/store-unavailable")
    assert away.headers["Retry-After"]
    assert back.json()["version"] == case["version"]
    assert verify(postgres_engine) == []


def test_a_database_that_goes_away_in_the_middle_leaves_nothing_half_written(
    stored: Service, postgres_engine: Engine, owner: Engine
) -> None:
    mira, world = stored.caller(MIRA), stored.world
    assert isinstance(world, Stored)
    (case,) = mira.post("/concerns", concern()).json()["cases"]
    at, there = f"/cases/{case['id']}", world.uow
    world.uow = lambda: CutOff(postgres_engine, owner)

    cut = mira.post(f"{at}/notes", {"text": "Rektor ringde."})
    world.uow = there

    assert cut.status_code == 503
    assert mira.get(at).json()["notes"] == []
    assert mira.post(f"{at}/notes", {"text": "Rektor ringde."}).status_code == 201
    assert verify(postgres_engine) == []


class CutOff(PostgresUnitOfWork):
    """Somebody pulls the plug after everything is written and before it is committed."""

    def __init__(self, engine: Engine, owner: Engine) -> None:
        super().__init__(engine)
        self._owner = owner

    def commit(self) -> None:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
        with self._owner.connect() as connection:
            connection.execute(text(f"{others} current_database() AND pid <> pg_backend_pid()"))
        super().commit()
