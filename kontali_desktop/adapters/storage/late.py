"""The database behind a door that costs nothing until it is opened."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kontali_desktop.adapters.storage.unit_of_work import SqlStorage, SqlUnitOfWork


class LateStorage:
    """`SqlStorage`, with SQLAlchemy imported at the first unit of work: the window paints without waiting for it."""

    def __init__(self, path: Path, now: datetime) -> None:
        self.path = path
        self._now = now
        self._loading = threading.Lock()
        self._storage: SqlStorage | None = None

    def prepare(self) -> None:
        """Open and upgrade, once. Raises what `SqlStorage.prepare` raises."""
        self._loaded().prepare()

    def writing(self) -> AbstractContextManager[SqlUnitOfWork]:
        return self._loaded().writing()

    def reading(self) -> AbstractContextManager[SqlUnitOfWork]:
        return self._loaded().reading()

    def close(self) -> None:
        if self._storage is not None:
            self._storage.close()

    def _loaded(self) -> SqlStorage:
        with self._loading:
            if self._storage is None:
                from kontali_desktop.adapters.storage.unit_of_work import SqlStorage  # noqa: PLC0415 - see above

                self._storage = SqlStorage(self.path, self._now)
            return self._storage
