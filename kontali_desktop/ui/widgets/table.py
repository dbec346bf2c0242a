"""Tables: rows of 30 pixels, quiet headings, amounts to the right, sortable."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QObject,
    QRect,
    QRegularExpression,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.theme.metrics import HEADER_HEIGHT, ROW_HEIGHT, Size, Weight

FEWEST_ROWS, EDGES, FOCUS_LINE = 3, 2, 1
AROUND_HEADING = 28  # the style sheet's blank on both sides, and a pixel that rounding takes
SORT_ROLE = Qt.ItemDataRole.UserRole + 2  # what a column sorts by: a number, a date as ISO text, a name


class SelfOrdering(QAbstractTableModel):
    """A model that sorts and filters its own records: a proxy would ask it for every cell, again and again.

    What a column sorts by is asked once a record. Equal ones keep the order in which they came.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        sorted_by: int = -1,
        order: Qt.SortOrder = Qt.SortOrder.AscendingOrder,
    ) -> None:
        super().__init__(parent)
        self._sorted_by, self._order = sorted_by, order
        self._given: tuple[Any, ...] = ()  # as they came
        self._shown: tuple[Any, ...] = ()
        self._keys: dict[int, list[Any]] = {}  # of those given, by column

    @abstractmethod
    def order_key(self, record: Any, column: int) -> Any:  # noqa: ANN401 - whatever compares within one column
        """What a column sorts a record by."""

    @abstractmethod
    def filter_by(self, text: str) -> None:
        """Show only the rows in which some column has the text."""

    def fitting(self) -> Iterable[int]:
        """The places of the records that are shown, among those given."""
        return range(len(self._given))

    @property
    def sorted_by(self) -> tuple[int, Qt.SortOrder]:
        return self._sorted_by, self._order

    def take_records(self, records: Iterable[Any]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._given, self._keys = tuple(records), {}
        self._shown = self._ordered()
        self.endResetModel()

    def show_fitting(self) -> None:
        """Another filter over the same records."""
        self.beginResetModel()
        self._shown = self._ordered()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By the column; −1: as they came. The current and the chosen rows stay so."""
        if column >= self.columnCount() or (column, order) == self.sorted_by:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = {id(self._shown[index.row()]): index.row() for index in before}
        self._sorted_by, self._order = column, order
        self._shown = self._ordered()
        places = {kept[id(r)]: place for place, r in enumerate(self._shown) if id(r) in kept} if kept else {}
        self.changePersistentIndexList(before, [self.index(places[i.row()], i.column()) for i in before])
        self.layoutChanged.emit()

    def _ordered(self) -> tuple[Any, ...]:
        column, places = self._sorted_by, self.fitting()
        if column >= 0:
            if column not in self._keys:
                self._keys[column] = [self.order_key(record, column) for record in self._given]
            is_falling = self._order is Qt.SortOrder.DescendingOrder
            places = sorted(places, key=self._keys[column].__getitem__, reverse=is_falling)
        return tuple(map(self._given.__getitem__, places))


class _Proxy(QSortFilterProxyModel):
    """Leaves the order to a model that sorts itself."""

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        model = self.sourceModel()
        if isinstance(model, SelfOrdering):
            model.sort(column, order)
        else:
            super().sort(column, order)


class TableView(QTableView):
    """A read-only table over a model that answers `SORT_ROLE`.

    The model right-aligns amounts by `TextAlignmentRole`, in the headings too; `proxy` sorts and filters.
    """

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = 0
        self.proxy = _Proxy(self)
        self.proxy.setSortRole(SORT_ROLE)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.proxy.setFilterKeyColumn(-1)
        self.setAccessibleName(name)
        self.setFont(theme.font(figures=True))
        self.setShowGrid(False)
        self.setSortingEnabled(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        headings = self.horizontalHeader()
        headings.setFont(theme.font(Size.LABEL, Weight.STRONG, spaced=True))
        headings.setFixedHeight(HEADER_HEIGHT)
        headings.setHighlightSections(False)
        headings.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The current row has the keyboard, all of it: the style sheet could only mark its first cell."""
        super().paintEvent(event)
        row = self.currentIndex().row()
        if row < 0 or not self.hasFocus():
            return
        top, high = self.rowViewportPosition(row), self.rowHeight(row)
        painter = QPainter(self.viewport())
        for line in (top, top + high - FOCUS_LINE):
            painter.fillRect(QRect(0, line, self.viewport().width(), FOCUS_LINE), self._theme.tokens.accent)
        painter.end()

    def want_rows(self, rows: int) -> None:
        """As high as so many rows where there is room for them, and never lower than a few."""
        self._rows = rows
        self.setMinimumHeight(HEADER_HEIGHT + ROW_HEIGHT * min(rows, FEWEST_ROWS) + EDGES)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), HEADER_HEIGHT + ROW_HEIGHT * self._rows + EDGES) if self._rows else hint

    def set_model(self, model: QAbstractItemModel, *, widths: Sequence[int] = (), stretch: int = -1) -> None:
        """Show a model through `proxy`; `stretch` is the column that takes the room left over."""
        self.proxy.setSourceModel(model)
        self.setModel(self.proxy)
        headings = self.horizontalHeader()
        for column, width in enumerate(widths):
            self.setColumnWidth(column, max(width, self.heading_width(column)))
        if stretch >= 0:
            headings.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)

    def heading_width(self, column: int) -> int:
        """What a column's heading takes, as it is written."""
        headings = self.horizontalHeader()
        said = str(self.model().headerData(column, Qt.Orientation.Horizontal) or "")
        return headings.fontMetrics().horizontalAdvance(said) + AROUND_HEADING

    def filter_by(self, text: str) -> None:
        """Show only the rows in which some column has the text; blanks and minus are typed as the keyboard has them."""
        model = self.proxy.sourceModel()
        if isinstance(model, SelfOrdering):
            model.filter_by(text)
            return
        pattern = QRegularExpression.escape(text.strip())
        for typed, shown in (("\\ ", "[ \u00a0]"), ("\\-", "[-\u2212]")):
            pattern = pattern.replace(typed, shown)
        self.proxy.setFilterRegularExpression(
            QRegularExpression(pattern, QRegularExpression.PatternOption.CaseInsensitiveOption)
        )
