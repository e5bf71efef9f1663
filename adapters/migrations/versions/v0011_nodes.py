"""The processes that work on this database, and the oldest schema they may know."""

from alembic import op

revision = "0011"
down_revision = "0010"

STEPS = """
SELECT 1;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(STEPS)
