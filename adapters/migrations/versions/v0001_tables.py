"""The first tables: journal, projections, watch, outbox, people and access log."""

from alembic import op

revision = "0001"
down_revision = None

# Frozen as they were, so that a later change in adapters/tables.py does not rewrite history.
TABLES = """
CREATE TABLE access_log (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    account_id TEXT NOT NULL,
    action TEXT NOT NULL,
    case_ids TEXT[] NOT NULL,
    granted BOOLEAN NOT NULL,
    relation TEXT NOT NULL,
    detail TEXT NOT NULL,
    CONSTRAINT pk_access_log PRIMARY KEY (id)
);

CREATE INDEX ix_access_log_account_id ON access_log (account_id);
CREATE INDEX ix_access_log_case_ids ON access_log USING gin (case_ids);

CREATE TABLE accounts (
    id TEXT COLLATE "C" NOT NULL,
    username TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    roles TEXT[] NOT NULL,
    unit TEXT,
    delegations TEXT[] NOT NULL,
    email TEXT,
    password TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    CONSTRAINT pk_accounts PRIMARY KEY (id),
    CONSTRAINT uq_accounts_username UNIQUE (username)
);


CREATE TABLE alarms (
    case_id TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    step TEXT COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT pk_alarms PRIMARY KEY (case_id, key, step)
);

CREATE INDEX ix_alarms_at ON alarms (at);

CREATE TABLE alarms_raised (
    case_id TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    step TEXT COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT pk_alarms_raised PRIMARY KEY (case_id, key, step)
);


CREATE TABLE cases (
    case_id TEXT COLLATE "C" NOT NULL,
    number TEXT NOT NULL,
    version INTEGER NOT NULL,
    report_id TEXT NOT NULL,
    reference TEXT,
    received_at timestamptz NOT NULL,
    registered_at timestamptz NOT NULL,
    channel TEXT NOT NULL,
    reporter_kind TEXT NOT NULL,
    title TEXT NOT NULL,
    child_name TEXT,
    birth_date DATE,
    personal_number TEXT,
    protected BOOLEAN NOT NULL,
    level TEXT NOT NULL,
    level_confirmed BOOLEAN NOT NULL,
    raise_proposed BOOLEAN NOT NULL,
    lowering_proposed BOOLEAN NOT NULL,
    phase TEXT NOT NULL,
    outcome TEXT,
    called_at timestamptz,
    meeting_at timestamptz,
    meeting_held_at timestamptz,
    decided_at timestamptz,
    handover_unit TEXT,
    investigator TEXT,
    acknowledged_at timestamptz,
    closed_at timestamptz,
    CONSTRAINT pk_cases PRIMARY KEY (case_id),
    CONSTRAINT uq_cases_number UNIQUE (number)
);

CREATE INDEX ix_cases_handover_unit ON cases (handover_unit);
CREATE INDEX ix_cases_investigator ON cases (investigator);
CREATE INDEX ix_cases_open ON cases (case_id) WHERE closed_at IS NULL;
CREATE INDEX ix_cases_personal_number ON cases (personal_number);
CREATE INDEX ix_cases_reference ON cases (reference);
CREATE INDEX ix_cases_report_id ON cases (report_id);

CREATE TABLE clocks (
    case_id TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    clock TEXT NOT NULL,
    name TEXT NOT NULL,
    legal BOOLEAN NOT NULL,
    unit TEXT,
    anchor_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    target_at timestamptz NOT NULL,
    why TEXT NOT NULL,
    law TEXT,
    stopped_at timestamptz,
    passed_at timestamptz,
    owner TEXT,
    cause TEXT,
    comment TEXT,
    explained_at timestamptz,
    CONSTRAINT pk_clocks PRIMARY KEY (case_id, key)
);

CREATE INDEX ix_clocks_alive ON clocks (case_id) WHERE stopped_at IS NULL;
CREATE INDEX ix_clocks_running ON clocks (due_at) WHERE stopped_at IS NULL AND passed_at IS NULL;

CREATE TABLE heartbeats (
    worker TEXT COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT pk_heartbeats PRIMARY KEY (worker)
);


CREATE TABLE journal (
    case_id TEXT COLLATE "C" NOT NULL,
    seq INTEGER NOT NULL,
    position BIGINT GENERATED ALWAYS AS IDENTITY,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    recorded_at timestamptz NOT NULL,
    event TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_journal PRIMARY KEY (case_id, seq),
    CONSTRAINT uq_journal_position UNIQUE (position)
);


CREATE TABLE login_failures (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    username TEXT NOT NULL,
    address TEXT NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT pk_login_failures PRIMARY KEY (id)
);

CREATE INDEX ix_login_failures_address ON login_failures (address);
CREATE INDEX ix_login_failures_username ON login_failures (username);

CREATE TABLE outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    role TEXT,
    unit TEXT,
    account TEXT,
    address TEXT,
    made_at timestamptz NOT NULL,
    tries INTEGER DEFAULT '0' NOT NULL,
    sent_at timestamptz,
    failed TEXT,
    dead BOOLEAN DEFAULT false NOT NULL,
    next_try_at timestamptz,
    receivers TEXT[],
    CONSTRAINT pk_outbox PRIMARY KEY (id),
    CONSTRAINT uq_outbox_key UNIQUE (key)
);

CREATE INDEX ix_outbox_dead ON outbox (id) WHERE dead;
CREATE INDEX ix_outbox_waiting ON outbox (id) WHERE sent_at IS NULL AND NOT dead;

CREATE TABLE units (
    case_id TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    called_at timestamptz NOT NULL,
    answer_by timestamptz NOT NULL,
    answered_at timestamptz,
    answer TEXT,
    deputy TEXT,
    CONSTRAINT pk_units PRIMARY KEY (case_id, unit)
);

CREATE INDEX ix_units_deputy ON units (deputy);
CREATE INDEX ix_units_unit ON units (unit);

CREATE TABLE sessions (
    token_hash TEXT COLLATE "C" NOT NULL,
    account_id TEXT COLLATE "C" NOT NULL,
    csrf TEXT NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    kind TEXT NOT NULL,
    CONSTRAINT pk_sessions PRIMARY KEY (token_hash),
    CONSTRAINT fk_sessions_account_id_accounts FOREIGN KEY(account_id) REFERENCES accounts (id)
);

CREATE INDEX ix_sessions_account_id ON sessions (account_id);
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES)
