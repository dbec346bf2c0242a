"""One transaction of the database, rolled back unless committed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.orm import Session

from kontali_desktop.adapters.storage.batches import SqlAttachmentStore, SqlBatchStore, SqlLedgerStore
from kontali_desktop.adapters.storage.clients import SqlAccountStore, SqlClientStore
from kontali_desktop.adapters.storage.connections import SqlConnectionStore
from kontali_desktop.adapters.storage.documents import SqlDocumentStore
from kontali_desktop.adapters.storage.engine import create_database_engine
from kontali_desktop.adapters.storage.events import SqlEventStore
from kontali_desktop.adapters.storage.imports import SqlImportStore
from kontali_desktop.adapters.storage.kept_rows import Kept
from kontali_desktop.adapters.storage.learning import SqlLearningStore
from kontali_desktop.adapters.storage.matches import SqlMatchStore
from kontali_desktop.adapters.storage.rules import SqlRuleStore
from kontali_desktop.adapters.storage.sqlite_reason import sqlite_reason
from kontali_desktop.adapters.storage.transactions import SqlTransactionStore
from kontali_desktop.adapters.storage.upgrade import upgrade_database
from kontali_desktop.adapters.storage.vouchers import SqlVoucherStore
from kontali_desktop.services.errors import StorageDamaged, StorageUnwritable


class SqlUnitOfWork:
    """UnitOfWork over one session."""

    def __init__(self, session: Session, kept: Kept) -> None:
        self._session = session
        self.clients = SqlClientStore(session)
        self.accounts = SqlAccountStore(session)
        self.connections = SqlConnectionStore(session)
        self.transactions = SqlTransactionStore(session, kept.transactions)
        self.documents = SqlDocumentStore(session, kept.documents)
        self.matches = SqlMatchStore(session, kept.proposals)
        self.events = SqlEventStore(session)
        self.imports = SqlImportStore(session)
        self.batches = SqlBatchStore(session)
        self.ledger = SqlLedgerStore(session)
        self.attachments = SqlAttachmentStore(session)
        self.vouchers = SqlVoucherStore(session)
        self.learning = SqlLearningStore(session)
        self.rules = SqlRuleStore(session)

    def commit(self) -> None:
        self._session.commit()


class SqlStorage:
    """The database file, brought to the program's revision before its first unit of work.

    Making one is cheap; `prepare` and each unit of work may raise StorageTooNew, StorageDamaged, StorageUnwritable.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        self.path = path
        self._now = now
        self._preparing = threading.Lock()
        self._engine: Engine | None = None
        self._kept = Kept()

    def prepare(self) -> Engine:
        """Open and upgrade, once."""
        with self._preparing:
            if self._engine is None:
                engine = create_database_engine(self.path)
                try:
                    upgrade_database(engine, self.path, self._now)
                except BaseException:
                    engine.dispose()
                    raise
                self._engine = engine
            return self._engine

    @contextmanager
    def writing(self) -> Iterator[SqlUnitOfWork]:
        """Holds the write lock from the start; nothing is kept unless `commit` is called."""
        with self._translated(), Session(self.prepare(), expire_on_commit=False) as session:
            yield SqlUnitOfWork(session, self._kept)

    @contextmanager
    def reading(self) -> Iterator[SqlUnitOfWork]:
        with self._translated(), Session(self.prepare().execution_options(reading=True)) as session:
            yield SqlUnitOfWork(session, self._kept)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """What the disk or the file refuses is said as a fact; a broken constraint is a bug and stays one."""
        try:
            yield
        except OperationalError as error:
            raise StorageUnwritable(path=str(self.path), detail=sqlite_reason(error.orig)) from error
        except DatabaseError as error:
            if type(error) is not DatabaseError:
                raise
            raise StorageDamaged(path=str(self.path), detail=sqlite_reason(error.orig)) from error

    def close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
