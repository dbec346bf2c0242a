from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from kontali_desktop.adapters.bank.berlin_group_bank import BerlinGroupBank
from kontali_desktop.adapters.bank.demo.demo_settings import demo_settings
from tests.adapters.bank.settable_clock import SettableClock
from tests.adapters.scripted_server import ScriptedServer, scripted_server
from tests.demo_bank.running import RunningBank, running

STANDARD = {"dialect": "standard", "page_size": 50, "token_length": 43, "id_salt": ""}


@pytest.fixture(scope="module")
def shared_demo_bank() -> Iterator[RunningBank]:
    with running() as bank:
        yield bank


@pytest.fixture
def demo_bank(shared_demo_bank: RunningBank) -> RunningBank:
    """The real demo bank, where nobody is signed in and nothing goes wrong."""
    shared_demo_bank.control("POST", "reset")
    shared_demo_bank.control("POST", "manners", STANDARD)
    return shared_demo_bank


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(datetime.now(UTC))


@pytest_asyncio.fixture
async def bank(demo_bank: RunningBank, clock: SettableClock) -> AsyncIterator[BerlinGroupBank]:
    """The program's side of the demo bank."""
    bank = BerlinGroupBank(demo_settings(demo_bank.base), clock)
    yield bank
    await bank.close()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as server:
        yield server
