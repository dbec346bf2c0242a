"""Fetching what a connection's banks have to tell, and storing it as one unit of work."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kontali_desktop.domain.bank import Balance, ReportedAccount, ReportedTransaction
from kontali_desktop.domain.clients import BankAccount
from kontali_desktop.domain.connections import BankConnection, ConnectionState, Grant
from kontali_desktop.domain.errors import KontaliError, UnknownConnection
from kontali_desktop.domain.ids import ClientId, ConnectionId
from kontali_desktop.services.access import FreshAccess
from kontali_desktop.services.actors import PERSON, PROGRAM
from kontali_desktop.services.errors import (
    AccessTokenRefused,
    ConnectionBusy,
    ConsentExpired,
    RateLimited,
    ServiceUnreachable,
    SignInRequired,
    SyncCancelled,
)
from kontali_desktop.services.finishing import to_the_end
from kontali_desktop.services.payment_batches import attach_batches
from kontali_desktop.services.ports import Bank, BankReader, Banks, Clock
from kontali_desktop.services.propose_matches import MatchReport, ProposeMatches
from kontali_desktop.services.storage import Event, Storage, SyncRun, UnitOfWork
from kontali_desktop.services.store_listing import Stored, replace_pending, store_listing

FIRST_DAYS = 90
OVERLAP_DAYS = 10
UNATTENDED_CALLS_A_DAY = 4  # Berlin Group NextGenPSD2, "frequencyPerDay" by RTS article 36(5)(b)
FEED = "feed"


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """How far a fetch is: accounts done of all, and lines so far."""

    accounts_done: int
    accounts: int
    transactions: int


@dataclass(frozen=True, slots=True)
class AccountReport:
    """What one account's fetch brought. Balance proof comes with a later issue: `balance_proved_to` is None."""

    account: str
    since: date
    until: date
    stored: Stored
    balance_proved_to: date | None = None
    first_gap: date | None = None


@dataclass(frozen=True, slots=True)
class SyncReport:
    """One connection's fetch; `error` where it failed, and then nothing of it was stored."""

    connection: ConnectionId
    accounts: tuple[AccountReport, ...]
    match: MatchReport
    error: KontaliError | None = None
    clients: tuple[ClientId, ...] = ()

    @property
    def total(self) -> Stored:
        return sum((a.stored for a in self.accounts), Stored())


@dataclass(frozen=True, slots=True)
class _Fetched:
    account: BankAccount
    since: date
    until: date
    balances: tuple[Balance, ...]
    transactions: tuple[ReportedTransaction, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    connection: BankConnection
    entry: str
    accounts: tuple[tuple[BankAccount, str], ...]
    is_attended: bool
    started_at: datetime


OnProgress = Callable[[SyncProgress], None]


def _quiet(_progress: SyncProgress) -> None:
    return None


class Synchronise:
    """Fetches, stores and matches. A failure stores nothing but the fact that it failed."""

    def __init__(
        self, storage: Storage, banks: Banks, access: FreshAccess, propose: ProposeMatches, clock: Clock
    ) -> None:
        self._storage = storage
        self._banks = banks
        self._access = access
        self._propose = propose
        self._clock = clock
        self._running: set[ConnectionId] = set()

    async def run(
        self, connection_id: ConnectionId, *, is_attended: bool, on_progress: OnProgress = _quiet
    ) -> SyncReport:
        """Fetch one connection's accounts. `is_attended` only where a person asked for it just now.

        An expected failure is in the report. Raises UnknownConnection, ConnectionBusy (this very fetch runs already);
        cancelled while it fetches, it stores nothing and says so; what is being stored is let finish.
        """
        if connection_id in self._running:
            raise ConnectionBusy(connection=connection_id)
        self._running.add(connection_id)
        try:
            return await self._run(connection_id, on_progress, is_attended=is_attended)
        finally:
            self._running.discard(connection_id)

    async def _run(self, connection_id: ConnectionId, on_progress: OnProgress, *, is_attended: bool) -> SyncReport:
        job = await asyncio.to_thread(self._job, connection_id, is_attended=is_attended)
        try:
            fetched = await self._fetch_all(job, on_progress)
        except asyncio.CancelledError:
            with contextlib.suppress(KontaliError):
                await to_the_end(asyncio.to_thread(self._note_failure, job, SyncCancelled()))
            raise
        except KontaliError as error:
            return await self._failed(job, error)
        try:
            reports = await to_the_end(asyncio.to_thread(self._store, job, fetched))
        except KontaliError as error:
            return await self._failed(job, error)
        clients = tuple(sorted({account.client_id for account, _ in job.accounts}))
        match = MatchReport()
        for client_id in clients:
            match += await asyncio.to_thread(self._propose.run, client_id)
        return SyncReport(connection_id, reports, match, clients=clients)

    async def _failed(self, job: _Job, error: KontaliError) -> SyncReport:
        await asyncio.to_thread(self._note_failure, job, error)
        return SyncReport(job.connection.id, (), MatchReport(), error)

    def _job(self, connection_id: ConnectionId, *, is_attended: bool) -> _Job:
        with self._storage.reading() as work:
            connection = work.connections.find(connection_id)
            if connection is None or connection.state is ConnectionState.DISCONNECTED:
                raise UnknownConnection(id=connection_id)
            accounts = work.accounts.load_of_connection(connection_id)
            handles = tuple((account, work.accounts.resource_id(account.id)) for account in accounts)
            entry = work.connections.keychain_entry(connection_id)
        return _Job(connection, entry, handles, is_attended, self._clock.now())

    async def _fetch_all(self, job: _Job, on_progress: OnProgress) -> list[_Fetched]:
        bank = await self._banks.bank(job.connection.bank)
        grant = await self._access.grant(job.entry, bank)
        self._refuse_expired(job.connection, grant, bank)
        try:
            return await self._fetch_with(job, bank.reader(grant, attended=job.is_attended), on_progress)
        except AccessTokenRefused:
            renewed = await self._access.grant(job.entry, bank, grant)
            return await self._fetch_with(job, bank.reader(renewed, attended=job.is_attended), on_progress)

    async def _fetch_with(self, job: _Job, reader: BankReader, on_progress: OnProgress) -> list[_Fetched]:
        fetched: list[_Fetched] = []
        for done, (account, resource_id) in enumerate(job.accounts):
            lines_before = sum(len(f.transactions) for f in fetched)

            def on_lines(count: int, done: int = done, before: int = lines_before) -> None:
                on_progress(SyncProgress(done, len(job.accounts), before + count))

            fetched.append(await self._fetch(job, reader, account, resource_id, on_lines))
        on_progress(SyncProgress(len(fetched), len(fetched), sum(len(f.transactions) for f in fetched)))
        return fetched

    def _refuse_expired(self, connection: BankConnection, grant: Grant, bank: Bank) -> None:
        until = grant.consent.valid_until
        if until is not None and until < self._clock.now().date():
            raise ConsentExpired(service=bank.id, consent=connection.consent.id)

    async def _fetch(
        self,
        job: _Job,
        reader: BankReader,
        account: BankAccount,
        resource_id: str,
        on_lines: Callable[[int], None],
    ) -> _Fetched:
        handle = ReportedAccount(resource_id, account.number, account.currency)
        async with self._counted(job, account, "balances"):
            balances = await reader.fetch_balances(handle)
        since, until = self._period(account)
        lines: list[ReportedTransaction] = []
        async with self._counted(job, account, "transactions"):
            async for page in reader.fetch_transactions(handle, since, until):
                lines += page.transactions
                balances += page.balances
                on_lines(len(lines))
        return _Fetched(account, since, until, balances, tuple(lines))

    def _period(self, account: BankAccount) -> tuple[date, date]:
        """The first time ninety days, then from some days before what was fetched last: banks book late."""
        until = self._clock.today()
        earliest = until - timedelta(days=FIRST_DAYS)
        if account.fetched_to is None:
            return earliest, until
        fetched_to = min(account.fetched_to, until)  # a clock that ran ahead must not close the account for good
        return max(earliest, fetched_to - timedelta(days=OVERLAP_DAYS)), until

    @asynccontextmanager
    async def _counted(self, job: _Job, account: BankAccount, endpoint: str) -> AsyncIterator[None]:
        """Unattended reads are limited: the one too many is not made, and one that never arrived does not count.

        Following pages count once.
        """
        if job.is_attended:
            yield
            return
        at = self._clock.now()
        await asyncio.to_thread(self._count, job, account, endpoint, at)
        try:
            yield
        except ServiceUnreachable:
            await asyncio.to_thread(self._take_back, job, account, endpoint, at)
            raise

    def _count(self, job: _Job, account: BankAccount, endpoint: str, at: datetime) -> None:
        consent = job.connection.consent.id
        with self._storage.writing() as work:
            made = work.connections.count_calls(consent, account.number, endpoint, at - timedelta(days=1))
            if made >= UNATTENDED_CALLS_A_DAY:
                raise RateLimited(service=job.connection.bank, status=429, retry_after=0)
            work.connections.add_call(job.connection.id, consent, account.number, endpoint, at)
            work.commit()

    def _take_back(self, job: _Job, account: BankAccount, endpoint: str, at: datetime) -> None:
        with self._storage.writing() as work:
            work.connections.remove_call(job.connection.consent.id, account.number, endpoint, at)
            work.commit()

    def _store(self, job: _Job, fetched: list[_Fetched]) -> tuple[AccountReport, ...]:
        with self._storage.writing() as work:
            now = self._clock.now()
            reports = tuple(_store_account(work, f, now) for f in fetched)
            for client_id in sorted({f.account.client_id for f in fetched}):
                attach_batches(work, client_id)
            total = sum((r.stored for r in reports), Stored())
            work.connections.note_attempt(job.connection.id, now, "")
            _set_state(work, job, ConnectionState.ACTIVE)
            work.connections.add_run(
                SyncRun(
                    job.connection.id,
                    job.started_at,
                    now,
                    job.is_attended,
                    total.fetched,
                    total.added,
                    total.updated,
                    total.unchanged,
                )
            )
            facts = {
                "bank": job.connection.bank,
                "accounts": str(len(reports)),
                "fetched": str(total.fetched),
                "added": str(total.added),
                "updated": str(total.updated),
            }
            self._log(work, job, "sync.finished", facts)
            work.commit()
        return reports

    def _note_failure(self, job: _Job, error: KontaliError) -> None:
        with self._storage.writing() as work:
            now = self._clock.now()
            run = SyncRun(job.connection.id, job.started_at, now, job.is_attended, error_code=error.code)
            work.connections.add_run(replace(run, error_facts=error.parameters))
            work.connections.note_attempt(job.connection.id, now, error.code)
            if isinstance(error, ConsentExpired):
                _set_state(work, job, ConnectionState.EXPIRED)
            elif isinstance(error, SignInRequired):
                _set_state(work, job, ConnectionState.SIGN_IN_REQUIRED)
            self._log(work, job, "sync.failed", {"bank": job.connection.bank, "error": error.code})
            work.commit()

    def _log(self, work: UnitOfWork, job: _Job, code: str, facts: dict[str, str]) -> None:
        actor = PERSON if job.is_attended else PROGRAM
        work.events.add(Event(self._clock.now(), actor, code, facts, connection_id=job.connection.id))


def _set_state(work: UnitOfWork, job: _Job, state: ConnectionState) -> None:
    """A connection that was disconnected or renewed while this fetch ran stands as that left it."""
    connection = work.connections.find(job.connection.id)
    is_open = connection is not None and connection.state is not ConnectionState.DISCONNECTED
    if is_open and work.connections.keychain_entry(job.connection.id) == job.entry:
        work.connections.set_state(job.connection.id, state)


def _store_account(work: UnitOfWork, fetched: _Fetched, now: datetime) -> AccountReport:
    account = fetched.account
    stored = store_listing(work, account.id, fetched.transactions, FEED, now)
    replace_pending(work, account.id, fetched.transactions, FEED, now)
    work.accounts.save_balances(account.id, fetched.balances, FEED)
    work.accounts.set_fetched_to(account.id, fetched.until)
    return AccountReport(account.number, fetched.since, fetched.until, stored)
