"""`hub verify` proves the daily statements too: who signed them, their chain, and the journal."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from adapters.signing import derived
from adapters.work import postgres_work
from hub.cli import commands
from hub.commands.statements import UNSIGNED
from tests.people import MIRA, Hands, office, report, rules
from workflows import statements
from workflows.registering import register

SECRET = "kR4-9vXq2LmZ7tYbN1cWj8HsPdEfGa3U"
SEAL, OTHER = derived(SECRET), derived(f"{SECRET}!")
WHOLE = "Allt hänger ihop.\n"
WITH_KEY: Mapping[str, str | None] = {"HUB_SECRET_KEY": SECRET}
WITHOUT: Mapping[str, str | None] = {"HUB_SECRET_KEY": None}
CHANGE = "UPDATE statements SET text = replace(text, '\"skew\":0', '\"skew\":9') WHERE number = 2"
REMOVE = "DELETE FROM statements WHERE number = 2"
REMOVE_FIRST = "DELETE FROM statements WHERE number = 1"
REORDER = """
UPDATE statements SET number = 9 - number WHERE number IN (2, 3);
UPDATE statements SET number = number - 4 WHERE number > 5
"""
CHANGE_LAST = """
UPDATE statements SET text = replace(text, '"skew":0', '"skew":9') WHERE number = 3;
UPDATE statements SET hash = encode(sha256(convert_to(text, 'UTF8')), 'hex') WHERE number = 3
"""
FORGET_A_CASE = "".join(
    f"DELETE FROM {table} WHERE case_id = '{{case}}';"
    for table in ("alarms", "units", "clocks", "cases", "journal")
)
Hub = Callable[..., Result]


@pytest.fixture(name="hub")
def a_command_line(postgres_engine: Engine) -> Hub:
    """With a database of its own, and the secret that its statements are signed with or not."""
    url = postgres_engine.url.render_as_string(hide_password=False)

    def hub(*words: str, given: Mapping[str, str | None] = WITH_KEY) -> Result:
        env = {"HUB_DATABASE_URL": url, **given}
        return CliRunner().invoke(commands, ["verify", *words], env=env)

    return hub


@pytest.fixture(name="case")
def three_days(postgres_engine: Engine) -> str:
    """A statement for each of three days long gone, and a case that the last of them tells of."""
    clock = Hands(datetime(2026, 3, 10, 6, 0, tzinfo=UTC))
    there = office(postgres_work(postgres_engine), clock, lambda: str(uuid4()), rules())
    for _ in range(2):
        assert statements.make(there, SEAL, skew=timedelta())
        clock.forward(days=1)
    (case,) = register(there, MIRA, report(received_at=clock.now))
    assert statements.make(there, SEAL, skew=timedelta())
    return case.id


def tamper(owner: Engine, several: str) -> None:
    """As the owner, with every guard taken away and put back."""
    with owner.begin() as connection:
        for table in ("statements", "journal"):
            guard = f"{table}_is_append_only"
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
        for statement in filter(str.strip, several.split(";")):
            connection.exec_driver_sql(statement)
        for table in ("statements", "journal"):
            guard = f"{table}_is_append_only"
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {guard}")


def test_a_chain_that_nobody_has_touched_is_whole_whoever_wants_the_next_day(
    hub: Hub, case: str
) -> None:
    """A copy that is put back has no statement for today, and hangs together all the same."""
    plain, as_json = hub(), hub("--json")

    assert case
    assert (plain.exit_code, plain.stdout) == (0, WHOLE)
    assert json.loads(as_json.stdout) == {"sound": True, "faults": [], "untried": []}


@pytest.mark.parametrize("given", [WITH_KEY, WITHOUT], ids=["with key", "without"])
@pytest.mark.parametrize(
    ("done", "fault"),
    [
        (CHANGE, "Dagsintyg 2 (2026-03-11): texten är en annan än den som skrevs."),
        (REMOVE, "Dagsintyg 3 (2026-03-12): nummer 2 saknas eller står på fel plats."),
        (REMOVE_FIRST, "Dagsintyg 2 (2026-03-11): det föregående intyget saknas."),
        (REORDER, "Dagsintyg 2 (2026-03-12): nummer eller dag stämmer inte med texten."),
    ],
    ids=["changed", "removed", "first removed", "reordered"],
)
def test_a_statement_that_is_changed_removed_or_moved_is_found_with_a_key_and_without(
    hub: Hub, case: str, owner: Engine, done: str, fault: str, given: Mapping[str, str | None]
) -> None:
    tamper(owner, done)

    found = hub(given=given)

    assert case
    assert found.exit_code == 1
    assert fault in found.stdout.splitlines()
    assert WHOLE not in found.stdout


def test_the_last_one_written_anew_with_its_hash_is_found_by_the_key_alone(
    hub: Hub, case: str, owner: Engine
) -> None:
    tamper(owner, CHANGE_LAST)

    with_key, without = hub(), hub(given=WITHOUT)

    assert case
    assert (with_key.exit_code, without.exit_code) == (1, 0)
    assert with_key.stdout == "Dagsintyg 3 (2026-03-12): underskriften stämmer inte.\n"


def test_a_case_that_is_gone_without_a_trace_is_missed_by_the_statement_that_told_of_it(
    hub: Hub, case: str, owner: Engine
) -> None:
    tamper(owner, FORGET_A_CASE.format(case=case))

    found = hub()

    assert found.exit_code == 1
    fault = "Dagsintyg 3 (2026-03-12): journalen är en annan än när intyget skrevs.\n"
    assert found.stdout == fault


def test_without_a_key_it_is_said_that_nobody_has_tried_who_signed(hub: Hub, case: str) -> None:
    plain, as_json = hub(given=WITHOUT), hub("--json", given=WITHOUT)

    assert case
    assert (plain.exit_code, plain.stdout) == (0, f"{WHOLE}{UNSIGNED}\n")
    assert json.loads(as_json.stdout) == {"sound": True, "faults": [], "untried": [UNSIGNED]}


def test_where_there_is_no_statement_a_key_is_not_missed(hub: Hub) -> None:
    assert hub(given=WITHOUT).stdout == WHOLE


def test_the_public_key_is_enough_to_prove_who_signed(hub: Hub, case: str, owner: Engine) -> None:
    whole = hub("--key", SEAL.key, given=WITHOUT)
    tamper(owner, CHANGE_LAST)
    changed = hub("--key", SEAL.key, given=WITHOUT)

    assert case
    assert (whole.exit_code, whole.stdout) == (0, WHOLE)
    assert changed.exit_code == 1


def test_what_another_key_has_signed_is_a_fault_until_that_key_is_trusted(
    hub: Hub, case: str
) -> None:
    changed_key = {"HUB_SECRET_KEY": f"{SECRET}!"}

    assert case
    assert hub(given=changed_key).exit_code == 1
    assert "annan nyckel än hubbens" in hub("--key", OTHER.key, given=WITHOUT).stdout
    assert hub("--key", SEAL.key, given=changed_key).stdout == WHOLE
