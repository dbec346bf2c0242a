"""Bringing a database to this program's revision: a backup first, all or nothing, checked before it counts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DatabaseError

from kontali_desktop.adapters.storage.sqlite_reason import sqlite_reason
from kontali_desktop.services.errors import StorageDamaged, StorageTooNew

if TYPE_CHECKING:
    from datetime import datetime

    from alembic.config import Config
    from sqlalchemy import Connection, Engine

HEAD = "0005"
REVISIONS = ("0001", "0002", "0003", "0004")


def upgrade_database(engine: Engine, path: Path, now: datetime) -> None:
    """Upgrade to `HEAD` where needed; Alembic is only imported when it is.

    Raises StorageTooNew where a newer program wrote it, StorageDamaged where the file is not a sound database.
    """
    found = current_revision(path)
    if found == HEAD:
        return
    if found is not None and found not in REVISIONS:
        raise StorageTooNew(found=found, known=HEAD)
    if found is not None:
        back_up(path, path.parent / "backups" / f"before-{HEAD}-{now:%Y%m%dT%H%M%S}.sqlite")
    try:
        run_upgrade(engine, HEAD)
    except DatabaseError as error:
        raise StorageDamaged(path=str(path), detail=sqlite_reason(error.orig)) from error


def current_revision(path: Path) -> str | None:
    """The revision a database file is at, or None where it is new."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    except sqlite3.DatabaseError as error:
        raise StorageDamaged(path=str(path), detail=sqlite_reason(error)) from error
    return str(row[0]) if row else None


def back_up(path: Path, to: Path) -> None:
    """A whole and consistent copy, made by SQLite itself, mode 0600."""
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    to.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)


def run_upgrade(engine: Engine, revision: str, *, is_down: bool = False) -> None:
    """Run the revisions up or down to `revision` in one transaction, foreign keys off while tables are rebuilt."""
    from alembic import command  # noqa: PLC0415 - a third of a second, and needed once a version

    with engine.connect() as connection:
        dbapi = connection.connection.dbapi_connection
        assert dbapi is not None  # noqa: S101 - a connected engine has one
        dbapi.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                run = command.downgrade if is_down else command.upgrade
                run(_config(connection), revision)
                _refuse_broken_keys(connection)
        finally:
            dbapi.cursor().execute("PRAGMA foreign_keys=ON")


def _config(connection: Connection) -> Config:
    from alembic.config import Config  # noqa: PLC0415 - see run_upgrade

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _refuse_broken_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StorageDamaged(path="", detail=f"foreign key in {broken[0]}")
