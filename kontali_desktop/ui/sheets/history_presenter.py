"""What was done before, without widgets: loaded when it is asked for, and shown until it is closed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.clients import Clients
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.wording import Wording


class OfClient(Protocol):
    """A record of one client's."""

    @property
    def client_id(self) -> ClientId: ...


R = TypeVar("R", bound=OfClient)


@dataclass(frozen=True, slots=True)
class Past(Generic[R]):
    """A record with its client's name."""

    record: R
    client: str


class PastPresenter(QObject, Generic[R]):
    """`shown` carries the records as `Past`, or None when they are no longer to be seen.

    `read` gives a client's records or all, the newest first; `WORK` names the presenter's tasks, the loading first.
    """

    shown = Signal(object)
    notice = Signal(object)
    WORK: ClassVar[Sequence[str]] = ("load the past",)

    def __init__(
        self,
        read: Callable[[ClientId | None], Iterable[R]],
        clients: Clients,
        tasks: TaskOwner,
        wording: Wording,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._clients, self._tasks, self._wording = clients, tasks, wording
        self._client_id: ClientId | None = None
        self.past: tuple[Past[R], ...] | None = None
        tasks.failed.connect(self._on_failed)

    def show_client(self, client_id: ClientId | None) -> None:
        """Whose records are shown next; None for all."""
        self._client_id = client_id

    def begin(self) -> None:
        """What the command in the menu does."""
        self._tasks.start(self.WORK[0], self.load)

    def close(self) -> None:
        self.past = None
        self.shown.emit(None)

    async def load(self) -> None:
        """Load anew and show."""
        self.past = await asyncio.to_thread(self._load)
        self.shown.emit(self.past)

    def _load(self) -> tuple[Past[R], ...]:
        names = {client.id: client.name for client in self._clients.load_all()}
        return tuple(Past(record, names.get(record.client_id, "")) for record in self._read(self._client_id))

    def _on_failed(self, name: str, error: KontaliError) -> None:
        if name in self.WORK:
            words = self._wording.error(error)
            self.notice.emit(NoticeData(Severity.NEGATIVE, words.message, words.text))
