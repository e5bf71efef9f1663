"""The commands that do one thing and end: what they print, where, and how they end."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
from sqlalchemy import text

from adapters.database import normalise, owner_engine, program_engine
from adapters.logs import set_up_logs
from adapters.work import postgres_work
from hub.cli import REPLACED, commands, run
from scripts.running import free_port
from tests.stores import TestServer
from workflows.delivery_ports import Claim, Failure, Notice, Way

CONCERN = {
    "id": "rad-1",
    "received_at": "2026-03-10T08:55:00+01:00",
    "channel": "telefon",
    "reporter": {"kind": "skola"},
    "child": {"name": "Elliot Vråkberg", "personal_number": "20160514-9895"},
    "text": "Han vågar inte gå hem.",
}
PASSWORD = {"NEW_PASSWORD": "vinter åska stubbe"}


@dataclass(frozen=True)
class Done:
    """How a command ended, what it printed and what it logged."""

    returncode: int
    stdout: str
    stderr: str
    log: str


Hub = Callable[..., Done]


@pytest.fixture(name="hub")
def in_this_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Hub]:
    """As the program runs a command, but without starting Python for it."""
    hook, handlers, level = sys.excepthook, logging.root.handlers[:], logging.root.level
    log = io.StringIO()
    set_up_logs(log)

    def hub(*words: str, given: Mapping[str, str]) -> Done:
        with monkeypatch.context() as surroundings:
            for name, value in given.items():
                surroundings.setenv(name, value)
            capsys.readouterr()
            code = run(lambda: commands(list(words)))
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err, log.getvalue())

    yield hub
    structlog.reset_defaults()
    sys.excepthook, logging.root.level = hook, level
    logging.root.handlers[:] = handlers


@pytest.fixture(name="unused")
def nobody_listens_here() -> int:
    return free_port()


def test_a_rules_file_that_is_not_there_is_told(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").touch()

    file = str(tmp_path / "x.jsonl")
    done = hub("import", file, given={"HUB_RULES": str(tmp_path / "borta.yaml")})

    assert done.returncode == 1
    assert "Regelfilen finns inte" in done.stderr


def test_a_database_that_does_not_answer_is_told(hub: Hub, unused: int) -> None:
    url = f"postgresql://hub@127.0.0.1:{unused}/hub"

    done = hub("verify", given={"HUB_DATABASE_URL": url})

    assert done.returncode == 1
    assert "HUB_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_migrate_twice_is_migrate_once(hub: Hub, postgres_url: str) -> None:
    first = hub("migrate", given={"HUB_DATABASE_URL": postgres_url})
    again = hub("migrate", "--json", given={"HUB_DATABASE_URL": postgres_url})

    assert (first.returncode, again.returncode) == (0, 0)
    assert json.loads(again.stdout) == {"migrated": True}


def test_a_file_is_imported_and_the_database_holds_together(
    hub: Hub, tmp_path: Path, postgres_url: str
) -> None:
    file = tmp_path / "anmälningar.jsonl"
    lines = [CONCERN, {**CONCERN, "id": "rad-2", "channel": "fax"}, CONCERN]
    file.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")

    done = hub("import", str(file), "--json", given={"HUB_DATABASE_URL": postgres_url})
    plain = hub("import", str(file), given={"HUB_DATABASE_URL": postgres_url})
    verified = hub("verify", "--json", given={"HUB_DATABASE_URL": postgres_url})
    rebuilt = hub("rebuild", "--json", given={"HUB_DATABASE_URL": postgres_url})

    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert [one["id"] for one in found["registered"]] == ["rad-1"]
    assert [one["line"] for one in found["already"]] == [3]
    assert [(one["line"], list(one["faults"])) for one in found["refused"]] == [(2, ["channel"])]
    assert plain.returncode == 1
    assert "rad 2, channel: ska vara telefon" in plain.stdout
    assert "0 registrerade, 2 fanns redan, 1 avvisade." in plain.stdout
    assert json.loads(verified.stdout) == {"sound": True, "faults": [], "untried": []}
    assert json.loads(rebuilt.stdout) == {"cases": 1, "damaged": []}
    for line in done.log.splitlines():
        assert json.loads(line)["event"]
    assert "Elliot" not in done.log + plain.stderr


def test_an_account_and_a_token_are_made_once(hub: Hub, postgres_url: str) -> None:
    made = hub(
        "users", "add", "maria", "--name", "Maria L", "--role", "mottagning",
        "--unit", "mottagning", "--email", "maria@kommun.example",
        given={"HUB_DATABASE_URL": postgres_url, **PASSWORD},
    )  # fmt: skip
    taken = hub(
        "users", "add", "maria", "--name", "Maria L", "--role", "granskare",
        given={"HUB_DATABASE_URL": postgres_url, **PASSWORD},
    )  # fmt: skip
    nobody = hub("tokens", "add", "ingen", given={"HUB_DATABASE_URL": postgres_url})
    token = hub("tokens", "add", "maria", "--json", given={"HUB_DATABASE_URL": postgres_url})

    assert made.returncode == 0, made.stderr
    assert taken.returncode == 1
    assert nobody.returncode == 1
    assert len(json.loads(token.stdout)["token"]) >= 43
    assert "stubbe" not in made.stdout + made.stderr


def test_a_defect_is_told_by_class_and_place_and_never_by_its_words(hub: Hub) -> None:
    def fail() -> None:
        raise RuntimeError("Elliot Vråkberg")

    code = run(fail)
    log = hub("verify", "--help", given={}).log

    assert code == 70
    assert "RuntimeError at hub/test_commands.py:" in log
    assert "Elliot" not in log


def test_a_file_that_is_not_there_is_told(hub: Hub, postgres_url: str) -> None:
    done = hub("import", "borta.jsonl", given={"HUB_DATABASE_URL": postgres_url})

    assert done.returncode == 1
    assert done.stderr == "borta.jsonl går inte att läsa (FileNotFoundError).\n"


def test_a_database_with_an_older_schema_is_told_which_command_to_run(
    hub: Hub, postgres: TestServer
) -> None:
    name = f"old_{uuid4().hex}"
    postgres.run("CREATE DATABASE {}", name)
    try:
        done = hub("verify", given={"HUB_DATABASE_URL": postgres.address(name)})
    finally:
        postgres.run("DROP DATABASE {} WITH (FORCE)", name)

    assert done.returncode == 1
    assert "hub migrate" in done.stderr


def test_the_processes_are_listed_and_a_program_that_is_too_old_is_told(
    hub: Hub, postgres: TestServer
) -> None:
    with postgres.database() as url:
        given = {"HUB_DATABASE_URL": url.render_as_string(hide_password=False)}
        nobody = hub("nodes", given=given)
        owner = owner_engine(url)
        with owner.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO nodes VALUES ('n', 'work', 'a', '0.1.0', '0011', :at, :at, NULL)"
                ),
                {"at": datetime(2026, 3, 10, 8, tzinfo=UTC)},
            )
        one, as_json = hub("nodes", given=given), hub("nodes", "--json", given=given)
        with owner.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
            connection.execute(text("UPDATE schema_floor SET oldest = '0999'"))
        owner.dispose()
        refused, migrated = hub("nodes", given=given), hub("migrate", given=given)

    assert "Ingen process" in nobody.stdout
    assert one.stdout == (
        "tyst      work               a  version 0.1.0, schema 0011, sedd 2026-03-10 09:00:00\n"
    )
    assert json.loads(as_json.stdout)[0]["standing"] == "tyst"
    assert (refused.returncode, migrated.returncode) == (1, REPLACED)
    assert "nyare version" in refused.stderr
    assert "Inget har sparats" in migrated.stderr


def test_a_dead_letter_is_listed_and_sent_again_by_somebody(hub: Hub, postgres_url: str) -> None:
    given = {"HUB_DATABASE_URL": postgres_url}
    hub(
        "users", "add", "drift", "--name", "Drift D", "--role", "systemförvaltare",
        given={**given, **PASSWORD},
    )  # fmt: skip
    number = _dead_letter(postgres_url, "omsänt")
    listed = hub("deliveries", "list", "--as", "drift", given=given)
    nobody = hub("deliveries", "resend", number, "--as", "ingen", given=given)
    again = hub("deliveries", "resend", number, "--as", "drift", "--json", given=given)
    twice = hub("deliveries", "resend", number, "--as", "drift", given=given)
    after = hub("deliveries", "list", "--as", "drift", "--json", given=given)

    assert listed.returncode == 1
    assert "Döda brev: 1" in listed.stdout
    assert "1 försök: 550" in listed.stdout
    assert (nobody.returncode, twice.returncode, after.returncode) == (1, 1, 0)
    assert "kontot ingen finns inte" in nobody.stderr
    assert "redan på väg" in twice.stderr
    assert json.loads(again.stdout)["resent"][0]["id"] == int(number)
    (waits,) = json.loads(after.stdout)["under_way"]
    assert len(waits["resends"]) == 1


def test_a_dead_letter_is_settled_once_with_a_reason_by_somebody(
    hub: Hub, postgres_url: str
) -> None:
    given = {"HUB_DATABASE_URL": postgres_url}
    for name, role in (("drift", "systemförvaltare"), ("gry", "granskare")):
        hub(
            "users", "add", name, "--name", "Namn N", "--role", role,
            given={**given, **PASSWORD},
        )  # fmt: skip
    number = _dead_letter(postgres_url, "avklarat")
    settle = ("deliveries", "settle", number, "--as", "drift", "--reason")
    refused = {
        "kontot ingen finns inte": hub(*settle, "Ringt.", "--as", "ingen", given=given),
        "Din behörighet": hub(*settle, "Ringt.", "--as", "gry", given=given),
        "Skriv hur det är avklarat": hub(*settle, " ", given=given),
    }
    done = hub(*settle, "Ringt i stället.", "--json", given=given)
    refused["avklarat"] = hub(*settle, "Ringt.", given=given)
    after = hub("deliveries", "list", "--as", "drift", given=given)

    for words, answer in refused.items():
        assert (answer.returncode, answer.stdout, answer.log) == (1, "", "")
        assert words in answer.stderr
    (settled,) = json.loads(done.stdout)["settled"]
    assert [it["reason"] for it in settled["settlements"]] == ["Ringt i stället."]
    assert (done.returncode, after.returncode) == (0, 0)
    assert "Döda brev: 0" in after.stdout
    engine = program_engine(normalise(postgres_url))
    with postgres_work(engine)() as work:
        actions = [line.action for line in work.access.recent(9)]
    engine.dispose()
    assert actions.count("avskriva meddelande") == 1


def test_what_cannot_be_sent_again_is_told_by_number_and_the_others_are_sent(
    hub: Hub, postgres_url: str
) -> None:
    given = {"HUB_DATABASE_URL": postgres_url}
    hub(
        "users", "add", "drift", "--name", "Drift D", "--role", "systemförvaltare",
        given={**given, **PASSWORD},
    )  # fmt: skip
    number = _dead_letter(postgres_url, "ett av två")
    again = hub("deliveries", "resend", "999999", number, "--as", "drift", given=given)

    assert (again.returncode, again.log) == (1, "")
    assert again.stdout == f"{number}: Frist nära skickas igen.\n"
    assert again.stderr == ("999999: Det finns inget sådant meddelande bland dem som du får se.\n")


def _dead_letter(url: str, key: str) -> str:
    at = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    notice = Notice(key=key, case_id="a", subject="Frist nära", body="Kort.", made_at=at)
    engine = program_engine(normalise(url))
    with postgres_work(engine)() as work:
        work.outbox.put([notice])
        claim = Claim(way=Way.MAIL, by="s", at=at, until=at, most=1)
        (held,) = work.outbox.claim(claim)
        work.outbox.failed(held.id, Failure(reason="550", next_try_at=at, dead=True), by="s")
        work.commit()
    engine.dispose()
    return str(held.id)
