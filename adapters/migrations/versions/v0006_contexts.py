"""The place, event or network that several children share, in the form that is matched."""

from alembic import op

revision = "0006"
down_revision = "0005"

# No earlier concern was told with one: their rows in the journal have no such field.
COLUMN = """
ALTER TABLE cases ADD COLUMN context TEXT;
CREATE INDEX ix_cases_context ON cases (context);
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(COLUMN)
