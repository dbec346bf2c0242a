"""How far the empty program has come, and what the next step is."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.errors import KontaliError, NotAnOrganisationNumber
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.clients import Clients, NewClient, compact_orgnr
from kontali_desktop.services.overview import Overview
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.wording import Wording

LOAD, ADD = "load first run", "add the first client"


@dataclass(frozen=True, slots=True)
class Progress:
    """The first client there is, and how many accounts and open documents."""

    client: Client | None = None
    accounts: int = 0
    documents: int = 0

    @property
    def current(self) -> int:
        """Which of the steps is to be done: 1 client, 2 bank, 3 invoices; 4 when all are."""
        if self.accounts == 0:
            return 1 if self.client is None else 2
        return 3 if self.documents == 0 else 4


class FirstRunPresenter(QObject):
    """`wants_connect` carries the company that was named (`NewClient`) or None; `left`: go on without invoices."""

    changed = Signal(object)  # Progress
    orgnr_refused = Signal()
    notice = Signal(object)
    data_changed = Signal()
    wants_connect = Signal(object)
    wants_demo = Signal()
    wants_import = Signal()
    left = Signal()

    def __init__(
        self, overview: Overview, clients: Clients, tasks: TaskOwner, wording: Wording, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._overview, self._clients = overview, clients
        self._tasks = tasks
        self._wording = wording
        self.progress = Progress()
        tasks.failed.connect(self._on_failed)

    def refresh(self) -> None:
        self._tasks.start(LOAD, self._load, replace=True)

    def show_client(self, client_id: ClientId | None) -> None:
        """The steps are the program's, whichever client is shown."""

    def connect_bank(self, orgnr: str = "", name: str = "") -> None:
        """With a number that does not check nothing begins; without one the bank names the company."""
        if not orgnr.strip():
            self.wants_connect.emit(NewClient("", name.strip()) if name.strip() else None)
            return
        try:
            number = compact_orgnr(orgnr)
        except NotAnOrganisationNumber:
            self.orgnr_refused.emit()
            return
        self.wants_connect.emit(NewClient(number, name.strip()))

    def take_files(self, orgnr: str = "", name: str = "") -> None:
        """Without a bank: the client is made of what was typed, then its files are asked for."""
        if self.progress.client is not None:
            self.wants_import.emit()
            return
        try:
            number = compact_orgnr(orgnr)
        except NotAnOrganisationNumber:
            self.orgnr_refused.emit()
            return
        self._tasks.start(ADD, lambda: self._add(number, name))

    async def _add(self, orgnr: str, name: str) -> None:
        await asyncio.to_thread(self._clients.add, name, orgnr)
        self.data_changed.emit()
        self.wants_import.emit()

    async def _load(self) -> None:
        view = await asyncio.to_thread(self._overview.load)
        clients = view.clients
        self.progress = Progress(
            clients[0].client if clients else None,
            sum(len(c.accounts) for c in clients),
            sum(c.documents_open for c in clients),
        )
        self.changed.emit(self.progress)

    def _on_failed(self, _name: str, error: KontaliError) -> None:
        words = self._wording.error(error)
        self.notice.emit(NoticeData(Severity.NEGATIVE, words.message, words.text))
