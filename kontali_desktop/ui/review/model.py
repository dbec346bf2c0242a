"""The review list as Qt's views ask for it; a row is made when it is first painted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kontali_desktop.domain.ids import TransactionId
from kontali_desktop.ui.widgets.two_sided_delegate import ROW_ROLE
from kontali_desktop.ui.widgets.two_sided_row import TwoSidedRow

Index = QModelIndex | QPersistentModelIndex
MOST_STEPS = 200  # more changes than this at once are a new list to the eye too
_ROOT = QModelIndex()


class QueueModel(QAbstractListModel):
    """Ids in order; `make_row` turns one into what is shown."""

    def __init__(self, make_row: Callable[[TransactionId], TwoSidedRow], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_row = make_row
        self._ids: list[TransactionId] = []
        self._made: dict[TransactionId, TwoSidedRow] = {}

    @property
    def ids(self) -> Sequence[TransactionId]:
        return self._ids

    def row_of(self, item_id: TransactionId) -> int:
        """-1 where the item is not shown."""
        try:
            return self._ids.index(item_id)
        except ValueError:
            return -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (ROW_ROLE, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._row(self._ids[index.row()])
        return row if role == ROW_ROLE else row.spoken

    def forget(self, item_id: TransactionId) -> None:
        """The item changed: its row is made anew."""
        self._made.pop(item_id, None)
        row = self.row_of(item_id)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))

    def forget_all(self) -> None:
        self._made.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def reset(self, ids: Sequence[TransactionId]) -> None:
        """Another list."""
        self.beginResetModel()
        self._ids = list(ids)
        self.endResetModel()

    def merge(self, ids: Sequence[TransactionId]) -> None:
        """The same list a little later: rows come and go, what stays keeps its order and is not touched."""
        wanted, had = set(ids), set(self._ids)
        gone = list(_runs(self._ids, wanted))
        come = list(_runs(ids, had))
        if len(gone) + len(come) > MOST_STEPS or [i for i in self._ids if i in wanted] != [i for i in ids if i in had]:
            self.reset(ids)
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(_ROOT, first, last)
            del self._ids[first : last + 1]
            self.endRemoveRows()
        for first, last in come:
            self.beginInsertRows(_ROOT, first, last)
            self._ids[first:first] = ids[first : last + 1]
            self.endInsertRows()

    def remove(self, row: int) -> None:
        self.beginRemoveRows(_ROOT, row, row)
        del self._ids[row]
        self.endRemoveRows()

    def insert(self, row: int, item_id: TransactionId) -> None:
        self.beginInsertRows(_ROOT, row, row)
        self._ids.insert(row, item_id)
        self.endInsertRows()

    def _row(self, item_id: TransactionId) -> TwoSidedRow:
        made = self._made.get(item_id)
        if made is None:
            made = self._made[item_id] = self._make_row(item_id)
        return made


def _runs(ids: Sequence[TransactionId], known: set[TransactionId]) -> Iterator[tuple[int, int]]:
    """The stretches, first and last, of what is not known."""
    first = -1
    for place, item_id in enumerate(ids):
        if item_id in known:
            if first >= 0:
                yield first, place - 1
            first = -1
        elif first < 0:
            first = place
    if first >= 0:
        yield first, len(ids) - 1
