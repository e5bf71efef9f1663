"""The tables of who is away, as SQLAlchemy sees them; meetings stand in those of the cases."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, Text

from adapters.metadata import Id, Moment, metadata

absences = Table(
    "absences",
    metadata,
    Column("id", Id, primary_key=True),
    Column("account", Id, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False, index=True),
    Column("deputy", Text),
    Column("set_by", Text, nullable=False),
    Column("set_at", Moment, nullable=False),
    CheckConstraint("starts_at < ends_at", name="has_a_length"),
    CheckConstraint("deputy <> account", name="somebody_else"),
)

absence_ends = Table(
    "absence_ends",
    metadata,
    Column("absence_id", Id, ForeignKey(absences.c.id), primary_key=True),
    Column("back_at", Moment, nullable=False),
    Column("ended_by", Text, nullable=False),
)

KEPT = (absences, absence_ends)
