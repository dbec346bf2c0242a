"""What the operating system refused, as a code that can be worded; its own words go to the log alone."""

from __future__ import annotations

import errno
import logging
from collections.abc import Mapping
from types import MappingProxyType

_log = logging.getLogger(__name__)
PREFIX = "os."
OTHER = "other"
DAMAGED = "damaged"  # a database that is none, or is no longer whole
_IN_USE = frozenset({32, 33})  # Windows: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "ENOSPC": "disk_full",
        "EDQUOT": "disk_full",
        "EFBIG": "disk_full",
        "EACCES": "no_access",
        "EPERM": "no_access",
        "ENOENT": "missing",
        "ENOTDIR": "missing",
        "EISDIR": "is_folder",
        "EROFS": "read_only",
        "ENAMETOOLONG": "name_too_long",
        "EBUSY": "in_use",
        "ETXTBSY": "in_use",
        "ENOLCK": "no_locks",
        "EOPNOTSUPP": "no_locks",
        "EINVAL": "not_a_file",
        "ENXIO": "not_a_file",
        "EIO": "disk_broken",
        "EMFILE": "too_many_open",
        "ENFILE": "too_many_open",
    }
)
CODES = frozenset({*_NAMES.values(), DAMAGED, OTHER})


def os_reason(error: OSError) -> str:
    """`os.disk_full` and its kin, to stand as `detail` of an error or a refused row."""
    _log.info("The system refused: %s", error)
    is_in_use = getattr(error, "winerror", None) in _IN_USE
    return PREFIX + ("in_use" if is_in_use else _NAMES.get(errno.errorcode.get(error.errno or 0, ""), OTHER))
