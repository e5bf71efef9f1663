"""Clocks that are moved or rest, alarms that are told in the journal, breaches with a measure."""

from alembic import op

revision = "0007"
down_revision = "0006"

# What was told before is not told again: a message has a key, and each key is put out once.
STEPS = """
DROP TABLE alarms_raised;
ALTER TABLE clocks
    ADD COLUMN measure TEXT,
    ADD COLUMN measure_by timestamptz,
    ADD COLUMN resting_until timestamptz,
    ADD COLUMN acknowledged_at timestamptz,
    ADD COLUMN moved INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ix_clocks_breached ON clocks (passed_at) WHERE passed_at IS NOT NULL;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(STEPS)
