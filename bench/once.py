"""Whether everything that was due was done exactly once, counted in what is kept."""

from dataclasses import dataclass

import psycopg

from bench.lived import Lived

_FOUND = """
SELECT
    (SELECT count(*) FROM journal WHERE kind = 'deadline_passed') AS breaches,
    (SELECT count(*) FROM journal WHERE kind = 'alerted') AS alerts,
    (SELECT count(*) FROM journal WHERE kind = 'clock_started') AS clocks,
    (SELECT count(*) FROM clocks) AS clock_rows,
    (SELECT count(*) FROM outbox) AS messages,
    (SELECT count(*) FROM access_log WHERE action = 'bevaka') AS lines,
    (SELECT count(DISTINCT case_ids) FROM access_log WHERE action = 'bevaka') AS swept,
    (SELECT count(*) FROM (
        SELECT FROM journal GROUP BY case_id
        HAVING array_agg(kind ORDER BY seq) = %(kinds)s::text[]
    ) AS cases) AS whole
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """How many there are of each; `whole` are the cases whose journal is as it should be."""

    breaches: int
    alerts: int
    clocks: int
    clock_rows: int
    messages: int
    lines: int
    swept: int
    whole: int


def expected(pattern: Lived, cases: int) -> Effects:
    """What so many copies should have: one was swept alone, in memory, by a single worker."""
    kinds = _kinds(pattern)
    started = kinds.count("clock_started")
    return Effects(
        breaches=cases * kinds.count("deadline_passed"),
        alerts=cases * kinds.count("alerted"),
        clocks=cases * started,
        clock_rows=cases * started,
        messages=cases * (len(pattern.sent) + pattern.messages),
        lines=cases,
        swept=cases,
        whole=cases,
    )


def found(url: str, pattern: Lived) -> Effects:
    """What they have."""
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        row = connection.execute(_FOUND, {"kinds": _kinds(pattern)}).fetchone()
    assert row is not None
    return Effects(**row)


def _kinds(pattern: Lived) -> list[str]:
    return [event.kind for event in (*pattern.events, *pattern.later)]
