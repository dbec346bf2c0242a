"""What the window shows around the screens: the clients to choose from, and how synchronisation stands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.ui.theme import Tone
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.wording import Wording

if TYPE_CHECKING:  # the window is painted before its services are there
    from kontali_desktop.domain.clients import Client
    from kontali_desktop.services.clients import Clients
    from kontali_desktop.services.overview import ConnectionView, Overview
    from kontali_desktop.services.ports import Clock

LOADING = "load window"
STANDS_STILL = "red"  # `overview.Light.RED`


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """The foot of the sidebar, in words. `exact` is for hovering; without `can_sync` there is nothing to fetch."""

    text: str
    tone: Tone = Tone.QUIET
    next_text: str = ""
    exact: str = ""
    can_sync: bool = False


class WindowPresenter(QObject):
    """`refresh` reads clients and connections anew; choosing a client is remembered here for every screen.

    `services` is asked at the first `refresh`, for the window is painted before they are there.
    """

    clients_changed = Signal()
    client_chosen = Signal(object)  # a ClientId, or None for all
    sync_changed = Signal()
    notice = Signal(object)

    def __init__(
        self,
        services: Callable[[], tuple[Clients, Overview]],
        tasks: TaskOwner,
        wording: Wording,
        clock: Clock,
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._tasks, self._wording, self._clock = tasks, wording, clock
        self._connections: tuple[ConnectionView, ...] = ()
        self._is_syncing = False
        self.clients: tuple[Client, ...] = ()
        self.client_id: ClientId | None = None
        tasks.failed.connect(self._on_failed)

    def refresh(self) -> None:
        self._tasks.start(LOADING, self._load, replace=True)

    def choose_client(self, client_id: ClientId | None) -> None:
        if client_id != self.client_id:
            self.client_id = client_id
            self.clients_changed.emit()
            self.client_chosen.emit(client_id)

    def set_syncing(self, *, is_syncing: bool) -> None:
        """Whoever synchronises says when it begins and ends."""
        if is_syncing != self._is_syncing:
            self._is_syncing = is_syncing
            self.sync_changed.emit()

    @property
    def sync(self) -> SyncStatus:
        return sync_status(self._connections, self._wording, self._clock, is_syncing=self._is_syncing)

    async def _load(self) -> None:
        clients, overview = self._services()
        self.clients = await asyncio.to_thread(clients.load_all)
        self._connections = await asyncio.to_thread(overview.load_connections, include_disconnected=False)
        if self.client_id not in (None, *(c.id for c in self.clients)):
            self.choose_client(None)
        self.clients_changed.emit()
        self.sync_changed.emit()

    def _on_failed(self, name: str, error: KontaliError) -> None:
        if name == LOADING:
            text = self._wording.error(error)
            self.notice.emit(NoticeData(Severity.NEGATIVE, text.message, text.text))


def sync_status(
    connections: tuple[ConnectionView, ...], wording: Wording, clock: Clock, *, is_syncing: bool = False
) -> SyncStatus:
    """The newest success of all connections and the nearest fetch to come; what stands still is said first."""
    if not connections:
        return SyncStatus(wording.text("window.no_bank"))
    now = clock.now()
    last = max((c.connection.last_success_at for c in connections if c.connection.last_success_at), default=None)
    following = min((c.next_due for c in connections if c.next_due), default=None)
    exact = wording.exact(last) if last else ""
    next_time = wording.relative(max(following, now), now) if following else wording.text("window.on_hold")
    next_text = wording.text("window.next_sync", time=next_time)
    if is_syncing:
        return SyncStatus(wording.text("window.synchronising"), Tone.ACCENT, "", exact)
    if any(c.light == STANDS_STILL for c in connections):
        return SyncStatus(wording.text("window.must_renew"), Tone.NEGATIVE, next_text, exact, can_sync=True)
    if any(c.connection.last_error for c in connections):
        return SyncStatus(wording.text("window.sync_failed"), Tone.WARNING, next_text, exact, can_sync=True)
    if last is None:
        return SyncStatus(wording.text("window.never_synchronised"), Tone.QUIET, next_text, can_sync=True)
    is_today = last.astimezone().date() == clock.today()
    told = wording.time(last) if is_today else wording.relative(last, now)
    return SyncStatus(wording.text("window.synchronised", time=told), Tone.POSITIVE, next_text, exact, can_sync=True)
