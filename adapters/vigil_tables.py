"""The tables of what the watchdog has found, of outages, and of the daily statements."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
)

from adapters.metadata import Id, Moment, metadata

statements = Table(
    "statements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False, unique=True),
    # Text and not jsonb: the hash and the signature are over these very characters.
    Column("text", Text, nullable=False),
    Column("hash", Id, nullable=False, unique=True),
    Column("signature", Text, nullable=False),
    Column("key", Text, nullable=False),
)

outages = Table(
    "outages",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("since", Moment, nullable=False, unique=True),
    Column("until", Moment, nullable=False),
    Column("found_by", Text, nullable=False),
)

outage_deadlines = Table(
    "outage_deadlines",
    metadata,
    Column("outage_id", BigInteger, ForeignKey(outages.c.id), primary_key=True),
    Column("case_id", Id, primary_key=True),
    Column("key", Id, primary_key=True),
    Column("number", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
)

findings = Table(
    "findings",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Id, nullable=False),
    Column("place", Id, nullable=False),
    Column("since", Moment, nullable=False),
    Column("count", Integer, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("told", Integer, nullable=False),
    Column("told_at", Moment, nullable=False),
    Column("cleared_at", Moment),
)
# What is found is one finding until it is over.
Index(
    "uq_findings_kind_place",
    findings.c.kind,
    findings.c.place,
    unique=True,
    postgresql_where=findings.c.cleared_at.is_(None),
)

KEPT = (statements, outages, outage_deadlines)
