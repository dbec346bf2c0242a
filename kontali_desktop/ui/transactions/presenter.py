"""Transaksjoner without widgets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from kontali_desktop.domain.ids import ClientId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.queue import ReviewQueue
from kontali_desktop.ui.listing.presenter import TablePresenter
from kontali_desktop.ui.transactions.rows import TransactionRow, make_columns, make_rows
from kontali_desktop.wording.wording import Wording


class TransactionsPresenter(TablePresenter):
    """Every line of a client or of all, newest first."""

    def __init__(
        self, queue: ReviewQueue, tasks: TaskOwner, wording: Wording, *, parent: QObject | None = None
    ) -> None:
        order = Qt.SortOrder.DescendingOrder
        super().__init__(tasks, wording, make_columns(wording), sorted_by="date", order=order, parent=parent)
        self._queue = queue

    def load(self, client_id: ClientId | None) -> Sequence[TransactionRow]:
        return make_rows(self._queue.load(client_id, None).items, self._wording)

    def remark(self) -> str:
        shown = len(self.model.rows)
        total = self._wording.plural("transactions.count", self.total)
        if not self.total or shown == self.total:
            return total if self.total else ""
        return self._wording.text("common.shown_of", shown=self._wording.integer(shown), total=total)
