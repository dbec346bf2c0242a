"""A lock on an open file that the operating system lets go of when its process dies."""

from __future__ import annotations

import errno
import sys

if sys.platform == "win32":
    import msvcrt

    _TAKEN = frozenset({errno.EACCES, errno.EDEADLOCK})  # how Microsoft's `_locking` says that another holds it

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    _TAKEN = frozenset({errno.EWOULDBLOCK, errno.EAGAIN})  # flock(2)

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def try_lock(descriptor: int) -> bool:
    """Whether the file is this process's now; never waits. Raises OSError where it cannot be locked by anybody."""
    try:
        _lock(descriptor)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise
    return True
