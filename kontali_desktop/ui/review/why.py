"""Why the current line's proposal waits for a person and was not accepted by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.domain.ids import ClientId
from kontali_desktop.domain.matches import ProposalKind
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.autonomy import Autonomy, ReadAutonomy
from kontali_desktop.services.queue import WAITING
from kontali_desktop.services.review_models import QueueItem
from kontali_desktop.wording.wording import Wording

LOADING = "load autonomy"

Settings = Mapping[ClientId, ClientSettings]


class WhyPresenter(QObject):
    """`text` is the reason in a sentence, empty where there is nothing that waits.

    How far the program may go is read once a client, and again with each reading of the queue.
    """

    changed = Signal()

    def __init__(
        self, autonomy: ReadAutonomy, tasks: TaskOwner, wording: Wording, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read, self._tasks, self._wording = autonomy, tasks, wording
        self._settings: Settings = {}
        self._of: dict[ClientId, Autonomy] = {}
        self._fresh: set[ClientId] = set()  # read since the queue was
        self._item: QueueItem | None = None
        self._other: QueueItem | None = None
        self.text = ""
        tasks.failed.connect(self._on_failed)

    def show(self, item: QueueItem | None, other: QueueItem | None, settings: Settings) -> None:
        """The current row, each time it may have changed; `other` is a transfer's other half."""
        if settings is not self._settings:
            self._settings = settings
            self._fresh.clear()
        is_asked = item is not None and item.status in WAITING and (item.proposal is not None or self._closed(item))
        self._item, self._other = (item, other) if is_asked else (None, None)
        self._say()
        if self._is_stale:
            self._tasks.start(LOADING, self._load)

    @property
    def _is_stale(self) -> bool:
        return self._item is not None and self._item.client.id not in self._fresh

    async def _load(self) -> None:
        """Also for the row that became the current one meanwhile; until it is read, what was known before is said."""
        while self._is_stale and self._item is not None:
            client_id, settings = self._item.client.id, self._settings
            self._of[client_id] = await asyncio.to_thread(self._read.load, client_id)
            if settings is self._settings:
                self._fresh.add(client_id)
        self._say()

    def _say(self) -> None:
        text = self._reason()
        if text != self.text:
            self.text = text
            self.changed.emit()

    def _reason(self) -> str:
        item, told = self._item, self._wording.text
        reason = self._closed(item) or self._veto(item)
        if reason or item is None or item.proposal is None or item.client.id not in self._of:
            return reason
        if item.proposal.kind is ProposalKind.TRANSFER:
            other = self._other.proposal if self._other is not None else None
            if other is None or other.counter_transaction != item.id:
                return told("review.waits.other_half")
            reason = self._veto(self._other)
            if reason:
                return told("review.waits.other_half_because", reason=reason)
        return told("review.waits.next_run")

    def _closed(self, item: QueueItem | None) -> str:
        """Said also where nothing is proposed: nobody can do anything with the line."""
        settings = self._settings.get(item.client.id) if item is not None else None
        if item is None or settings is None or settings.closed_until is None:
            return ""
        is_closed = settings.is_closed(item.transaction.reported.booking_date)
        told = self._wording.text("veto.closed_period", closed_until=self._wording.day(settings.closed_until))
        return told if is_closed else ""

    def _veto(self, item: QueueItem | None) -> str:
        """Against this line's own proposal."""
        if item is None or item.proposal is None:
            return ""
        autonomy = self._of.get(item.client.id)
        if autonomy is None:
            return ""
        verdict = autonomy.verdict(item.transaction, item.proposal)
        return self._wording.why_not_automatic(verdict, item.proposal, autonomy.settings)

    def _on_failed(self, name: str, _error: KontaliError) -> None:
        """The queue's own reading says what is wrong with the database."""
        if name == LOADING:
            self._say()
