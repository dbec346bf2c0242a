"""Åpne poster without widgets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Qt

from kontali_desktop.domain.ids import ClientId
from kontali_desktop.domain.money import NOK
from kontali_desktop.runtime.task_owner import TaskOwner
from kontali_desktop.services.listings import Listings
from kontali_desktop.services.ports import Clock
from kontali_desktop.ui.listing.presenter import ALL, TablePresenter
from kontali_desktop.ui.open_items.rows import Group, OpenItemRow, make_columns, make_rows
from kontali_desktop.wording.wording import Wording

MOST_NAMED = 2  # currencies
OPEN = frozenset({Group.CUSTOMERS.value, Group.SUPPLIERS.value})


class OpenItemsPresenter(TablePresenter):
    """What is open of a client or of all, the longest overdue first; what is settled under its own chip."""

    def __init__(
        self, listings: Listings, tasks: TaskOwner, wording: Wording, clock: Clock, *, parent: QObject | None = None
    ) -> None:
        order = Qt.SortOrder.AscendingOrder
        super().__init__(tasks, wording, make_columns(wording), sorted_by="due", order=order, parent=parent)
        self._listings, self._clock = listings, clock

    def groups_in(self, chip: str) -> frozenset[str]:
        return OPEN if chip == ALL else frozenset({chip})

    def load(self, client_id: ClientId | None) -> Sequence[OpenItemRow]:
        return make_rows(self._listings.load_documents(client_id), self._clock.today(), self._wording)

    def remark(self) -> str:
        """What customers owe and what is owed to suppliers, of what is shown, each currency by itself."""
        rows = len(self.model.rows)
        is_settled = self.group == Group.SETTLED
        count = (
            self._wording.plural("common.items", rows) if is_settled else self._wording.plural("open_items.count", rows)
        )
        parts = [count] if self.total else []
        for key, group in (("open_items.receivable", Group.CUSTOMERS), ("open_items.payable", Group.SUPPLIERS)):
            sums: dict[str, int] = defaultdict(int)
            for row in self.model.rows:
                if isinstance(row, OpenItemRow) and row.group == group:
                    sums[row.reported.currency] += row.open_amount
            parts += [self._wording.text(key, amount=self._amounts(sums))] if sums else []
        return " · ".join(parts)

    def _amounts(self, sums: Mapping[str, int]) -> str:
        """Kroner first; of more than two currencies the rest are only counted: the line has no room for them."""
        ordered = sorted(sums, key=lambda currency: (currency != NOK, currency))
        named = ordered if len(ordered) <= MOST_NAMED else ordered[:1]
        amounts = " + ".join(self._wording.amount(sums[currency], currency) for currency in named)
        more = len(ordered) - len(named)
        return self._wording.plural("open_items.amounts_more", more, amounts=amounts) if more else amounts
