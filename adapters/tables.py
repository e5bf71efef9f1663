"""The tables, as SQLAlchemy sees them; columns bear the names of the fields they hold."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    false,
)
from sqlalchemy.dialects.postgresql import ARRAY

from adapters.metadata import Id, Moment, metadata
from workflows.judgements import KINDS

# The event is text and not jsonb: the hash is over these very characters.
journal = Table(
    "journal",
    metadata,
    Column("case_id", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, Identity(always=True), nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("event", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

Index("ix_journal_classified", journal.c.position, postgresql_where=journal.c.kind == "classified")
Index(
    "ix_journal_levels",
    journal.c.recorded_at,
    postgresql_where=journal.c.kind.in_(KINDS),
)

cases = Table(
    "cases",
    metadata,
    Column("case_id", Id, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("report_id", Text, nullable=False, index=True),
    Column("reference", Text, index=True),
    Column("context", Text, index=True),
    Column("received_at", Moment, nullable=False),
    Column("registered_at", Moment, nullable=False),
    Column("channel", Text, nullable=False),
    Column("reporter_kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("child_name", Text),
    Column("birth_date", Date),
    Column("personal_number", Text, index=True),
    Column("protected", Boolean, nullable=False),
    Column("level", Text, nullable=False),
    Column("level_confirmed", Boolean, nullable=False),
    Column("raise_proposed", Boolean, nullable=False),
    Column("lowering_proposed", Boolean, nullable=False),
    Column("incident", Boolean, nullable=False, server_default=false()),
    Column("phase", Text, nullable=False),
    Column("outcome", Text),
    Column("called_at", Moment),
    Column("meeting_at", Moment),
    Column("meeting_ends_at", Moment),
    Column("meeting_room", Text),
    Column("meeting_held_at", Moment),
    Column("decided_at", Moment),
    Column("handover_unit", Text, index=True),
    Column("investigator", Text, index=True),
    Column("acknowledged_at", Moment),
    Column("closed_at", Moment),
)
Index(
    "ix_cases_meeting_at",
    cases.c.meeting_at,
    postgresql_where=cases.c.meeting_held_at.is_(None)
    & cases.c.decided_at.is_(None)
    & cases.c.closed_at.is_(None),
)
Index("ix_cases_open", cases.c.case_id, postgresql_where=cases.c.closed_at.is_(None))

clocks = Table(
    "clocks",
    metadata,
    Column("case_id", Id, primary_key=True),
    Column("key", Id, primary_key=True),
    Column("clock", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("legal", Boolean, nullable=False),
    Column("unit", Text),
    Column("anchor_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("target_at", Moment, nullable=False),
    Column("why", Text, nullable=False),
    Column("law", Text),
    Column("stopped_at", Moment),
    Column("passed_at", Moment),
    Column("owner", Text),
    Column("cause", Text),
    Column("comment", Text),
    Column("explained_at", Moment),
    Column("measure", Text),
    Column("measure_by", Moment),
    Column("resting_until", Moment),
    Column("acknowledged_at", Moment),
    Column("moved", Integer, nullable=False, server_default="0"),
)
Index("ix_clocks_breached", clocks.c.passed_at, postgresql_where=clocks.c.passed_at.is_not(None))
Index("ix_clocks_alive", clocks.c.case_id, postgresql_where=clocks.c.stopped_at.is_(None))
Index(
    "ix_clocks_running",
    clocks.c.due_at,
    postgresql_where=clocks.c.stopped_at.is_(None) & clocks.c.passed_at.is_(None),
)

units = Table(
    "units",
    metadata,
    Column("case_id", Id, primary_key=True),
    Column("unit", Id, primary_key=True, index=True),
    Column("called_at", Moment, nullable=False),
    Column("answer_by", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("answer", Text),
    Column("deputy", Text, index=True),
)

alarms = Table(
    "alarms",
    metadata,
    Column("case_id", Id, primary_key=True),
    Column("key", Id, primary_key=True),
    Column("step", Id, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("worker", Id, primary_key=True),
    Column("at", Moment, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("case_id", Id, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("role", Text),
    Column("unit", Text),
    Column("account", Text),
    Column("address", Text),
    Column("made_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("sent_at", Moment),
    Column("failed", Text),
    Column("dead", Boolean, nullable=False, server_default=false()),
    Column("next_try_at", Moment),
    Column("receivers", ARRAY(Text)),
    Column("invitation", Text),
    Column("way", Text, nullable=False, server_default="mail"),
    Column("kind", Text, nullable=False, server_default="notice"),
    Column("clock", Text),
    Column("due_at", Moment),
    Column("claimed_by", Text),
    Column("claimed_until", Moment),
    Column("detour", Text),
    Column("settled_at", Moment),
)
Index(
    "ix_outbox_waiting",
    outbox.c.way,
    outbox.c.tries,
    outbox.c.id,
    postgresql_where=outbox.c.sent_at.is_(None) & ~outbox.c.dead,
)
Index("ix_outbox_dead", outbox.c.id, postgresql_where=outbox.c.dead)

# Without a foreign key: that somebody sent it again is kept for as long as anything is.
delivery_resends = Table(
    "delivery_resends",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("delivery_id", BigInteger, nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("failed", Text),
)

delivery_settlements = Table(
    "delivery_settlements",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("delivery_id", BigInteger, nullable=False, index=True),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("username", Id, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    Column("unit", Text),
    Column("delegations", ARRAY(Text), nullable=False),
    Column("email", Text),
    Column("password", Text, nullable=False),
    Column("active", Boolean, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Id, primary_key=True),
    Column("account_id", Id, ForeignKey(accounts.c.id), nullable=False, index=True),
    Column("csrf", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
)

login_failures = Table(
    "login_failures",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("username", Text, nullable=False, index=True),
    Column("address", Text, nullable=False, index=True),
    Column("at", Moment, nullable=False),
)

access_log = Table(
    "access_log",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("account_id", Text, nullable=False, index=True),
    Column("action", Text, nullable=False),
    Column("case_ids", ARRAY(Text), nullable=False),
    Column("granted", Boolean, nullable=False),
    Column("relation", Text, nullable=False),
    Column("detail", Text, nullable=False),
)
Index("ix_access_log_case_ids", access_log.c.case_ids, postgresql_using="gin")

PROJECTIONS = (cases, clocks, units, alarms)
KEPT = (journal, access_log, delivery_resends, delivery_settlements)
