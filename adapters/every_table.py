"""Every table of the program together, and which of them are only added to, or only read."""

from sqlalchemy import MetaData

from adapters import meeting_tables, node_tables, rule_tables, tables, vigil_tables
from adapters.metadata import metadata

APPEND_ONLY = (*tables.KEPT, *meeting_tables.KEPT, *rule_tables.KEPT, *vigil_tables.KEPT)
GIVEN = node_tables.GIVEN


def every_table() -> MetaData:
    """All tables; those of a module are known once it has been imported, as here."""
    return metadata
