"""What a job of the others does when it is due: a breach and a message, in one transaction."""

from datetime import datetime

import psycopg

TABLES = """
CREATE TABLE breach (
    job integer PRIMARY KEY,
    due_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE TABLE message (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL UNIQUE,
    body text NOT NULL,
    made_at timestamptz NOT NULL
);
"""
# One statement, so that neither of them pays for more than one journey to the server.
EFFECT = """
WITH breached AS (
    INSERT INTO breach (job, due_at, recorded_at) VALUES (%(job)s, %(due_at)s, %(at)s)
    RETURNING job
)
INSERT INTO message (key, body, made_at)
SELECT 'frist:' || job, 'En frist har brustit.', %(at)s FROM breached
"""
RECORDED = "SELECT pg_xact_commit_timestamp(xmin) FROM breach ORDER BY 1"


def prepare(url: str) -> None:
    """The two tables, empty."""
    with psycopg.connect(url) as connection:
        connection.execute(TABLES)


def values(job: int, due_at: datetime, at: datetime) -> dict[str, object]:
    """What EFFECT is given."""
    return {"job": job, "due_at": due_at, "at": at}
