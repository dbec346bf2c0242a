"""The imports as a table, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kontali_desktop.services.actors import PERSON
from kontali_desktop.services.file_storage import ImportRecord
from kontali_desktop.ui.import_files.history_presenter import PastImport
from kontali_desktop.ui.widgets.table import SORT_ROLE
from kontali_desktop.wording.wording import Wording

# Key of the heading and width; the files take the room left over.
COLUMNS = (
    ("import.history.column.at", 150),
    ("import.history.column.client", 140),
    ("import.history.column.files", 170),
    ("import.column.added", 58),
    ("import.column.updated", 80),
    ("import.column.unchanged", 94),
    ("import.history.column.refused", 80),
    ("import.history.column.actor", 88),
    ("import.history.column.state", 80),
)
FILES = 2
FIGURES = range(3, 7)
Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractTableModel):
    """A row an import."""

    def __init__(self, imports: Sequence[PastImport], wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._imports = tuple(imports)
        self._wording = wording

    def show_imports(self, imports: Sequence[PastImport]) -> None:
        self.beginResetModel()
        self._imports = tuple(imports)
        self.endResetModel()

    def at(self, row: int) -> PastImport:
        return self._imports[row]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._imports)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._wording.text(COLUMNS[section][0])
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        past, column = self._imports[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            shown = self._cell(past, column)
            return self._wording.integer(shown) if isinstance(shown, int) else shown
        if role == SORT_ROLE:
            return past.record.at.isoformat() if column == 0 else self._cell(past, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(past.record, column)
        return _alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _cell(self, past: PastImport, column: int) -> str | int:
        record = past.record
        cells: tuple[str | int, ...] = (
            self._wording.instant(record.at),
            past.client,
            self._files(record),
            sum(file.added for file in record.files),
            sum(file.updated for file in record.files),
            sum(file.unchanged for file in record.files),
            sum(len(file.refused) for file in record.files),
            self._wording.text("import.history.person" if record.actor == PERSON else "import.history.program"),
            self._wording.text("import.history.undone") if record.undone_at else "",
        )
        return cells[column]

    def _files(self, record: ImportRecord) -> str:
        if not record.files:
            return ""
        first, others = record.files[0].name, len(record.files) - 1
        return self._wording.plural("import.history.more", others, file=first) if others else first

    def _tip(self, record: ImportRecord, column: int) -> str | None:
        if column == 0:
            return self._wording.exact(record.at)
        if column == FILES:
            return "\n".join(file.name for file in record.files)
        if column == len(COLUMNS) - 1 and record.undone_at is not None:
            return self._wording.text("import.history.undone_at", at=self._wording.instant(record.undone_at))
        return None


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
