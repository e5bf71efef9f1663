"""A program that the database is not made for does not write, not even while it is being made."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from adapters.fitting import HEAD, Schema
from adapters.rebuilding import rebuild
from adapters.schema import alembic_config, migrate, oldest_beside, schema_of
from adapters.work import postgres_work
from rules.errors import ChangedMeanwhile
from tests.adapters import saga
from workflows.ports import StoreUnavailable, WrongVersion

NEXT = "0999"
RAISED = text("UPDATE schema_floor SET oldest = :oldest")
RENAMED = text("UPDATE alembic_version SET version_num = :head")


def newer(owner: Engine, *, oldest: str) -> None:
    """As if the next version had migrated."""
    with owner.begin() as connection:
        connection.execute(text("LOCK TABLE schema_floor IN ACCESS EXCLUSIVE MODE"))
        connection.execute(RENAMED, {"head": NEXT})
        connection.execute(RAISED, {"oldest": oldest})


def test_the_schema_that_the_code_names_is_the_last_that_is_made() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == HEAD


def test_a_step_that_does_not_say_that_older_programs_may_stay_stops_them() -> None:
    script = ScriptDirectory.from_config(alembic_config())
    silent = [
        it.revision for it in script.walk_revisions() if not vars(it.module).get("older_may_stay")
    ]

    assert oldest_beside(script) == silent[0]


def test_only_what_lies_between_the_floor_and_the_head_fits() -> None:
    schema = Schema(head="0014", oldest="0012")

    assert [known for known in ("0011", "0012", "0013", "0014", "0015") if schema.fits(known)] == [
        "0012", "0013", "0014",
    ]  # fmt: skip


def test_a_program_that_is_let_stay_works_on_beside_the_next(
    postgres_engine: Engine, owner: Engine
) -> None:
    newer(owner, oldest=HEAD)

    with postgres_work(postgres_engine)() as work:
        work.journal.append("a", [saga.registered()], expected=0)
        work.commit()
    assert schema_of(postgres_engine) == NEXT


def test_a_program_below_the_floor_begins_nothing_and_is_told_why(
    postgres_engine: Engine, owner: Engine
) -> None:
    newer(owner, oldest=NEXT)

    with pytest.raises(WrongVersion) as refused, postgres_work(postgres_engine)():
        pass
    with pytest.raises(WrongVersion):
        schema_of(postgres_engine)
    with pytest.raises(WrongVersion):
        migrate(owner)

    assert (refused.value.known, refused.value.oldest) == (HEAD, NEXT)


def test_a_program_that_is_ahead_of_the_database_begins_nothing(postgres_engine: Engine) -> None:
    with pytest.raises(WrongVersion), postgres_work(postgres_engine, NEXT)():
        pass


@pytest.mark.parametrize("gone", ["DELETE FROM schema_floor", "DROP TABLE schema_floor"])
def test_a_database_that_does_not_say_whom_it_fits_fits_nobody(
    postgres_engine: Engine, owner: Engine, gone: str
) -> None:
    with owner.begin() as connection:
        connection.execute(text(gone))

    with pytest.raises(WrongVersion), postgres_work(postgres_engine)():
        pass


def test_lists_are_not_rebuilt_by_a_program_below_the_floor(
    postgres_engine: Engine, owner: Engine
) -> None:
    with postgres_work(postgres_engine)() as work:
        work.journal.append("a", [saga.registered()], expected=0)
        work.commit()
    newer(owner, oldest=NEXT)

    with pytest.raises(WrongVersion):
        rebuild(postgres_engine)


def test_the_program_itself_cannot_move_the_floor(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        may = text("SELECT has_table_privilege('schema_floor', :right)")
        rights = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
        assert not any(connection.scalar(may, {"right": right}) for right in rights)


def test_a_transaction_that_has_begun_ends_before_the_schema_changes(
    postgres_engine: Engine, owner: Engine
) -> None:
    with ThreadPoolExecutor(1) as pool, postgres_work(postgres_engine)() as work:
        changing = pool.submit(newer, owner, oldest=NEXT)
        work.journal.append("a", [saga.registered()], expected=0)
        assert not changing.done()
        work.commit()
        work.__exit__(None, None, None)
        changing.result(timeout=30)

    with owner.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM journal")) == 1


@pytest.mark.parametrize("often", [1, 20])
def test_who_waits_for_a_migration_reads_what_it_says(
    postgres_engine: Engine, owner: Engine, often: int
) -> None:
    """Also when the question has been asked so often that the driver has it prepared."""
    factory = postgres_work(postgres_engine)
    for _ in range(often):
        with factory():
            pass
    waits = Event()

    def write() -> str:
        waits.set()
        try:
            with factory() as work:
                work.journal.append("a", [saga.registered()], expected=0)
                work.commit()
        except WrongVersion:
            return "stopped"
        return "written"

    with ThreadPoolExecutor(1) as pool, owner.begin() as connection:
        connection.execute(text("LOCK TABLE schema_floor IN ACCESS EXCLUSIVE MODE"))
        written = pool.submit(write)
        waits.wait(30)
        _until_somebody_waits(postgres_engine)
        connection.execute(RENAMED, {"head": NEXT})
        connection.execute(RAISED, {"oldest": NEXT})
        connection.commit()
        assert written.result(timeout=30) == "stopped"


def _until_somebody_waits(engine: Engine) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.scalar(waiting):
            pass


def test_a_migration_that_never_gets_the_database_alone_says_so_and_changes_nothing(
    postgres_engine: Engine, owner: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.schema.HEAD", NEXT)
    monkeypatch.setattr("adapters.schema._PATIENCE", "20ms")
    monkeypatch.setattr("adapters.schema._TRIES", 2)

    with postgres_work(postgres_engine)() as work:
        work.journal.append("a", [saga.registered()], expected=0)
        with pytest.raises(StoreUnavailable):
            migrate(owner)
        work.commit()

    with pytest.raises(ChangedMeanwhile), postgres_work(postgres_engine)() as work:
        work.journal.append("a", [saga.registered()], expected=0)
