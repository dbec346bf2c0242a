"""Storing a first sync, beside a bare `executemany` of the same rows."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

from kontali_desktop.adapters.bank.berlin_group_bank import BerlinGroupBank
from kontali_desktop.adapters.bank.demo.demo_settings import demo_settings
from kontali_desktop.adapters.storage.unit_of_work import SqlStorage
from kontali_desktop.adapters.system.clock import SystemClock
from kontali_desktop.domain.bank import Balance, ReportedTransaction
from kontali_desktop.domain.clients import BankAccount
from kontali_desktop.domain.connections import Consent, Environment
from kontali_desktop.domain.ids import AccountId
from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.storage import Event, NewConnection, SyncRun
from kontali_desktop.services.store_listing import replace_pending, store_listing
from tests.benchmarks.fetching import LINES, page_server, read_all
from tests.benchmarks.figures import Figure, in_turn
from tests.benchmarks.material import LAST_DAY, company

_RUNS = 11
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL")


def measure() -> list[Figure]:
    lines = asyncio.run(_fetched())
    ours, bare = in_turn(_RUNS, lambda: _ours(lines), lambda: _bare(lines))
    return [Figure(f"storing {LINES:,} transactions", ours, bare, "bare executemany", most_times=8)]


async def _fetched() -> list[ReportedTransaction]:
    with page_server(LINES, 1_000) as base:
        bank = BerlinGroupBank(demo_settings(base), SystemClock())
        try:
            return await read_all(bank)
        finally:
            await bank.close()


def _ours(lines: list[ReportedTransaction]) -> float:
    """What a sync does with what it fetched: identity, rows, balances, the run and its event, in one unit of work."""
    clock = SystemClock()
    with _folder() as folder, SqlStorage(folder / "kontali.sqlite", clock.now()) as storage:
        with storage.writing() as work:
            client = work.clients.add(company().organisation_number, company().name, clock.now())
            new = NewConnection("demo", Environment.SANDBOX, "entry", Consent("1", LAST_DAY + timedelta(days=90)))
            connection = work.connections.add(new, clock.now())
            number = company().daily.number
            account = work.accounts.add(BankAccount(AccountId(0), client.id, number, connection_id=connection))
            work.commit()
        started = time.perf_counter()
        with storage.writing() as work:
            now = clock.now()
            stored = store_listing(work, account.id, lines, "feed", now)
            replace_pending(work, account.id, lines, "feed", now)
            work.accounts.save_balances(account.id, [Balance("closingBooked", 1, "NOK", LAST_DAY)], "feed")
            work.accounts.set_fetched_to(account.id, LAST_DAY)
            work.connections.note_attempt(connection, now, "")
            work.connections.add_run(SyncRun(connection, now, now, is_attended=True, fetched=LINES, added=stored.added))
            work.events.add(Event(now, PERSON, "sync.finished", {"added": str(stored.added)}, connection_id=connection))
            work.commit()
        seconds = time.perf_counter() - started
        assert stored.added == LINES
        return seconds


def _bare(lines: list[ReportedTransaction]) -> float:
    """The same values into a table without any index, by the driver alone; made ready before the clock starts."""
    now = SystemClock().now().isoformat()
    rows = [
        (
            1,
            line.status.value,
            line.booking_date.isoformat() if line.booking_date else None,
            line.value_date.isoformat() if line.value_date else None,
            line.amount,
            line.currency,
            1,
            line.counterparty,
            line.counterparty_account,
            line.kid,
            line.text,
            line.entry_reference,
            line.bank_transaction_id,
            line.end_to_end_id,
            line.bank_transaction_code,
            line.balance_after,
            "feed",
            line.raw,
            now,
        )
        for line in lines
    ]
    columns = ", ".join(f"c{place}" for place in range(len(rows[0])))
    marks = ", ".join("?" * len(rows[0]))
    with _folder() as folder, closing(sqlite3.connect(folder / "bare.sqlite")) as database:
        for pragma in _PRAGMAS:
            database.execute(f"PRAGMA {pragma}")
        database.execute(f"CREATE TABLE lines (id INTEGER PRIMARY KEY, {columns})")
        database.commit()
        started = time.perf_counter()
        database.executemany(f"INSERT INTO lines ({columns}) VALUES ({marks})", rows)  # noqa: S608 - names made above
        database.commit()
        return time.perf_counter() - started


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kontali-") as name:
        yield Path(name)
