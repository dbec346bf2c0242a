"""The exports as a table, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kontali_desktop.domain.periods import Period
from kontali_desktop.ui.export.history_presenter import PastExport
from kontali_desktop.ui.export.periods import period_words
from kontali_desktop.ui.widgets.table import SORT_ROLE
from kontali_desktop.wording.wording import Wording

# Key of the heading and width; the layout takes the room left over.
COLUMNS = (
    ("export.column.at", 150),
    ("export.column.client", 190),
    ("export.column.format", 200),
    ("export.column.period", 190),
    ("export.column.count", 76),
)
AT, CLIENT, FORMAT, PERIOD, COUNT = range(5)
Index = QModelIndex | QPersistentModelIndex


class ExportModel(QAbstractTableModel):
    """A row an export."""

    def __init__(self, exports: Sequence[PastExport], wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._exports = tuple(exports)
        self._wording = wording

    def show_exports(self, exports: Sequence[PastExport]) -> None:
        self.beginResetModel()
        self._exports = tuple(exports)
        self.endResetModel()

    def at(self, row: int) -> PastExport:
        return self._exports[row]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._exports)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._wording.text(COLUMNS[section][0])
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        past, column = self._exports[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(past, column)
        if role == SORT_ROLE:
            return self._sorted_by(past, column)
        if role == Qt.ItemDataRole.ToolTipRole and column == AT:
            return self._wording.exact(past.record.at)
        return _alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _cell(self, past: PastExport, column: int) -> str:
        record = past.record
        cells = (
            self._wording.instant(record.at),
            past.client,
            self._wording.export_format(record.format),
            period_words(self._wording, Period(record.since, record.until)),
            self._wording.integer(record.count),
        )
        return cells[column]

    def _sorted_by(self, past: PastExport, column: int) -> str | int:
        record = past.record
        if column == AT:
            return record.at.isoformat()
        if column == PERIOD:
            return f"{record.since or ''} {record.until or ''}"
        return record.count if column == COUNT else self._cell(past, column)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == COUNT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
