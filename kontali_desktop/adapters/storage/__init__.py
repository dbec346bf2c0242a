"""The local database: SQLAlchemy models, migrations and the unit of work."""
