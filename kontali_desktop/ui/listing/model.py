"""Frozen rows as Qt's table asks for them; a cell is worded when it is painted."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from kontali_desktop.ui.listing.columns import Column, Row
from kontali_desktop.ui.widgets.row_table import CELL_ROLE, Cell
from kontali_desktop.ui.widgets.table import SORT_ROLE, SelfOrdering

ROW_ROLE = Qt.ItemDataRole.UserRole + 1  # the row itself
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class RowsModel(SelfOrdering):
    """Sorts its rows by the columns' own keys; what is searched for, its presenter has left out already."""

    def __init__(
        self, columns: Sequence[Column[Any]], sorted_by: int, order: Qt.SortOrder, parent: QObject | None = None
    ) -> None:
        super().__init__(parent, sorted_by=sorted_by, order=order)
        self.columns = tuple(columns)

    @property
    def rows(self) -> Sequence[Row]:
        """As they are shown."""
        return self._shown

    def column(self, key: str) -> int:
        return next(place for place, column in enumerate(self.columns) if column.key == key)

    def row_of(self, key: Hashable) -> int:
        """-1 where it is not shown."""
        return next((place for place, row in enumerate(self._shown) if row.key == key), -1)

    def set_rows(self, rows: Sequence[Row]) -> None:
        self.take_records(rows)

    def order_key(self, record: Row, column: int) -> Any:  # noqa: ANN401 - whatever the column compares
        return self.columns[column].sort(record)

    def filter_by(self, text: str) -> None:
        """Nothing: the presenter filters, by more than what is shown."""

    def widest(self, column: int) -> tuple[str, ...]:
        """The texts of a column of amounts of which one is the widest: in each currency the highest and the lowest.

        Which of them, only their drawing tells: DKK is wider than SEK.
        """
        amounts = self.columns[column]
        ends: dict[str, tuple[Row, Row]] = {}
        for row in self._shown:
            currency, amount = amounts.sort(row)
            low, high = ends.get(currency, (row, row))
            ends[currency] = (
                row if amount < amounts.sort(low)[1] else low,
                row if amount > amounts.sort(high)[1] else high,
            )
        return tuple(amounts.shown(row) for pair in ends.values() for row in pair)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], self.columns[index.column()]
        if role == CELL_ROLE:
            return _cell(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(text for text in (column.shown(row), column.more(row)) if text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            icon = column.icon(row)
            words = (column.shown(row), column.more(row), icon[1] if icon else "")
            return f"{column.heading}: {', '.join(word for word in words if word)}"
        if role == ROW_ROLE:
            return row
        return column.sort(row) if role == SORT_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading.upper()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignRight if column.is_amount else Qt.AlignmentFlag.AlignLeft) | _MIDDLE
        return None


def _cell(row: Row, column: Column[Any]) -> Cell:
    icon = column.icon(row)
    return Cell(
        column.shown(row),
        column.tone(row),
        is_strong=column.is_amount or column.is_strong,
        is_right=column.is_amount,
        tip=column.tip(row),
        more=column.more(row),
        icon=icon[0] if icon else None,
    )
