"""`hub statement`: what it shows, what it finds, and how it ends."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import Engine, text
from typer.testing import CliRunner, Result

from adapters.signing import derived
from adapters.work import postgres_work
from hub.cli import commands
from hub.starting import CannotStart
from tests.people import Hands, office, rules
from workflows import statements
from workflows.daily_statement import Signed

SECRET = "kR4-9vXq2LmZ7tYbN1cWj8HsPdEfGa3U"
SEAL = derived(SECRET)
Hub = Callable[..., Result]


@pytest.fixture(name="hub")
def a_command_line(postgres_engine: Engine) -> Hub:
    """With a database of its own and the secret that its statements are signed with."""
    url = postgres_engine.url.render_as_string(hide_password=False)

    def hub(*words: str, given: Mapping[str, str | None] | None = None) -> Result:
        settings = {"HUB_DATABASE_URL": url, "HUB_SECRET_KEY": SECRET}
        return CliRunner().invoke(
            commands, ["statement", *words], env={**settings, **(given or {})}
        )

    return hub


@pytest.fixture(name="kept")
def two_days(postgres_engine: Engine) -> list[Signed]:
    """The last two, as a worker would have made them."""
    clock = Hands(datetime.now(UTC) - timedelta(days=1))
    there = office(postgres_work(postgres_engine), clock, lambda: str(uuid4()), rules())
    clock.now = clock.now.replace(hour=6, minute=0)
    found = []
    for _ in range(2):
        signed = statements.make(there, SEAL, skew=timedelta())
        assert signed is not None
        found.append(signed)
        clock.forward(days=1)
    return found


def test_the_newest_statement_is_shown_or_that_of_a_day(hub: Hub, kept: list[Signed]) -> None:
    newest, first = hub("show"), hub("show", str(kept[0].day), "--json")

    assert "0 öppna ärenden, 0 bevakade, 0 utan." in newest.stdout
    assert newest.stdout.startswith(kept[1].name)
    told = json.loads(first.stdout)
    assert SEAL.holds(told["text"], told["signature"], key=told["key"])
    assert told["hash"] == kept[0].hash


def test_where_there_is_no_statement_that_is_told(hub: Hub) -> None:
    for words in (("show",), ("show", "2020-01-01")):
        assert isinstance(hub(*words).exception, CannotStart)


def test_a_whole_chain_is_sound_and_says_so(hub: Hub, kept: list[Signed]) -> None:
    seen = [word for it in kept for word in ("--seen", it.hash)]
    plain, as_json = hub("verify", *seen), hub("verify", "--json")

    assert (plain.exit_code, as_json.exit_code) == (0, 0)
    assert plain.stdout == "2 dagsintyg hänger ihop.\n"
    assert json.loads(as_json.stdout) == {"sound": True, "count": 2, "faults": []}


def test_a_changed_statement_and_one_that_is_gone_end_with_a_fault(
    hub: Hub, kept: list[Signed], owner: Engine
) -> None:
    with owner.begin() as connection:
        connection.execute(text("ALTER TABLE statements DISABLE TRIGGER ALL"))
        connection.execute(text("UPDATE statements SET signature = '00' WHERE number = 2"))

    changed = hub("verify")
    gone = hub("verify", "--seen", "f" * 64, "--json")

    assert changed.exit_code == gone.exit_code == 1
    assert changed.stdout == f"{kept[1].name}: underskriften stämmer inte.\n"
    assert f"Intyget med hash {'f' * 64} saknas." in json.loads(gone.stdout)["faults"]


def test_another_key_is_a_fault_until_it_is_trusted(
    hub: Hub, kept: list[Signed], tmp_path: Path
) -> None:
    assert kept
    path = tmp_path / "key.pem"
    made = Ed25519PrivateKey.generate()
    path.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    other = {"HUB_STATEMENT_KEY": str(path)}

    assert hub("verify", given=other).exit_code == 1
    assert hub("verify", "--key", SEAL.key, given=other).exit_code == 0
    assert hub("key", given=other).stdout.startswith(made.public_key().public_bytes_raw().hex())


def test_the_public_key_is_shown_for_people_and_for_programs(hub: Hub) -> None:
    plain, as_json = hub("key"), hub("key", "--json")

    assert plain.stdout.splitlines()[0] == SEAL.key
    assert "BEGIN PUBLIC KEY" in plain.stdout
    assert json.loads(as_json.stdout) == {"key": SEAL.key, "pem": SEAL.pem}


@pytest.mark.parametrize(
    "given", [{"HUB_SECRET_KEY": None}, {"HUB_STATEMENT_KEY": "finns-inte.pem"}]
)
def test_without_a_key_nothing_starts(hub: Hub, given: Mapping[str, str | None]) -> None:
    stopped = hub("key", given=given).exception

    assert isinstance(stopped, CannotStart)
    assert stopped.sentences[0].startswith("HUB_STATEMENT_KEY: ")


def test_the_embedded_database_has_a_key_of_its_own(hub: Hub, tmp_path: Path) -> None:
    own = {"HUB_DATABASE_URL": None, "HUB_SECRET_KEY": None, "HUB_VAR": str(tmp_path)}

    first, again = hub("key", given=own), hub("key", given=own)

    assert first.stdout == again.stdout != ""
    assert (tmp_path / "statement.key").is_file()
