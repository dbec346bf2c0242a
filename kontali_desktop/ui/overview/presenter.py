"""Oversikt without its widgets: loads, words, and passes on what its buttons ask for."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import ClientId, ConnectionId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.overview import Overview
from kontali_desktop.services.ports import Clock
from kontali_desktop.ui.overview.attention import Remedy
from kontali_desktop.ui.overview.rows import OverviewScreen, overview_screen
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.wording import Wording

LOAD = "load overview"


class OverviewPresenter(QObject):
    """`screen` is None until it was loaded once; `has_failed` where the first try did not go."""

    changed = Signal()
    notice = Signal(object)
    data_changed = Signal()
    wants_screen = Signal(str)
    wants_connect = Signal(object)
    wants_import = Signal()
    wants_sync = Signal(object)  # ConnectionId
    wants_client = Signal(object)  # ClientId

    def __init__(
        self, overview: Overview, tasks: TaskOwner, wording: Wording, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._overview = overview
        self._tasks = tasks
        self._wording = wording
        self._clock = clock
        self._client_id: ClientId | None = None
        self.screen: OverviewScreen | None = None
        self.has_failed = False
        tasks.failed.connect(self._on_failed)

    def refresh(self) -> None:
        self._tasks.start(LOAD, self._load, replace=True)

    def show_client(self, client_id: ClientId | None) -> None:
        if client_id != self._client_id:
            self._client_id = client_id
            self.refresh()

    def act(self, remedy: Remedy, connection: ConnectionId | None = None, client: ClientId | None = None) -> None:
        """What the button of a notice or of a client's row is for."""
        if client is not None and client != self._client_id:
            self.wants_client.emit(client)
        if remedy is Remedy.RENEW:
            self.wants_connect.emit(connection)
        elif remedy is Remedy.CONNECT:
            self.wants_connect.emit(None)
        elif remedy is Remedy.SYNC:
            self.wants_sync.emit(connection)
        elif remedy is Remedy.IMPORT:
            self.wants_import.emit()
        else:
            self.wants_screen.emit("review")

    def show_connections(self) -> None:
        self.wants_screen.emit("connections")

    def connect_bank(self) -> None:
        """What an empty program is to do first."""
        self.wants_connect.emit(None)

    async def _load(self) -> None:
        view = await asyncio.to_thread(self._overview.load, self._client_id)
        screen = overview_screen(view, self._wording, self._clock.today())
        if screen != self.screen or self.has_failed:
            self.screen, self.has_failed = screen, False
            self.changed.emit()

    def _on_failed(self, _name: str, error: KontaliError) -> None:
        self.has_failed = self.screen is None
        self.changed.emit()
        words = self._wording.error(error)
        self.notice.emit(NoticeData(Severity.NEGATIVE, words.message, words.text))
