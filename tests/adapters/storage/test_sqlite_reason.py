"""What the database refuses is told in the codes of the operating system, each of which has words."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kontali_desktop.adapters.storage.sqlite_reason import sqlite_reason
from kontali_desktop.services.os_errors import CODES, PREFIX


def test_what_the_database_refuses_is_a_code(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_bytes(b"no database at all" * 100)
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database, pytest.raises(sqlite3.DatabaseError) as told:
        database.execute("SELECT * FROM sqlite_master")
    assert sqlite_reason(told.value) == "os.damaged"


@pytest.mark.parametrize(
    "name",
    [
        "SQLITE_FULL",
        "SQLITE_READONLY_DBMOVED",
        "SQLITE_CANTOPEN",
        "SQLITE_PERM",
        "SQLITE_BUSY",
        "SQLITE_LOCKED",
        "SQLITE_IOERR_READ",
        "SQLITE_CORRUPT",
        "SQLITE_NOTADB",
    ],
)
def test_every_refusal_that_is_known_is_a_code_with_words(name: str) -> None:
    error = sqlite3.OperationalError("strange")
    error.sqlite_errorname = name
    assert sqlite_reason(error).removeprefix(PREFIX) in CODES - {"other"}
