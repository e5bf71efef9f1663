"""The promise proved in SQL: it reads the rows and shares no code with what keeps them.

Every open case has a running clock that somebody will be told of at its end or before, or a breach
that somebody owns.
"""

from datetime import datetime

from sqlalchemy import Connection, TextClause, text

from workflows.daily_statement import Figures
from workflows.vigil_ports import Missed, Proof

# A clock runs, and there is an alarm at its very end: by that the sweep finds it.
_STANDING = """
    WITH told AS (
        SELECT c.case_id, c.key, EXISTS (
            SELECT FROM alarms a
            WHERE a.case_id = c.case_id AND a.key = c.key
              AND a.at = coalesce(c.resting_until, c.due_at)
        ) AS told
        FROM clocks c WHERE c.stopped_at IS NULL AND c.passed_at IS NULL
    ),
    breached AS (
        SELECT case_id, owner, explained_at FROM clocks
        WHERE stopped_at IS NULL AND passed_at IS NOT NULL
    ),
    open_cases AS (
        SELECT k.number,
            EXISTS (SELECT FROM told t WHERE t.case_id = k.case_id AND t.told) AS clock,
            EXISTS (
                SELECT FROM breached b
                WHERE b.case_id = k.case_id AND coalesce(b.owner, '') <> ''
            ) AS breach
        FROM cases k WHERE k.closed_at IS NULL
    )
"""


def _also(query: str) -> TextClause:
    return text(f"{_STANDING}\n{query}")


_PROOF = _also(
    """
    , unrecorded AS (
        SELECT coalesce(resting_until, due_at) AS at FROM clocks
        WHERE stopped_at IS NULL AND passed_at IS NULL
          AND coalesce(resting_until, due_at) <= :before
    ),
    late AS (SELECT at FROM alarms WHERE at <= :before)
    SELECT
        (SELECT coalesce(array_agg(number ORDER BY number), '{}') FROM open_cases
            WHERE NOT clock AND NOT breach) AS unpromised,
        (SELECT count(*) FROM breached) AS breached,
        (SELECT count(*) FROM told WHERE NOT told) AS untold,
        (SELECT count(*) FROM unrecorded) AS unrecorded,
        (SELECT min(at) FROM unrecorded) AS oldest_unrecorded,
        (SELECT count(*) FROM late) AS late_alarms,
        (SELECT min(at) FROM late) AS oldest_alarm
    """
)
_FIGURES = _also(
    """
    SELECT
        (SELECT count(*) FROM open_cases) AS open,
        (SELECT count(*) FROM open_cases WHERE clock) AS with_clock,
        (SELECT count(*) FROM open_cases WHERE breach AND NOT clock) AS with_breach,
        (SELECT coalesce(array_agg(number ORDER BY number), '{}') FROM open_cases
            WHERE NOT clock AND NOT breach) AS without,
        (SELECT count(*) FROM breached) AS breaches_open,
        (SELECT count(*) FROM clocks
            WHERE passed_at IS NOT NULL AND explained_at IS NULL) AS breaches_unexplained,
        (SELECT min(at) FROM alarms WHERE at <= :now) AS oldest_alarm
    """
)
# What somebody else has recorded meanwhile passed unwatched all the same. A rest that ended
# unwatched has let its clock run on, and perhaps out.
_PASSED = text(
    """
    SELECT c.case_id, c.key, k.number,
        CASE WHEN c.resting_until IS NULL THEN c.name ELSE c.name || ' (vila)' END AS name,
        coalesce(c.resting_until, c.due_at) AS due_at
    FROM clocks c JOIN cases k USING (case_id)
    WHERE coalesce(c.resting_until, c.due_at) <= :until
      AND (
        (c.stopped_at IS NULL AND c.passed_at IS NULL)
        OR (
            c.resting_until IS NULL AND c.due_at > :since
            AND (c.stopped_at IS NULL OR c.stopped_at > c.due_at)
        )
      )
    ORDER BY 5, c.case_id, c.key
    """
)


def proof(connection: Connection, before: datetime) -> Proof:
    """The promise, and what is still undone that was due before this moment."""
    row = dict(connection.execute(_PROOF, {"before": before}).mappings().one())
    return Proof(**row | {"unpromised": tuple(row["unpromised"])})


def figures(connection: Connection, now: datetime) -> Figures:
    """Everything that a daily statement counts, in one look."""
    row = dict(connection.execute(_FIGURES, {"now": now}).mappings().one())
    return Figures(**row | {"without": tuple(row["without"])})


def passed(connection: Connection, since: datetime, until: datetime) -> tuple[Missed, ...]:
    """Deadlines that passed within, and those that passed before and are no breach yet."""
    found = connection.execute(_PASSED, {"since": since, "until": until}).mappings()
    return tuple(Missed(**row) for row in found)
