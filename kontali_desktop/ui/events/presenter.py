"""Hendelser without widgets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from kontali_desktop.domain.ids import ClientId
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.listings import Listings
from kontali_desktop.ui.events.rows import EventRow, make_columns, make_rows
from kontali_desktop.ui.listing.presenter import TablePresenter
from kontali_desktop.wording.wording import Wording

MOST = 10_000


class EventsPresenter(TablePresenter):
    """The newest events of a client or of all, at most `most`; the remark says so where there are as many."""

    def __init__(
        self,
        listings: Listings,
        tasks: TaskOwner,
        wording: Wording,
        *,
        most: int = MOST,
        parent: QObject | None = None,
    ) -> None:
        order = Qt.SortOrder.DescendingOrder
        super().__init__(tasks, wording, make_columns(wording), sorted_by="at", order=order, parent=parent)
        self._listings, self._most = listings, most

    def load(self, client_id: ClientId | None) -> Sequence[EventRow]:
        return make_rows(self._listings.load_events(client_id, self._most), self._wording)

    def remark(self) -> str:
        if not self.total:
            return ""
        key = "events.newest" if self.total >= self._most else "events.count"
        total = self._wording.plural(key, self.total)
        shown = len(self.model.rows)
        if shown == self.total:
            return total
        return self._wording.text("common.shown_of", shown=self._wording.integer(shown), total=total)
