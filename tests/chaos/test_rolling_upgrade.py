"""Old and new versions of the program as processes on one database: who may stay, and who stops."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine, text

from adapters.fitting import HEAD
from tests.chaos.running import Ended, Process, hub, running
from tests.chaos.versions import later

NEXT = f"{int(HEAD) + 1:04d}"
BEATING = text(
    "SELECT kind, schema FROM nodes WHERE left_at IS NULL AND seen_at > started_at ORDER BY 1, 2"
)


def beating(engine: Engine, count: int) -> list[tuple[str, str]]:
    """The processes that have joined and beaten since, when they are `count`."""
    until = monotonic() + 90
    while True:
        with engine.connect() as connection:
            found = [(kind, schema) for kind, schema in connection.execute(BEATING)]
        if len(found) == count or monotonic() > until:
            return found
        sleep(0.1)


def migrated(url: str, program: Path) -> int:
    """How `hub migrate` of another version ends, without what the rest takes to load."""
    words = "from adapters.database import migrate_database, normalise as at"
    code = f"{words}; migrate_database(at({url!r}))"
    return hub(database=url, folder=program, begin=("-c", code)).returncode


def answer(process: Process) -> int | None:
    """What it answers somebody who has not logged in; None when it has stopped."""
    try:
        return process.get("/api/v1/cases")[0]
    except Ended:
        return None


def ended(processes: Sequence[Process]) -> list[int | None]:
    return [process.popen.wait(60) for process in processes]


@pytest.mark.timeout(300)
def test_old_and_new_work_side_by_side_until_a_schema_that_the_old_may_not_write(
    tmp_path: Path, postgres_engine: Engine
) -> None:
    url = postgres_engine.url.render_as_string(hide_password=False)
    gentle = later(tmp_path / "next", 1, older_may_stay=True)
    harsh = later(tmp_path / "last", 2, older_may_stay=False)

    with ExitStack() as stack:
        old = [
            stack.enter_context(running(*words, database=url))
            for words in (("serve", "--no-worker"), ("work",))
        ]
        assert beating(postgres_engine, 2) == [("serve --no-worker", HEAD), ("work", HEAD)]
        assert migrated(url, gentle) == 0
        new = [
            stack.enter_context(running(*words, database=url, folder=gentle))
            for words in (("serve", "--no-worker"), ("work",))
        ]
        together = beating(postgres_engine, 4)
        answers = [process.get("/health/ready")[0] for process in (old[0], new[0])]
        assert migrated(url, harsh) == 0
        refused = answer(old[0])
        codes = ended([*old, *new])

    assert together == [
        ("serve --no-worker", HEAD),
        ("serve --no-worker", NEXT),
        ("work", HEAD),
        ("work", NEXT),
    ]
    assert answers == [200, 200]
    assert refused in (401, 503, None)
    assert codes == [78] * 4
    for process in (*old, *new):
        assert process.events.count("node.stopped") == 1
        assert "Starta den nya versionen." in "".join(process.lines)


def test_a_program_that_is_ahead_of_its_database_does_not_start(
    tmp_path: Path, postgres_url: str
) -> None:
    ahead = later(tmp_path / "next", 1, older_may_stay=True)

    done = hub("nodes", database=postgres_url, folder=ahead)

    assert done.returncode == 1
    assert "hub migrate" in done.stderr
