"""The daily statement, and the outages that it tells of."""

from alembic import op

revision = "0010"
down_revision = "0009"

STEPS = """
SELECT 1;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(STEPS)
