"""The processes that work on this database, and the oldest schema they may know."""

from alembic import op

revision = "0011"
down_revision = "0010"

PROGRAM = "hub_program"

# One row: who locks this table has the database alone, who reads it keeps the others waiting.
STEPS = """
CREATE TABLE schema_floor (
    one BOOLEAN NOT NULL,
    oldest TEXT COLLATE "C" NOT NULL,
    CONSTRAINT pk_schema_floor PRIMARY KEY (one),
    CONSTRAINT ck_schema_floor_a_single_row CHECK (one)
);
INSERT INTO schema_floor (one, oldest) VALUES (true, '0011');

CREATE TABLE nodes (
    id TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    host TEXT NOT NULL,
    program TEXT NOT NULL,
    schema TEXT COLLATE "C" NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    left_at timestamptz,
    CONSTRAINT pk_nodes PRIMARY KEY (id)
);
"""


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    run(STEPS)
    if run(f"SELECT FROM pg_roles WHERE rolname = '{PROGRAM}'").first() is not None:
        run(f"GRANT SELECT ON schema_floor TO {PROGRAM}")
        run(f"GRANT SELECT, INSERT, UPDATE, DELETE ON nodes TO {PROGRAM}")
