"""The journal and the access log can only grow; and numbers of cases, never the same twice."""

from alembic import op

revision = "0002"
down_revision = "0001"

PROGRAM = "hub_program"
APPEND_ONLY = ("journal", "access_log")
OTHERS = (
    "cases",
    "clocks",
    "units",
    "alarms",
    "alarms_raised",
    "heartbeats",
    "outbox",
    "accounts",
    "sessions",
    "login_failures",
)

# Doubled percent signs: the driver reads them as one.
# Two programs may migrate two databases of one server at once, and roles are the server's.
MAKE_ROLE = """
DO $$
BEGIN
    CREATE ROLE hub_program NOLOGIN;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'hub_program is missing and may not be made by this owner';
END $$;
"""

JOIN_ROLE = """
DO $$
BEGIN
    EXECUTE format('GRANT hub_program TO %%I', current_user);
EXCEPTION
    WHEN insufficient_privilege OR invalid_grant_operation THEN
        RAISE NOTICE 'hub_program has to be granted by a database administrator';
END $$;
"""

REFUSE_CHANGE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%% is append-only: %% is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""

GUARD = """
CREATE TRIGGER {table}_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_is_append_only;
"""

# A sequence for each year: no registration waits for another, and one undone leaves a gap.
NEXT_NUMBER = """
CREATE FUNCTION next_case_number(year integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    name text := 'case_number_' || year;
BEGIN
    IF to_regclass(name) IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(name, 0));
        EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %%I', name);
    END IF;
    RETURN nextval(name::regclass);
END $$;
REVOKE ALL ON FUNCTION next_case_number(integer) FROM PUBLIC;
"""


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    run(REFUSE_CHANGE)
    for table in APPEND_ONLY:
        run(GUARD.format(table=table))
    run(NEXT_NUMBER)
    run(MAKE_ROLE)
    if run(f"SELECT FROM pg_roles WHERE rolname = '{PROGRAM}'").first() is not None:
        run(JOIN_ROLE)
        _grant()


def _grant() -> None:
    """What the program may do: add to what only grows, and see to everything else."""
    run = op.get_bind().exec_driver_sql
    run(f"GRANT SELECT, INSERT ON {', '.join(APPEND_ONLY)} TO {PROGRAM}")
    run(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(OTHERS)} TO {PROGRAM}")
    run(f"GRANT SELECT ON alembic_version TO {PROGRAM}")
    run(f"GRANT EXECUTE ON FUNCTION next_case_number(integer) TO {PROGRAM}")
