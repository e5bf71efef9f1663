"""Every table of the program together, and which of them are only added to."""

from sqlalchemy import MetaData

from adapters import rule_tables, tables
from adapters.metadata import metadata

APPEND_ONLY = (*tables.KEPT, *rule_tables.KEPT)


def every_table() -> MetaData:
    """All tables; those of a module are known once it has been imported, as here."""
    return metadata
