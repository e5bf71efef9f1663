"""The tables about the processes of the program, as SQLAlchemy sees them."""

from sqlalchemy import Boolean, CheckConstraint, Column, Table, Text

from adapters.metadata import Id, Moment, metadata

nodes = Table(
    "nodes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("program", Text, nullable=False),
    Column("schema", Id, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("left_at", Moment),
)

schema_floor = Table(
    "schema_floor",
    metadata,
    Column("one", Boolean, primary_key=True, autoincrement=False),
    Column("oldest", Id, nullable=False),
    CheckConstraint("one", name="a_single_row"),
)

# Written by migrations alone.
GIVEN = (schema_floor,)
