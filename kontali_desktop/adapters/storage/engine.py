"""One engine a process, with SQLite's own traps closed: WAL, foreign keys, transactions that really begin."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event

from kontali_desktop.services.errors import StorageUnwritable
from kontali_desktop.services.os_errors import os_reason

if TYPE_CHECKING:
    from pathlib import Path

BUSY_SECONDS = 15


def create_database_engine(path: Path) -> Engine:
    """An engine over `path`, its file made with mode 0600 where it is new.

    The driver's own transactions are off, for it commits DDL behind one's back; each unit of work begins its own.
    """
    _make_private(path)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _make_private(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StorageUnwritable(path=str(path), detail=os_reason(error)) from error


def _on_connect(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own type
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy passes its own connection
    """Writers take the lock at once: a read that turns into a write would be refused whatever the time-out says."""
    is_reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def check_integrity(path: Path) -> str:
    """SQLite's quick check: "ok", or what is wrong."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            return str(connection.execute("PRAGMA quick_check").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)
