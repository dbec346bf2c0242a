"""What SQLite refused, as one of the codes that the operating system's refusals have."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from types import MappingProxyType

from kontali_desktop.services.os_errors import DAMAGED, OTHER, PREFIX

_log = logging.getLogger(__name__)
_SQLITE_CODES: Mapping[str, str] = MappingProxyType(
    {
        "FULL": "disk_full",
        "READONLY": "read_only",
        "CANTOPEN": "no_access",
        "PERM": "no_access",
        "BUSY": "in_use",
        "LOCKED": "in_use",
        "IOERR": "disk_broken",
        "CORRUPT": DAMAGED,
        "NOTADB": DAMAGED,
    }
)


def sqlite_reason(error: object) -> str:
    """`os.disk_full` and its kin, by SQLite's result code (`SQLITE_READONLY_DBMOVED` is one of `SQLITE_READONLY`)."""
    _log.info("The database refused: %s", error)
    name = getattr(error, "sqlite_errorname", "") or ""
    return PREFIX + _SQLITE_CODES.get(name.removeprefix("SQLITE_").partition("_")[0], OTHER)
