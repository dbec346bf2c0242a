"""The files of an import as a table: what each brought, and how it went."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from kontali_desktop.services.import_models import IMPORTED, REFUSED, FileResult
from kontali_desktop.ui.widgets.table import SORT_ROLE
from kontali_desktop.wording.wording import Wording

UNCHANGED = "import.column.unchanged"
# Key of the heading and width; the first takes the room left over.
COLUMNS = (
    ("import.column.file", 160),
    ("import.column.format", 200),
    ("import.column.added", 66),
    ("import.column.updated", 80),
    (UNCHANGED, 94),
    ("import.column.result", 196),
)
FIGURES = range(2, 5)
Index = QModelIndex | QPersistentModelIndex


def ordered(files: Iterable[FileResult]) -> tuple[FileResult, ...]:
    """What needs a look first: refused, then partly refused, then the rest as they were given."""
    return tuple(sorted(files, key=lambda f: (f.status != REFUSED, not f.refused)))


class FileModel(QAbstractTableModel):
    """A row a file; before it is stored (`is_preview`) the words are of what will be."""

    def __init__(
        self,
        files: Iterable[FileResult],
        wording: Wording,
        *,
        is_preview: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._files = ordered(files)
        self._wording = wording
        self._is_preview = is_preview

    def show_files(self, files: Iterable[FileResult]) -> None:
        self.beginResetModel()
        self._files = ordered(files)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._files)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            is_known = self._is_preview and COLUMNS[section][0] == UNCHANGED
            return self._wording.text("import.column.known" if is_known else COLUMNS[section][0])
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        file = self._files[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            shown = self._cell(file, column)
            return self._wording.integer(shown) if isinstance(shown, int) else shown
        if role == SORT_ROLE:
            return self._cell(file, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(file.path) if column == 0 else self._wording.file_result(file)
        return _alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _cell(self, file: FileResult, column: int) -> str | int:
        cells: tuple[str | int, ...] = (
            file.path.name,
            self._wording.file_format(file.format),
            file.added,
            file.updated,
            file.unchanged,
            self._status(file),
        )
        return cells[column]

    def _status(self, file: FileResult) -> str:
        prefix = "import.preview.status" if self._is_preview else "import.status"
        if file.status == IMPORTED and file.refused:
            return self._wording.plural(f"{prefix}.partly", len(file.refused))
        asked = file.needs if self._is_preview else ""
        return self._wording.text(f"{prefix}.{asked or file.status}")


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
