"""Web hooks, dead letters that are sent again, and messages held for a time while on their way."""

from alembic import op

revision = "0009"
down_revision = "0008"

PROGRAM = "hub_program"

# The key alone stays unique, for a program of before that knows of no way but one: what goes
# another way has another key, and is to nobody.
OUTBOX = """
ALTER TABLE outbox
    ADD COLUMN way TEXT DEFAULT 'mail' NOT NULL,
    ADD COLUMN kind TEXT DEFAULT 'notice' NOT NULL,
    ADD COLUMN clock TEXT,
    ADD COLUMN due_at timestamptz,
    ADD COLUMN claimed_by TEXT,
    ADD COLUMN claimed_until timestamptz,
    ADD COLUMN detour TEXT,
    ADD COLUMN settled_at timestamptz;
DROP INDEX ix_outbox_waiting;
CREATE INDEX ix_outbox_waiting ON outbox (way, tries, id)
    WHERE sent_at IS NULL AND NOT dead;
"""

RESENDS = """
CREATE TABLE delivery_resends (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    delivery_id BIGINT NOT NULL,
    by TEXT NOT NULL,
    at timestamptz NOT NULL,
    tries INTEGER NOT NULL,
    failed TEXT,
    CONSTRAINT pk_delivery_resends PRIMARY KEY (id)
);
CREATE INDEX ix_delivery_resends_delivery_id ON delivery_resends (delivery_id);
CREATE TRIGGER delivery_resends_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON delivery_resends
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE delivery_resends ENABLE ALWAYS TRIGGER delivery_resends_is_append_only;
"""

SETTLEMENTS = """
CREATE TABLE delivery_settlements (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    delivery_id BIGINT NOT NULL,
    by TEXT NOT NULL,
    at timestamptz NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_delivery_settlements PRIMARY KEY (id)
);
CREATE INDEX ix_delivery_settlements_delivery_id ON delivery_settlements (delivery_id);
CREATE TRIGGER delivery_settlements_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON delivery_settlements
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE delivery_settlements ENABLE ALWAYS TRIGGER delivery_settlements_is_append_only;
"""


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    run(OUTBOX)
    run(RESENDS)
    run(SETTLEMENTS)
    if run(f"SELECT FROM pg_roles WHERE rolname = '{PROGRAM}'").first() is not None:
        run(f"GRANT SELECT, INSERT ON delivery_resends, delivery_settlements TO {PROGRAM}")
