"""The table of a whole screen: rows from edge to edge, painted by one delegate, sorted by the model itself."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QHelpEvent, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import PAGE_MARGIN, ROW_HEIGHT, Size, Weight
from kontali_desktop.ui.widgets.column_widths import ColumnRoom, fitted
from kontali_desktop.ui.widgets.overlay_scroll_bar import OverlayScrollBar
from kontali_desktop.ui.widgets.paint import draw_text, text_width
from kontali_desktop.ui.widgets.table import TableView

CELL_ROLE = Qt.ItemDataRole.UserRole + 3  # a Cell
PADDING = 10.0
BAR_WIDTH = 3.0
CELL_ICON = 14.0
ICON_GAP = 4.0
MORE_GAP = 6.0
MORE_SHARE = 0.75  # of a cell that has both
LEAST_WIDTH = 64
NAVIGATION = frozenset(
    (
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    )
)
LETTERS = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """How one cell looks; `tip` is what hovering says, where it is more than the text itself.

    `more` stands quiet behind the text and gives way last; `icon` stands at the cell's end.
    """

    text: str
    tone: Tone = Tone.TEXT
    is_strong: bool = False
    is_right: bool = False
    tip: str = ""
    more: str = ""
    icon: IconName | None = None


class _CellDelegate(QStyledItemDelegate):
    """Asks the model for `CELL_ROLE` and paints what it gets."""

    def __init__(self, theme: Theme, view: RowTable) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(option.rect.width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            return
        tokens = self._theme.tokens
        rect = QRectF(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_current = index.row() == self._view.currentIndex().row()
        painter.fillRect(rect, tokens.highlight if is_selected else tokens.surface)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.divider)
        if is_current and self._view.is_first(index.column()):
            painter.fillRect(QRectF(rect.left(), rect.top(), BAR_WIDTH, rect.height() - 1), tokens.accent)
        room = self._room(rect, index)
        if cell.icon is not None:
            box = QRectF(room.right() - CELL_ICON, 0, CELL_ICON, CELL_ICON)
            box.moveTop(rect.top() + (rect.height() - 1 - CELL_ICON) / 2)
            self._theme.paint_icon(painter, box, cell.icon, tokens.text_quiet)
            room.setRight(box.left() - ICON_GAP)
        if cell.more:
            room = self._paint_more(painter, room, cell)
        align = Qt.AlignmentFlag.AlignRight if cell.is_right else Qt.AlignmentFlag.AlignLeft
        draw_text(painter, room, cell.text, self._font(cell), tokens.of(cell.tone), align=align)

    def _paint_more(self, painter: QPainter, room: QRectF, cell: Cell) -> QRectF:
        """Behind the text where both fit, else at the cell's end; gives the room that is left to the text."""
        font = self._theme.font(Size.BODY, figures=True)
        gap = MORE_GAP if cell.text else 0.0
        needed = min(text_width(font, cell.more), room.width() * (MORE_SHARE if cell.text else 1.0))
        shown = min(text_width(self._font(cell), cell.text), room.width() - needed - gap)
        box = QRectF(room.left() + shown + gap, room.top(), needed + 0.5, room.height())
        draw_text(painter, box, cell.more, font, self._theme.tokens.text_quiet)
        return QRectF(room.left(), room.top(), shown, room.height())

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """What hovering says: the cell's own tip, else its text where it did not fit."""
        cell = index.data(CELL_ROLE)
        if event.type() != QEvent.Type.ToolTip or not isinstance(cell, Cell):
            return super().helpEvent(event, view, option, index)
        whole = f"{cell.text} {cell.more}".strip()
        extra = CELL_ICON + ICON_GAP if cell.icon is not None else 0
        is_cut = text_width(self._font(cell), whole) + extra > self._room(QRectF(option.rect), index).width() + 0.5
        QToolTip.showText(event.globalPos(), cell.tip or (whole if is_cut else ""), view)
        return True

    def _room(self, rect: QRectF, index: Index) -> QRectF:
        left = PAGE_MARGIN if self._view.is_first(index.column()) else PADDING
        right = PAGE_MARGIN if self._view.is_last(index.column()) else PADDING
        return rect.adjusted(left, 0, -right, -1)

    def _font(self, cell: Cell) -> QFont:
        return self._theme.font(Size.BODY, Weight.MEDIUM if cell.is_strong else Weight.REGULAR, figures=True)


class RowTable(TableView):
    """Over a model that answers `CELL_ROLE` and sorts itself in `sort`; headings sort when clicked.

    Letters are the screen's commands, J and K apart; Ctrl+C copies the selected rows with tabs between the cells.
    The columns share the width there is, so that none is out of sight; one that a person drew keeps that width.
    """

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name=name, parent=parent)
        self.setProperty("page", "true")
        self._ends = (0, 0)
        self._rooms: list[ColumnRoom] = []
        self._stretch = 0
        self._left_out: frozenset[int] = frozenset()  # columns that the screen does not show
        self._is_fitting = False
        self.setItemDelegate(_CellDelegate(theme, self))
        self.horizontalHeader().setMinimumSectionSize(LEAST_WIDTH)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        self._bar = OverlayScrollBar(self)
        theme.changed.connect(self.viewport().update)

    def set_own_model(
        self, model: QAbstractItemModel, *, rooms: Sequence[ColumnRoom], stretch: int, sort: int, order: Qt.SortOrder
    ) -> None:
        """Show a model as it is; `stretch` is the column that takes the room left over."""
        headings = self.horizontalHeader()
        headings.setSortIndicator(sort, order)  # before the model, which is sorted once by it
        QTableView.setModel(self, model)
        self._rooms, self._stretch = list(rooms), stretch
        self._fit()
        headings.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        headings.sectionResized.connect(self._on_drawn)

    def show_column(self, column: int, *, shown: bool) -> None:
        self._left_out = self._left_out - {column} if shown else self._left_out | {column}
        self._fit()

    def need_width(self, column: int, texts: Iterable[str], *, least: int) -> None:
        """Make a column as wide as the widest text, in the stronger weight; it never becomes narrower by that."""
        ends = (PAGE_MARGIN if self.is_first(column) else PADDING) + (PAGE_MARGIN if self.is_last(column) else PADDING)
        font = self._theme.font(Size.BODY, Weight.MEDIUM, figures=True)
        width = max((text_width(font, text) for text in texts), default=0)
        needed = max(least, self._rooms[column].least, math.ceil(width + ends))
        self._rooms[column] = replace(self._rooms[column], wanted=needed, least=needed)
        self._fit()

    def is_first(self, column: int) -> bool:
        return column == self._ends[0]

    def is_last(self, column: int) -> bool:
        return column == self._ends[1]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._selected_text())
        elif key in LETTERS and not event.modifiers():
            super().keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, LETTERS[key], event.modifiers()))
        elif key in NAVIGATION or event.matches(QKeySequence.StandardKey.SelectAll):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        rooms = [None if column in self._left_out else room for column, room in enumerate(self._rooms)]
        self._is_fitting = True
        for column, width in enumerate(fitted(rooms, self.viewport().width())):
            self.setColumnHidden(column, width == 0)
            if width and column != self._stretch:
                self.setColumnWidth(column, width)
        self._is_fitting = False
        self._find_ends()

    def _on_drawn(self, column: int, _before: int, width: int) -> None:
        if not self._is_fitting and width and column != self._stretch:
            room = self._rooms[column]
            self._rooms[column] = replace(room, wanted=width, least=min(width, room.least))

    def _find_ends(self) -> None:
        shown = [c for c in range(self.model().columnCount()) if not self.isColumnHidden(c)]
        self._ends = (shown[0], shown[-1]) if shown else (0, 0)

    def _selected_text(self) -> str:
        model = self.model()
        shown = [c for c in range(model.columnCount()) if not self.isColumnHidden(c)]
        rows = sorted(index.row() for index in self.selectionModel().selectedRows(shown[0]))
        return "\n".join("\t".join(str(model.index(row, c).data()) for c in shown) for row in rows)
