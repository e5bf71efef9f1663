"""Booked hub meetings, rooms, absences, and the invitations that go with a message."""

from alembic import op

revision = "0008"
down_revision = "0007"

PROGRAM = "hub_program"
APPEND_ONLY = ("absences", "absence_ends")

COLUMNS = """
ALTER TABLE cases ADD COLUMN meeting_ends_at timestamptz, ADD COLUMN meeting_room TEXT;
ALTER TABLE outbox ADD COLUMN invitation TEXT;
CREATE INDEX ix_cases_meeting_at ON cases (meeting_at)
    WHERE meeting_held_at IS NULL AND decided_at IS NULL AND closed_at IS NULL;
"""

# As the program folds it: a hub that was called before there were rooms meets in none.
KNOWN = """
UPDATE cases SET meeting_ends_at = (called.event::jsonb ->> 'ends_at')::timestamptz,
    meeting_room = ''
FROM journal AS called
WHERE called.case_id = cases.case_id AND called.kind = 'hub_called'
"""

# Rooms and moments as boxes in a plane, which need no extension: the width is nothing but the
# room, the height is the time, and the last second is free for the meeting after.
ONE_MEETING_IN_A_ROOM = """
ALTER TABLE cases ADD CONSTRAINT ex_cases_one_meeting_in_a_room EXCLUDE USING gist (
    box(
        point(
            hashtext(meeting_room),
            extract(epoch FROM meeting_at AT TIME ZONE 'UTC')::float8
        ),
        point(
            hashtext(meeting_room),
            extract(epoch FROM meeting_ends_at AT TIME ZONE 'UTC')::float8 - 1
        )
    ) WITH &&
)
WHERE (
    meeting_room <> '' AND meeting_held_at IS NULL AND decided_at IS NULL AND closed_at IS NULL
)
"""

TABLES = """
CREATE TABLE absences (
    id TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    deputy TEXT,
    set_by TEXT NOT NULL,
    set_at timestamptz NOT NULL,
    CONSTRAINT pk_absences PRIMARY KEY (id),
    CONSTRAINT ck_absences_has_a_length CHECK (starts_at < ends_at),
    CONSTRAINT ck_absences_somebody_else CHECK (deputy <> account)
);
CREATE INDEX ix_absences_ends_at ON absences (ends_at);

CREATE TABLE absence_ends (
    absence_id TEXT COLLATE "C" NOT NULL,
    back_at timestamptz NOT NULL,
    ended_by TEXT NOT NULL,
    CONSTRAINT pk_absence_ends PRIMARY KEY (absence_id),
    CONSTRAINT fk_absence_ends_absence_id_absences
        FOREIGN KEY (absence_id) REFERENCES absences (id)
);
"""

GUARD = """
CREATE TRIGGER {table}_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_is_append_only;
"""


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    for step in (COLUMNS, KNOWN, ONE_MEETING_IN_A_ROOM, TABLES):
        run(step)
    for table in APPEND_ONLY:
        run(GUARD.format(table=table))
    if run(f"SELECT FROM pg_roles WHERE rolname = '{PROGRAM}'").first() is not None:
        run(f"GRANT SELECT, INSERT ON {', '.join(APPEND_ONLY)} TO {PROGRAM}")
