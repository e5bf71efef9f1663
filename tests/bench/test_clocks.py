"""Clocks due at once: each effect exactly once, and a claim that reads only what is due."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import URL, Engine

from adapters import watch
from adapters.verification import verify
from adapters.work import postgres_work
from bench.copies import copy_due
from bench.crowd import add_closed, add_waiting
from bench.desk import office
from bench.due import settle
from bench.lived import DUE, Lived, lived
from bench.once import expected, found
from tests.people import rules
from workflows import watching
from workflows.ports import Office

WORKERS = 4


@pytest.fixture(scope="module")
def pattern() -> Lived:
    return lived(rules())


@pytest.fixture
def address(postgres_database: URL) -> str:
    plain = postgres_database.set(drivername="postgresql")
    return plain.render_as_string(hide_password=False)


@pytest.fixture
def desk(postgres_engine: Engine) -> Office:
    return office(postgres_work(postgres_engine), rules(), clock=lambda: DUE)


def test_the_case_that_is_copied_has_one_breach_before_it_and_none_behind(pattern: Lived) -> None:
    later = [event.kind for event in pattern.later]

    assert "deadline_passed" not in {event.kind for event in pattern.events}
    assert later.count("deadline_passed") == later.count("clock_started") == 1
    assert pattern.messages > 0


def test_four_workers_do_each_effect_of_clocks_due_at_once_exactly_once(
    address: str, desk: Office, pattern: Lived, postgres_engine: Engine
) -> None:
    count = 2_000
    with psycopg.connect(address) as connection:
        copy_due(connection, pattern, range(count))

    with ThreadPoolExecutor(WORKERS) as pool:
        sweeps = list(pool.map(watching.sweep, [desk] * WORKERS))

    assert found(address, pattern) == expected(pattern, count)
    assert sum(len(done.passed) for done in sweeps) == count
    assert len({passed.case_id for done in sweeps for passed in done.passed}) == count
    assert not any(done.damaged for done in sweeps)
    assert verify(postgres_engine) == []
    assert watching.sweep(desk) == watching.Sweep()


def test_what_only_waits_or_is_closed_is_not_swept(
    address: str, desk: Office, pattern: Lived
) -> None:
    with psycopg.connect(address) as connection:
        copy_due(connection, pattern, range(3))
        add_waiting(connection, pattern, range(50))
        add_closed(connection, pattern, range(50))

    assert len(watching.sweep(desk).passed) == 3
    assert watching.sweep(desk) == watching.Sweep()


def nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def plan_of(engine: Engine, address: str, query: Any, **given: object) -> list[Mapping[str, Any]]:
    compiled = query.compile(engine)
    with psycopg.connect(address) as connection:
        explain = f"EXPLAIN (ANALYZE, FORMAT JSON) {compiled}"
        row = connection.execute(explain, compiled.params | given).fetchone()
    assert row is not None
    return list(nodes(row[0][0]["Plan"]))


@pytest.mark.parametrize("late", [timedelta(), timedelta(minutes=1)])
def test_a_claim_reads_what_is_due_by_index_and_nothing_of_what_waits_or_is_closed(
    address: str, pattern: Lived, postgres_engine: Engine, late: timedelta
) -> None:
    with psycopg.connect(address) as connection:
        copy_due(connection, pattern, range(300))
        add_waiting(connection, pattern, range(20_000))
        add_closed(connection, pattern, range(20_000))
    settle(address)

    now = DUE - timedelta(minutes=1) + late
    plan = plan_of(postgres_engine, address, watch.LOCK, now=now, most=200, skip=[])

    assert not [node for node in plan if node["Node Type"] == "Seq Scan"]
    assert {node.get("Index Name") for node in plan} >= {"ix_alarms_at"}
    read = sum(node["Actual Rows"] for node in plan if node.get("Relation Name") == "alarms")
    assert read <= (300 if late else 0)
