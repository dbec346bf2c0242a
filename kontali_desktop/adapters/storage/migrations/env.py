"""Alembic's entry: runs on the connection that the upgrade hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from kontali_desktop.adapters.storage import file_tables, learning_tables  # noqa: F401 - their tables are Base's too
from kontali_desktop.adapters.storage.tables import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, transactional_ddl=False)
context.run_migrations()
