"""Connections and their fetches: every fetch of the window, by hand or by schedule, is started here."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import ClientId, ConnectionId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.connect import DisconnectBank
from kontali_desktop.services.errors import ConnectionBusy
from kontali_desktop.services.overview import ConnectionView, Overview
from kontali_desktop.services.ports import Clock
from kontali_desktop.services.schedule import is_due
from kontali_desktop.services.synchronise import Synchronise, SyncProgress
from kontali_desktop.ui.connections.rows import ConnectionRow, RowWording, remark
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.wording import Wording

LOAD, ALL, DUE, FREQUENCY = "load connections", "sync all", "find due", "set frequency"
MOST_AT_ONCE = 3  # fetches; a bank counts what one program asks of it


@dataclass(frozen=True, slots=True)
class Fetch:
    """How far the fetch of a connection is, in words; `total` 0 while nobody knows."""

    connection: ConnectionId
    text: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class ConnectionServices:
    """What the list and its fetches need of the program."""

    overview: Overview
    synchronise: Synchronise
    disconnect: DisconnectBank
    clock: Clock


class ConnectionsPresenter(QObject):
    """`rows` and `remark` are what the list shows; `fetches` what goes on just now."""

    changed = Signal()
    fetch_changed = Signal(object)  # ConnectionId
    sync_finished = Signal(object)  # SyncReport
    notice = Signal(object)
    data_changed = Signal()
    wants_screen = Signal(str)
    wants_connect = Signal(object)

    def __init__(
        self,
        services: ConnectionServices,
        tasks: TaskOwner,
        wording: Wording,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks = tasks
        self._wording = wording
        self._client_id: ClientId | None = None
        self._turns = asyncio.Semaphore(MOST_AT_ONCE)
        self.views: tuple[ConnectionView, ...] = ()
        self.rows: tuple[ConnectionRow, ...] = ()
        self.remark = ""
        self.is_loaded = False
        self.fetches: dict[ConnectionId, Fetch] = {}
        tasks.failed.connect(self._on_failed)

    @property
    def is_syncing(self) -> bool:
        return bool(self.fetches)

    def refresh(self) -> None:
        self._tasks.start(LOAD, self._load, replace=True)

    def show_client(self, client_id: ClientId | None) -> None:
        self._client_id = client_id
        self._show()

    def connect_bank(self) -> None:
        self.wants_connect.emit(None)

    def renew(self, connection_id: ConnectionId) -> None:
        self.wants_connect.emit(connection_id)

    def sync(self, connection_id: ConnectionId, *, is_attended: bool = True) -> None:
        """Fetch one connection; one that is being fetched is left at it."""
        self._tasks.start(_name(connection_id), lambda: self._sync(connection_id, is_attended=is_attended))

    def sync_all(self) -> None:
        """Synk alle: those that can be fetched at all, of the client shown; also before they have been read."""
        self._tasks.start(ALL, self._sync_all)

    def sync_due(self) -> None:
        """What the schedule asks for; called each minute and at start."""
        self._tasks.start(DUE, self._sync_due)

    def stop(self, connection_id: ConnectionId) -> None:
        self._tasks.cancel(_name(connection_id))

    def set_frequency(self, connection_id: ConnectionId, hours: int) -> None:
        self._tasks.start(FREQUENCY, lambda: self._set_frequency(connection_id, hours), replace=True)

    def disconnect_bank(self, connection_id: ConnectionId) -> None:
        """Revoke at the bank, forget the tokens, keep the history; the person has confirmed."""
        self.stop(connection_id)
        self._tasks.start(f"disconnect {connection_id}", lambda: self._disconnect_bank(connection_id))

    async def _load(self) -> None:
        self.views = await asyncio.to_thread(self._services.overview.load_connections, include_disconnected=False)
        self.is_loaded = True
        self._show()

    def _show(self) -> None:
        shown = tuple(view for view in self.views if self._client_id in (None, *(client.id for client in view.clients)))
        words = RowWording(self._wording, self._services.clock.now(), self._services.clock.today())
        self.rows = tuple(words.row(view) for view in shown)
        self.remark = remark(self._wording, shown)
        self.changed.emit()

    async def _sync(self, connection_id: ConnectionId, *, is_attended: bool) -> None:
        self._tell(Fetch(connection_id, self._wording.text("connections.waiting_turn")))
        try:
            async with self._turns:
                self._tell(Fetch(connection_id, self._starting(connection_id)))
                report = await self._services.synchronise.run(
                    connection_id, is_attended=is_attended, on_progress=lambda p: self._on_progress(connection_id, p)
                )
        except ConnectionBusy:
            return  # it is being fetched already, which is what was wanted
        finally:
            self.fetches.pop(connection_id, None)
            self.fetch_changed.emit(connection_id)
            self.refresh()
        self.sync_finished.emit(report)
        if report.error is None:
            self.data_changed.emit()

    def _starting(self, connection_id: ConnectionId) -> str:
        banks = [view.connection.bank for view in self.views if view.connection.id == connection_id]
        return self._wording.text("connections.starting", bank=self._wording.bank(banks[0]) if banks else "")

    def _on_progress(self, connection_id: ConnectionId, progress: SyncProgress) -> None:
        total = progress.accounts if progress.accounts > 1 else 0
        self._tell(Fetch(connection_id, self._wording.sync_progress(progress), progress.accounts_done, total))

    def _tell(self, fetch: Fetch) -> None:
        self.fetches[fetch.connection] = fetch
        self.fetch_changed.emit(fetch.connection)

    async def _sync_all(self) -> None:
        if not self.is_loaded:
            await self._load()
        able = [row.id for row in self.rows if row.can_sync]
        for connection_id in able:
            self.sync(connection_id)
        if not able:
            self._say_nothing_to_fetch()

    def _say_nothing_to_fetch(self) -> None:
        """The key was pressed: it answers."""
        text = self._wording.text
        title = text("window.must_renew" if self.rows else "connections.empty")
        self.notice.emit(NoticeData(Severity.INFO, title, "" if self.rows else text("connections.empty_text")))

    async def _sync_due(self) -> None:
        views = await asyncio.to_thread(self._services.overview.load_connections, include_disconnected=False)
        now = self._services.clock.now()
        for view in views:
            if is_due(view.connection, now):
                self.sync(view.connection.id, is_attended=False)

    async def _set_frequency(self, connection_id: ConnectionId, hours: int) -> None:
        await asyncio.to_thread(self._services.overview.set_frequency, connection_id, hours)
        self.refresh()

    async def _disconnect_bank(self, connection_id: ConnectionId) -> None:
        bank = next((row.bank for row in self.rows if row.id == connection_id), "")
        refusal = await self._services.disconnect.run(connection_id)
        title = self._wording.text("connections.disconnected", bank=bank)
        if refusal is None:
            text = self._wording.text("connections.disconnected_text")
            self.notice.emit(NoticeData(Severity.POSITIVE, title, text))
        else:
            text = self._wording.text("connections.not_revoked", reason=self._wording.error(refusal).message)
            self.notice.emit(NoticeData(Severity.WARNING, title, text))
        self.refresh()
        self.data_changed.emit()

    def _on_failed(self, _name: str, error: KontaliError) -> None:
        words = self._wording.error(error)
        self.notice.emit(NoticeData(Severity.NEGATIVE, words.message, words.text))


def _name(connection_id: ConnectionId) -> str:
    return f"sync {connection_id}"
