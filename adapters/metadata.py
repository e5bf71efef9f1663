"""What all tables share: the names of their constraints, ids and moments."""

from sqlalchemy import DateTime, MetaData, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# Sorted by code point, as Python sorts, on every machine.
Id = Text(collation="C")
Moment = DateTime(timezone=True)
