"""Alembic's way in: migrates on the connection that `adapters.schema.migrate` hands over."""

from alembic import context

from adapters.every_table import every_table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=every_table(),
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
