"""Versions of the rules: who wrote, who approved, what was rejected, what goes in shadow."""

from alembic import op

revision = "0003"
down_revision = "0002"

PROGRAM = "hub_program"
APPEND_ONLY = (
    "rule_versions",
    "rule_approvals",
    "rule_rejections",
    "rule_shadows",
    "rule_shadow_ends",
    "rule_shadow_results",
)

TABLES = """
CREATE TABLE rule_versions (
    version TEXT COLLATE "C" NOT NULL,
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    proposed_at timestamptz NOT NULL,
    note TEXT NOT NULL,
    certificate TEXT NOT NULL,
    CONSTRAINT pk_rule_versions PRIMARY KEY (version),
    CONSTRAINT uq_rule_versions_version_author UNIQUE (version, author)
);

CREATE TABLE rule_approvals (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    version TEXT COLLATE "C" NOT NULL,
    author TEXT NOT NULL,
    approver TEXT NOT NULL,
    approved_at timestamptz NOT NULL,
    effective_at timestamptz NOT NULL,
    base TEXT COLLATE "C",
    ticked TEXT[] NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_rule_approvals PRIMARY KEY (id),
    CONSTRAINT fk_rule_approvals_version_author_rule_versions
        FOREIGN KEY (version, author) REFERENCES rule_versions (version, author),
    CONSTRAINT ck_rule_approvals_another_person CHECK (approver <> author),
    CONSTRAINT ck_rule_approvals_not_backwards CHECK (effective_at >= approved_at),
    CONSTRAINT uq_rule_approvals_id_version UNIQUE (id, version)
);

CREATE TABLE rule_rejections (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    version TEXT COLLATE "C" NOT NULL,
    approval_id BIGINT,
    rejected_by TEXT NOT NULL,
    rejected_at timestamptz NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_rule_rejections PRIMARY KEY (id),
    CONSTRAINT fk_rule_rejections_approval_id_version_rule_approvals
        FOREIGN KEY (approval_id, version) REFERENCES rule_approvals (id, version),
    CONSTRAINT uq_rule_rejections_version_approval_id
        UNIQUE NULLS NOT DISTINCT (version, approval_id),
    CONSTRAINT fk_rule_rejections_version_rule_versions
        FOREIGN KEY (version) REFERENCES rule_versions (version)
);

CREATE TABLE rule_shadows (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    version TEXT COLLATE "C" NOT NULL,
    started_by TEXT NOT NULL,
    started_at timestamptz NOT NULL,
    position BIGINT NOT NULL,
    CONSTRAINT pk_rule_shadows PRIMARY KEY (id),
    CONSTRAINT fk_rule_shadows_version_rule_versions
        FOREIGN KEY (version) REFERENCES rule_versions (version)
);

CREATE TABLE rule_shadow_ends (
    shadow_id BIGINT NOT NULL,
    ended_at timestamptz NOT NULL,
    ended_by TEXT NOT NULL,
    CONSTRAINT pk_rule_shadow_ends PRIMARY KEY (shadow_id),
    CONSTRAINT fk_rule_shadow_ends_shadow_id_rule_shadows
        FOREIGN KEY (shadow_id) REFERENCES rule_shadows (id)
);

CREATE TABLE rule_shadow_results (
    shadow_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    number TEXT NOT NULL,
    at timestamptz NOT NULL,
    live_version TEXT NOT NULL,
    live_level TEXT,
    live_rules TEXT[] NOT NULL,
    shadow_level TEXT,
    shadow_rules TEXT[] NOT NULL,
    fault TEXT,
    CONSTRAINT pk_rule_shadow_results PRIMARY KEY (shadow_id, position),
    CONSTRAINT fk_rule_shadow_results_shadow_id_rule_shadows
        FOREIGN KEY (shadow_id) REFERENCES rule_shadows (id)
);

CREATE INDEX ix_journal_classified ON journal (position) WHERE kind = 'classified';
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
