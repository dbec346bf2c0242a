"""A bookkeeper's program with a bank: real demo bank, real database, real locks; the keychain alone is in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from kontali_desktop.adapters.bank.registry import BankRegistry
from kontali_desktop.adapters.storage.unit_of_work import SqlStorage
from kontali_desktop.adapters.system.connection_lock import FileConnectionLock
from kontali_desktop.domain.connections import BankConnection
from kontali_desktop.domain.ids import ConnectionId
from kontali_desktop.matching.engine import propose
from kontali_desktop.services.access import FreshAccess
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.connect import AccountChoice, ConnectBank, DisconnectBank, SignedIn
from kontali_desktop.services.propose_matches import ProposeMatches
from kontali_desktop.services.queue import ReviewQueue
from kontali_desktop.services.review_models import QueueItem
from kontali_desktop.services.storage import SyncRun
from kontali_desktop.services.synchronise import Synchronise, SyncReport
from tests.demo_bank.running import RunningBank
from tests.fakes.keychain import InMemoryKeychain
from tests.fakes.user_agent import ScriptedUserAgent
from tests.support import SettableClock

NOWHERE = "http://127.0.0.1:1"  # a port that nobody listens at


@dataclass
class BankOffice:
    """The services that speak with a bank, over one data directory."""

    bank: RunningBank
    storage: SqlStorage
    folder: Path
    clock: SettableClock = field(default_factory=lambda: SettableClock(datetime.now(UTC)))
    keychain: InMemoryKeychain = field(default_factory=InMemoryKeychain)

    is_online: bool = True

    def __post_init__(self) -> None:
        self.banks = BankRegistry(self.clock, self._address, self._nothing)
        self.lock = FileConnectionLock(self.folder / "locks", wait=10)
        self.access = FreshAccess(self.keychain, self.lock, self.clock)
        self.propose = ProposeMatches(self.storage, propose, self.clock)
        self.synchronise = Synchronise(self.storage, self.banks, self.access, self.propose, self.clock)
        self.connecting = ConnectBank(self.storage, self.banks, self.keychain, self.lock, self.clock)
        self.disconnecting = DisconnectBank(self.storage, self.banks, self.keychain, self.lock, self.clock)
        company = self.bank.said["company"]
        self.client = Clients(self.storage, self.clock).add(company["name"], company["orgnr"])[0]

    async def _address(self) -> str:
        return self.bank.base if self.is_online else NOWHERE

    async def _nothing(self) -> dict[str, str]:
        return {}

    async def sign_in(self, accounts: Sequence[str] | None = None) -> SignedIn:
        return await self.connecting.sign_in("demo", ScriptedUserAgent(self.bank, accounts=accounts))

    async def connect(self, *, most: int | None = None, renews: ConnectionId | None = None) -> ConnectionId:
        """Sign in and keep the first `most` accounts, or all."""
        signed_in = await self.sign_in()
        choices = [AccountChoice(o.reported, self.client.id) for o in signed_in.accounts[:most]]
        return await self.connecting.keep(signed_in, choices, renews=renews)

    async def sync(self, connection_id: ConnectionId, *, attended: bool = True) -> SyncReport:
        return await self.synchronise.run(connection_id, is_attended=attended)

    @contextmanager
    def another(self, folder: Path) -> Iterator[BankOffice]:
        """The same company and bank in another, empty program."""
        with SqlStorage(folder / "kontali.sqlite", self.clock.now()) as storage:
            yield BankOffice(self.bank, storage, folder, self.clock)

    def calls(self) -> list[str]:
        """The paths the bank was asked for since its calls were last cleared."""
        return [call["path"] for call in self.bank.control("GET", "calls")]

    async def until_asked(self, path: str) -> None:
        """Until the bank has the question, whether or not it has answered."""
        async with asyncio.timeout(10):
            while path not in self.calls():  # noqa: ASYNC110 - another process knows, and only tells when asked
                await asyncio.sleep(0.01)

    def connection(self, connection_id: ConnectionId) -> BankConnection:
        with self.storage.reading() as work:
            found = work.connections.find(connection_id)
        assert found is not None
        return found

    def runs(self, connection_id: ConnectionId) -> tuple[SyncRun, ...]:
        with self.storage.reading() as work:
            return work.connections.load_runs(connection_id, 100)

    def entry(self, connection_id: ConnectionId) -> str:
        with self.storage.reading() as work:
            return work.connections.keychain_entry(connection_id)

    def lines(self) -> tuple[QueueItem, ...]:
        return ReviewQueue(self.storage).load(None, None).items
