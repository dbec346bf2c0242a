"""Services over a real database file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from kontali_desktop.adapters.files.finder import FolderFinder
from kontali_desktop.adapters.files.reader import FormatReader
from kontali_desktop.adapters.storage.unit_of_work import SqlStorage
from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.bank import ReportedTransaction
from kontali_desktop.domain.clients import BankAccount, Client, ClientSettings
from kontali_desktop.domain.documents import ReportedDocument
from kontali_desktop.domain.ids import AccountId
from kontali_desktop.matching.engine import propose
from kontali_desktop.services.accounts import Accounts
from kontali_desktop.services.autonomy import ReadAutonomy, Verdict
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.import_files import ImportFiles
from kontali_desktop.services.import_history import ImportHistory
from kontali_desktop.services.propose_matches import ProposeMatches
from kontali_desktop.services.queue import ReviewQueue
from kontali_desktop.services.review import Review
from kontali_desktop.services.review_models import QueueItem
from kontali_desktop.services.store_listing import store_listing
from tests.demo_bank.running import RunningBank, running
from tests.services.bank_office import BankOffice
from tests.support import SettableClock, account_number, orgnr


@dataclass
class Office:
    """A bookkeeper's program without a face."""

    storage: SqlStorage
    clock: SettableClock

    def __post_init__(self) -> None:
        self.clients = Clients(self.storage, self.clock)
        self.queue = ReviewQueue(self.storage)
        self.review = Review(self.storage, self.clock)
        self.accounts = Accounts(self.storage, self.clock)
        self.propose = ProposeMatches(self.storage, propose, self.clock)
        self.imports = ImportHistory(self.storage, self.clock)
        self.importing = ImportFiles(self.storage, FormatReader(), FolderFinder(), self.clock)

    def client(self, number: int = 1, mode: Mode = Mode.OFF) -> Client:
        """Nothing is accepted by itself unless a test asks for it, so that there is something to review."""
        client, is_new = self.clients.add(f"Klient {number} AS", orgnr(number))
        if is_new:
            with self.storage.writing() as work:  # as if it had been so from the start: no event tells of it
                work.clients.save_settings(client.id, ClientSettings(mode=mode))
                work.commit()
        return client

    def account(self, client: Client, number: int = 1, ledger: str = "1920") -> BankAccount:
        with self.storage.writing() as work:
            account = BankAccount(AccountId(0), client.id, account_number(number), ledger_account=ledger)
            added = work.accounts.add(account)
            work.commit()
            return added

    def receive(self, account: BankAccount, *lines: ReportedTransaction, source: str = "feed") -> None:
        with self.storage.writing() as work:
            store_listing(work, account.id, lines, source, self.clock.now())
            work.commit()

    def hold(self, client: Client, *documents: ReportedDocument) -> None:
        with self.storage.writing() as work:
            work.documents.add(client.id, documents, "ehf", self.clock.now())
            work.commit()

    def everything(self) -> list[QueueItem]:
        return list(self.queue.load(None, None).items)

    def item(self, text: str) -> QueueItem:
        return next(i for i in self.everything() if i.transaction.reported.text == text)

    def verdict(self, item: QueueItem) -> Verdict:
        """Of its first proposal, as the window asks."""
        with self.storage.reading() as work:
            account = next(a for a in work.accounts.load_all() if a.id == item.transaction.account_id)
            ranked = work.matches.proposals_of(item.id)
        return ReadAutonomy(self.storage).load(account.client_id).verdict(item.transaction, ranked[0])

    def open_amount(self, number: str) -> int:
        with self.storage.reading() as work:
            return next(d.open_amount for d in work.documents.load_of_client(None) if d.reported.number == number)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = SettableClock()
    with SqlStorage(tmp_path / "kontali.sqlite", clock.now()) as storage:
        yield Office(storage, clock)


@pytest.fixture(scope="session")
def running_bank() -> Iterator[RunningBank]:
    with running() as bank:
        yield bank


@pytest_asyncio.fixture
async def bank_office(running_bank: RunningBank, tmp_path: Path) -> AsyncIterator[BankOffice]:
    """With the demo bank, where nobody is signed in and nothing goes wrong."""
    running_bank.control("POST", "reset")
    running_bank.control("POST", "manners", {"page_size": 50, "id_salt": ""})
    with SqlStorage(tmp_path / "kontali.sqlite", datetime.now(UTC)) as storage:
        office = BankOffice(running_bank, storage, tmp_path)
        yield office
        await office.banks.close()
