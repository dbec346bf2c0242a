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
    """`COLUMNS` have a heading's key and a width each; the columns of `FIGURES` stand to the right.

    With `CAPITALS` the headings look as those of the screens' lists; they take a little more room.

    It sorts and filters its records itself, asking each once: a proxy would ask twice for each comparison and for
    every cell at every letter, seconds with 10,000 rows.
    """

    COLUMNS: ClassVar[Sequence[tuple[str, int]]] = ()
    FIGURES: ClassVar[Sequence[int]] = ()
    CAPITALS: ClassVar[bool] = False

    def __init__(self, records: Iterable[R], wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given = self._records = tuple(records)
        self._needle = ""
        self._hay: list[str] | None = None  # of those given, once it was asked for
        self._sorted_by, self._order = -1, Qt.SortOrder.AscendingOrder
        self.wording = wording

    @abstractmethod
    def cell(self, record: R, column: int) -> str | int:
        """What a cell says; a number is also sorted as one."""

    def sorted_by(self, record: R, column: int) -> str | int:
        return self.cell(record, column)

    def tip(self, record: R, column: int) -> str | None:
        """What hovering says."""
        del record, column
        return None

    def heading(self, column: int) -> str:
        return self.wording.text(self.COLUMNS[column][0])

    def show_records(self, records: Iterable[R]) -> None:
        self.beginResetModel()
        self._given, self._hay = tuple(records), None
        self._records = self._sorted()
        self.endResetModel()

    def filter_by(self, text: str) -> None:
        """Those in which some cell has the text."""
        self.beginResetModel()
        self._needle = _plain(text.strip())
        self._records = self._sorted()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By the column; −1: as they were given. Equal ones keep the order in which they were given."""
        if (column, order) == (self._sorted_by, self._order):
            return
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self._records[index.row()]) for index in self.persistentIndexList()]
        self._sorted_by, self._order = column, order
        self._records = self._sorted()
        places = {id(record): place for place, record in enumerate(self._records)}
        for index, record in kept:
            self.changePersistentIndex(index, self.index(places[id(record)], index.column()))
        self.layoutChanged.emit()

    def at(self, row: int) -> R:
        return self._records[row]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(section).upper() if self.CAPITALS else self.heading(section)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.heading(section)
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        record, column = self._records[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            shown = self.cell(record, column)
            return self.wording.integer(shown) if isinstance(shown, int) else shown
        if role == SORT_ROLE:
            return self.sorted_by(record, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(record, column)
        return self._alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _sorted(self) -> tuple[R, ...]:
        column, fitting = self._sorted_by, self._fitting()
        if column < 0:
            return fitting

        def key(record: R) -> str | int:
            found = self.sorted_by(record, column)
            return found.casefold() if isinstance(found, str) else found

        is_falling = self._order is Qt.SortOrder.DescendingOrder
        return tuple(sorted(fitting, key=key, reverse=is_falling))

    def _fitting(self) -> tuple[R, ...]:
        if not self._needle:
            return self._given
        if self._hay is None:
            columns = range(len(self.COLUMNS))
            self._hay = [_plain("\n".join(str(self.cell(r, column)) for column in columns)) for r in self._given]
        return tuple(r for r, hay in zip(self._given, self._hay, strict=True) if self._needle in hay)

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self.FIGURES else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


def _plain(text: str) -> str:
    """Blanks and minus as the keyboard has them; capitals do not matter."""
    return text.replace("\u00a0", " ").replace("\u2212", "-").casefold()
