"""A case whose rules failed is told in lists until a person has set its level."""

from alembic import op

revision = "0004"
down_revision = "0003"

COLUMN = "ALTER TABLE cases ADD COLUMN incident BOOLEAN DEFAULT false NOT NULL"

# As the program folds it: a fault at any classification that no level has been set after.
KNOWN = """
UPDATE cases SET incident = EXISTS (
    SELECT FROM journal AS failed
    WHERE failed.case_id = cases.case_id
        AND failed.kind = 'classified'
        AND failed.event::jsonb #>> '{classification,incident}' IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM journal AS level
            WHERE level.case_id = cases.case_id
                AND level.kind = 'level_set'
                AND level.seq > failed.seq
        )
)
"""


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    run(COLUMN)
    run(KNOWN)
