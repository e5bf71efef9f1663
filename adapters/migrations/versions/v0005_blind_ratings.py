"""Blind double rating: what was drawn, and what two people said of it; and levels by time."""

from alembic import op

revision = "0005"
down_revision = "0004"

PROGRAM = "hub_program"
APPEND_ONLY = ("rating_samples", "rating_cases", "ratings")

# The hands are repeated, so that the database itself holds that none of them rates; the turn, so
# that it holds that there are never three.
TABLES = """
CREATE TABLE rating_samples (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    drawn_by TEXT NOT NULL,
    drawn_at timestamptz NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    size INTEGER NOT NULL,
    seed TEXT NOT NULL,
    CONSTRAINT pk_rating_samples PRIMARY KEY (id)
);

CREATE TABLE rating_cases (
    sample_id BIGINT NOT NULL,
    place INTEGER NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    proposed TEXT NOT NULL,
    confirmed TEXT NOT NULL,
    hands TEXT[] NOT NULL,
    CONSTRAINT pk_rating_cases PRIMARY KEY (sample_id, place),
    CONSTRAINT uq_rating_cases_sample_id_case_id UNIQUE (sample_id, case_id),
    CONSTRAINT uq_rating_cases_sample_id_place_hands UNIQUE (sample_id, place, hands),
    CONSTRAINT fk_rating_cases_sample_id_rating_samples
        FOREIGN KEY (sample_id) REFERENCES rating_samples (id)
);

CREATE TABLE ratings (
    sample_id BIGINT NOT NULL,
    place INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    hands TEXT[] NOT NULL,
    rater TEXT NOT NULL,
    level TEXT NOT NULL,
    reason TEXT NOT NULL,
    rated_at timestamptz NOT NULL,
    CONSTRAINT pk_ratings PRIMARY KEY (sample_id, place, turn),
    CONSTRAINT fk_ratings_sample_id_place_hands_rating_cases
        FOREIGN KEY (sample_id, place, hands) REFERENCES rating_cases (sample_id, place, hands),
    CONSTRAINT uq_ratings_sample_id_place_rater UNIQUE (sample_id, place, rater),
    CONSTRAINT ck_ratings_two_raters CHECK (turn IN (1, 2)),
    CONSTRAINT ck_ratings_not_their_own_level CHECK (rater <> ALL (hands))
);

CREATE INDEX ix_journal_levels ON journal (recorded_at)
    WHERE kind IN ('classified', 'level_set', 'lowering_proposed', 'lowering_declined');
"""

GUARD = """
CREATE TRIGGER {table}_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_is_append_only;
"""


def upgrade() -> None:
    run = op.get_bind().exec_driver_sql
    run(TABLES)
    for table in APPEND_ONLY:
        run(GUARD.format(table=table))
    if run(f"SELECT FROM pg_roles WHERE rolname = '{PROGRAM}'").first() is not None:
        run(f"GRANT SELECT, INSERT ON {', '.join(APPEND_ONLY)} TO {PROGRAM}")
