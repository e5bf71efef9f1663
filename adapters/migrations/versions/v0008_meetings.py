"""Booked hub meetings, rooms, absences, and the invitations that go with a message."""

from alembic import op

revision = "0008"
down_revision = "0007"

STEPS = """
SELECT 1;
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(STEPS)
