"""The shadow report without widgets: read, and automatic acceptance switched on where it holds."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.ids import ClientId, TransactionId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.clients import Clients
from kontali_desktop.services.shadow_view import ShadowView, ViewShadow
from kontali_desktop.ui.sheets.about_client import AboutClientPresenter
from kontali_desktop.wording.wording import Wording


@dataclass(frozen=True, slots=True)
class ShadowServices:
    """What the sheet needs of the program."""

    shadow: ViewShadow
    clients: Clients


class ShadowPresenter(AboutClientPresenter[ShadowView]):
    """`mode_changed` when the client's mode was changed from here."""

    mode_changed = Signal()
    line_wanted = Signal(object, object)  # its TransactionId and ClientId: to be seen in the review

    def __init__(
        self, services: ShadowServices, tasks: TaskOwner, wording: Wording, parent: QObject | None = None
    ) -> None:
        super().__init__(services.clients, tasks, wording, parent)
        self._services = services

    def read(self, client_id: ClientId) -> ShadowView:
        return self._services.shadow.load(client_id)

    def see_line(self, transaction_id: TransactionId) -> None:
        """The review is behind the sheet."""
        client_id = self.of.client.id if self.of is not None else None
        self.close()
        self.line_wanted.emit(transaction_id, client_id)

    def set_mode(self, mode: Mode) -> None:
        """Balanced, where the report holds; shadow, to have one."""
        if self.of is None:
            return
        client_id = self.of.client.id

        def store() -> None:
            clients = self._services.clients
            clients.save_settings(client_id, replace(clients.load_settings(client_id), mode=mode))

        async def work() -> None:
            await asyncio.to_thread(store)
            if self.of is not None:
                await self.load()
            self.mode_changed.emit()
            self.data_changed.emit()

        self.change("mode", work)
