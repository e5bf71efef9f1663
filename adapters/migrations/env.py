"""Alembic's way in: migrates on the connection that `adapters.schema.migrate` hands over."""

from alembic import context

from adapters.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
