"""The earlier exports, without widgets."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.export import ExportVouchers
from kontali_desktop.services.voucher_storage import ExportRecord
from kontali_desktop.ui.widgets.notice import NoticeData, Severity
from kontali_desktop.wording.wording import Wording

LOADING = "load exports"


@dataclass(frozen=True, slots=True)
class PastExport:
    """An export with its client's name."""

    record: ExportRecord
    client: str


class ExportHistoryPresenter(QObject):
    """`shown` carries the exports, or None when they are no longer to be seen."""

    shown = Signal(object)
    again_wanted = Signal(object)  # an ExportRecord
    notice = Signal(object)

    def __init__(
        self,
        export: ExportVouchers,
        clients: Clients,
        tasks: TaskOwner,
        wording: Wording,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._export, self._clients = export, clients
        self._tasks, self._wording = tasks, wording
        self._client_id: ClientId | None = None
        self.exports: tuple[PastExport, ...] | None = None
        tasks.failed.connect(self._on_failed)

    def show_client(self, client_id: ClientId | None) -> None:
        """Whose exports are shown next; None for all."""
        self._client_id = client_id

    def begin(self) -> None:
        """What the command "Tidligere eksporter…" does."""
        self._tasks.start(LOADING, self._load)

    def close(self) -> None:
        self.exports = None
        self.shown.emit(None)

    async def _load(self) -> None:
        self.exports = await asyncio.to_thread(self._read)
        self.shown.emit(self.exports)

    def _read(self) -> tuple[PastExport, ...]:
        names = {client.id: client.name for client in self._clients.load_all()}
        records = self._export.history(self._client_id)
        return tuple(PastExport(r, names[r.client_id]) for r in records)

    def _on_failed(self, name: str, error: KontaliError) -> None:
        if name == LOADING:
            words = self._wording.error(error)
            self.notice.emit(NoticeData(Severity.NEGATIVE, words.message, words.text))
