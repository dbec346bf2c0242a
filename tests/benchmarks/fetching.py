"""Fetching a first sync, beside a bare httpx loop over the same pages."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from kontali_desktop.adapters.bank.berlin_group_bank import BerlinGroupBank
from kontali_desktop.adapters.bank.demo.demo_settings import demo_settings
from kontali_desktop.adapters.system.clock import SystemClock
from kontali_desktop.domain.bank import ReportedAccount, ReportedTransaction
from kontali_desktop.domain.connections import Consent, Grant
from tests.benchmarks.figures import Figure, in_turn
from tests.benchmarks.material import LAST_DAY
from tests.benchmarks.page_server import PATH

LINES = 10_000
_RUNS = 11
_NEAR = 0.005
_ACCOUNT = ReportedAccount("1", "15034000009")


def measure() -> list[Figure]:
    """At once, where only the work counts, and from a bank that is as near as any in the next room."""
    return [_figure(100, 0), _figure(1_000, 0), _figure(100, _NEAR)]


def _figure(page_size: int, delay: float) -> Figure:
    with page_server(LINES, page_size, delay) as base:
        ours, bare = in_turn(_RUNS, lambda: asyncio.run(_ours(base)), lambda: asyncio.run(_bare(base)))
    what = f"fetching {LINES:,} transactions, {page_size:,} a page, each after {delay * 1000:.0f} ms"
    return Figure(what, ours, bare, "bare httpx loop", most_times=1.5)


@contextmanager
def page_server(lines: int, page_size: int, delay: float = 0) -> Iterator[str]:
    """`delay` is the seconds that each page takes to come."""
    command = [sys.executable, "-m", "tests.benchmarks.page_server", str(lines), str(page_size), str(delay)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        server.stdin.close()


async def _ours(base: str) -> float:
    bank = BerlinGroupBank(demo_settings(base), SystemClock())
    started = time.perf_counter()
    found = await read_all(bank)
    seconds = time.perf_counter() - started
    await bank.close()
    assert len(found) == LINES
    return seconds


async def read_all(bank: BerlinGroupBank) -> list[ReportedTransaction]:
    reader = bank.reader(Grant(Consent("1", None)), attended=False)
    found: list[ReportedTransaction] = []
    async for page in reader.fetch_transactions(_ACCOUNT, LAST_DAY.replace(year=LAST_DAY.year - 1), LAST_DAY):
        found += page.transactions
    return found


async def _bare(base: str) -> float:
    """Page after page, each decoded, for the next address stands inside."""
    rows = 0
    url = f"{base}{PATH}?bookingStatus=both"
    async with httpx.AsyncClient(trust_env=False) as client:
        started = time.perf_counter()
        while url:
            listing = (await client.get(url)).raise_for_status().json()["transactions"]
            rows += len(listing["booked"])
            following = listing["_links"].get("next")
            url = f"{base}{following['href']}" if following else ""
        seconds = time.perf_counter() - started
    assert rows == LINES
    return seconds
