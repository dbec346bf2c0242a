"""The program's own services over a database, the demo bank and a keychain in memory, for the screens' tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kontali_desktop.adapters.system.resources import resource_path
from kontali_desktop.bootstrap.core import Core
from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.ids import ConnectionId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.clients import NewClient
from kontali_desktop.services.connect import AccountChoice
from kontali_desktop.services.ports import Clock
from kontali_desktop.wording.texts import Language
from kontali_desktop.wording.wording import Wording
from tests.demo_bank.running import RunningBank
from tests.fakes.keychain import InMemoryKeychain
from tests.fakes.user_agent import ScriptedUserAgent

FJORD = NewClient("311234560", "Fjord Elektro AS")


@dataclass
class Program:
    """`bugs` are what tasks raised that nobody expected; a test's program ends only without any."""

    core: Core
    keychain: InMemoryKeychain
    tasks: TaskOwner
    bugs: list[BaseException] = field(default_factory=list)

    async def connect(self, bank: RunningBank, client: NewClient = FJORD) -> ConnectionId:
        """A connection over all accounts of the demo bank, nothing fetched yet; nothing is accepted by itself."""
        signed_in = await self.core.connect.sign_in("demo", ScriptedUserAgent(bank))
        choices = [AccountChoice(a.reported, client) for a in signed_in.accounts]
        connection = await self.core.connect.keep(signed_in, choices)
        self.core.clients.save_settings(self.core.clients.find(client.orgnr).id, ClientSettings(mode=Mode.OFF))
        return connection


@asynccontextmanager
async def running_program(
    folder: Path, bank: RunningBank | None = None, clock: Clock | None = None
) -> AsyncIterator[Program]:
    environment = {"KONTALI_DEMO_BANK_URL": bank.base} if bank else {}
    core = Core(folder, environment=environment, clock=clock)
    keychain = InMemoryKeychain()
    core.__dict__["keychain"] = keychain  # in place of the operating system's
    bugs: list[BaseException] = []
    tasks = TaskOwner(bugs.append)
    await asyncio.to_thread(lambda: core.storage)
    try:
        yield Program(core, keychain, tasks, bugs)
    finally:
        await tasks.close()
        await core.close()
    assert bugs == []


def wording(language: Language = "nb") -> Wording:
    return Wording(language, resource_path("locale"))
