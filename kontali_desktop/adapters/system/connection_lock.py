"""One holder of a connection's tokens at a time, across processes: the port `ConnectionLock` on files."""

from __future__ import annotations

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from kontali_desktop.adapters.system.file_lock import try_lock
from kontali_desktop.services.errors import ConnectionBusy, StorageUnwritable
from kontali_desktop.services.os_errors import os_reason

_PAUSE = 0.05  # seconds between two tries


class FileConnectionLock:
    """`wait` is in seconds. The operating system lets go of a lock when its process dies; the empty files stay.

    A try never blocks, so it runs on the loop: in a thread, a cancelled wait could leave a lock that nobody holds.
    """

    def __init__(self, directory: Path, wait: float = 60.0) -> None:
        self._directory = directory
        self._wait = wait

    def hold(self, entry: str) -> AbstractAsyncContextManager[None]:
        return self._hold(entry)

    @asynccontextmanager
    async def _hold(self, entry: str) -> AsyncIterator[None]:
        descriptor = self._open(entry)
        try:
            deadline = time.monotonic() + self._wait
            while not self._is_mine(descriptor):
                if time.monotonic() >= deadline:
                    raise ConnectionBusy(connection=entry)
                await asyncio.sleep(_PAUSE)
            yield
        finally:
            os.close(descriptor)

    def _is_mine(self, descriptor: int) -> bool:
        try:
            return try_lock(descriptor)
        except OSError as error:  # a disk that knows no locks: waiting would change nothing
            raise StorageUnwritable(path=str(self._directory), detail=os_reason(error)) from error

    def _open(self, entry: str) -> int:
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        # An entry may hold characters that a file name may not.
        name = f"connection-{hashlib.sha256(entry.encode()).hexdigest()[:16]}.lock"
        return os.open(self._directory / name, os.O_RDWR | os.O_CREAT, 0o600)
