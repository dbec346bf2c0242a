"""One window a data directory: what a second start asks first."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from kontali_desktop.adapters.system.file_lock import try_lock
from kontali_desktop.services.errors import StorageUnwritable
from kontali_desktop.services.os_errors import os_reason

if TYPE_CHECKING:
    from kontali_desktop.adapters.system.paths import DataPaths


class InstanceLock:
    """Held from before the window is made until everything is closed; a process that dies lets go of it."""

    def __init__(self, paths: DataPaths) -> None:
        self._root = paths.root
        self._path = paths.locks / "window.lock"
        self._descriptor: int | None = None

    @cached_property
    def name(self) -> str:
        """The same for every name of the directory; a second start finds the first by it."""
        import hashlib  # noqa: PLC0415 - the window is painted before it is needed

        return f"kontali-desktop-{hashlib.sha256(os.fsencode(self._root.resolve())).hexdigest()[:16]}"

    def take(self) -> bool:
        """False where another window has it. A directory that takes no file is the database's to complain of.

        Raises StorageUnwritable where the directory's disk knows no locks: two windows would write at once.
        """
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return True
        try:
            is_mine = try_lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise StorageUnwritable(path=str(self._root), detail=os_reason(error)) from error
        if not is_mine:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
