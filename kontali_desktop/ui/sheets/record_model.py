"""Records as the rows of a sheet's table."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from kontali_desktop.ui.widgets.table import SORT_ROLE, SelfOrdering
from kontali_desktop.wording.wording import Wording

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class RecordModel(SelfOrdering, Generic[R]):
    """`COLUMNS` have a heading's key and a width each; the columns of `FIGURES` stand to the right."""

    COLUMNS: ClassVar[Sequence[tuple[str, int]]] = ()
    FIGURES: ClassVar[Sequence[int]] = ()

    def __init__(self, records: Iterable[R], wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._needle = ""
        self._hay: list[str] | None = None  # of those given, once it was asked for
        self.wording = wording
        self.take_records(records)

    @abstractmethod
    def cell(self, record: R, column: int) -> str | int:
        """What a cell says; a number is also sorted as one."""

    def ordered_by(self, record: R, column: int) -> str | int:
        return self.cell(record, column)

    def tip(self, record: R, column: int) -> str | None:
        """What hovering says."""
        del record, column
        return None

    def heading(self, column: int) -> str:
        return self.wording.text(self.COLUMNS[column][0])

    def show_records(self, records: Iterable[R]) -> None:
        self._hay = None
        self.take_records(records)

    def filter_by(self, text: str) -> None:
        """Those in which some cell has the text."""
        self._needle = _plain(text.strip())
        self.show_fitting()

    def order_key(self, record: R, column: int) -> str | int:
        found = self.ordered_by(record, column)
        return found.casefold() if isinstance(found, str) else found

    def fitting(self) -> Iterable[int]:
        if not self._needle:
            return super().fitting()
        if self._hay is None:
            columns = range(len(self.COLUMNS))
            self._hay = [_plain("\n".join(str(self.cell(r, column)) for column in columns)) for r in self._given]
        return [place for place, hay in enumerate(self._hay) if self._needle in hay]

    def at(self, row: int) -> R:
        found: R = self._shown[row]
        return found

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(section).upper()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.heading(section)
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        record, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            shown = self.cell(record, column)
            return self.wording.integer(shown) if isinstance(shown, int) else shown
        if role == SORT_ROLE:
            return self.ordered_by(record, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(record, column)
        return self._alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self.FIGURES else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


def _plain(text: str) -> str:
    """Blanks and minus as the keyboard has them; capitals do not matter."""
    return text.replace("\u00a0", " ").replace("\u2212", "-").casefold()
