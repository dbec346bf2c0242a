"""A demo client with its invoices, so that the whole job can be tried at once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.clients import Client, ClientSettings
from kontali_desktop.services.actors import PROGRAM
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.import_files import ImportFiles
from kontali_desktop.services.import_models import ImportReport
from kontali_desktop.services.ports import SandboxBank, SandboxDetails


@dataclass(frozen=True, slots=True)
class DemoReady:
    """The demo bank as it runs, its company as a client, and what the import of its invoices brought."""

    bank: SandboxDetails
    client: Client
    imported: ImportReport


class PrepareDemo:
    """Starts the demo bank and makes its company a client; done again it changes nothing."""

    def __init__(self, sandbox: SandboxBank, clients: Clients, importing: ImportFiles) -> None:
        self._sandbox = sandbox
        self._clients = clients
        self._importing = importing

    async def run(self) -> DemoReady:
        """Raises ServiceUnreachable where the demo bank does not come up."""
        bank = await self._sandbox.start()
        return await asyncio.to_thread(self._prepare, bank)

    def _prepare(self, bank: SandboxDetails) -> DemoReady:
        client, is_new = self._clients.add(bank.company_name, bank.company_orgnr)
        if is_new:
            # Who tries the program wants to see what it finds before it acts, and have something to decide.
            self._clients.save_settings(client.id, ClientSettings(mode=Mode.SHADOW), PROGRAM)
        paths = [bank.invoices] if bank.invoices is not None else []
        return DemoReady(bank, client, self._importing.run(client.orgnr, paths))
