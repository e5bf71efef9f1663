"""The daily statements, the outages with what passed meanwhile, and what the watchdog found."""

from alembic import op

revision = "0010"
down_revision = "0009"
# Tables that nothing older reads or writes.
older_may_stay = True

PROGRAM = "hub_program"
APPEND_ONLY = ("statements", "outages", "outage_deadlines")

TABLES = """
CREATE TABLE statements (
    number INTEGER NOT NULL,
    day DATE NOT NULL,
    text TEXT NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    signature TEXT NOT NULL,
    key TEXT NOT NULL,
    CONSTRAINT pk_statements PRIMARY KEY (number),
    CONSTRAINT uq_statements_day UNIQUE (day),
    CONSTRAINT uq_statements_hash UNIQUE (hash)
);

CREATE TABLE outages (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    since timestamptz NOT NULL,
    until timestamptz NOT NULL,
    found_by TEXT NOT NULL,
    CONSTRAINT pk_outages PRIMARY KEY (id),
    CONSTRAINT uq_outages_since UNIQUE (since)
);

CREATE TABLE outage_deadlines (
    outage_id BIGINT NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    due_at timestamptz NOT NULL,
    CONSTRAINT pk_outage_deadlines PRIMARY KEY (outage_id, case_id, key),
    CONSTRAINT fk_outage_deadlines_outage_id_outages
        FOREIGN KEY (outage_id) REFERENCES outages (id)
);

CREATE TABLE findings (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    kind TEXT COLLATE "C" NOT NULL,
    place TEXT COLLATE "C" NOT NULL,
    since timestamptz NOT NULL,
    count INTEGER NOT NULL,
    first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL,
    told INTEGER NOT NULL,
    told_at timestamptz NOT NULL,
    cleared_at timestamptz,
    CONSTRAINT pk_findings PRIMARY KEY (id)
);
CREATE UNIQUE INDEX uq_findings_kind_place ON findings (kind, place) WHERE cleared_at IS NULL;
"""

GUARD = """
CREATE TRIGGER {table}_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_is_append_only;
"""


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    run(TABLES)
    for table in APPEND_ONLY:
        run(GUARD.format(table=table))
    if run(f"SELECT FROM pg_roles WHERE rolname = '{PROGRAM}'").first() is not None:
        run(f"GRANT SELECT, INSERT ON {', '.join(APPEND_ONLY)} TO {PROGRAM}")
        run(f"GRANT SELECT, INSERT, UPDATE, DELETE ON findings TO {PROGRAM}")
