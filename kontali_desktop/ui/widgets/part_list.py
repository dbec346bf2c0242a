"""A compact list of what makes up a sum: heading, rows that scroll within a bounded height, and the sum below."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.overlay_scroll_bar import OverlayScrollBar
from kontali_desktop.ui.widgets.paint import draw_text, focus_ring
from kontali_desktop.ui.widgets.text import ElidedLabel, Label

PART_ROLE = Qt.ItemDataRole.UserRole + 4  # a PartRow
ROW_HEIGHT = 24
AMOUNT_WIDTH = 112
MARGIN, BAR_MARGIN = 12, 18  # the scroll bar lies over the right one
GAP = 12.0
NAME_SHARE, REFERENCE_SHARE = 0.42, 0.30  # of what the amount leaves; the document has the rest
NAVIGATION = frozenset(
    (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part; `document` is where it goes, quiet where `has_document` is not so."""

    name: str
    reference: str
    document: str
    amount: str
    has_document: bool
    spoken: str


class _PartDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: PartView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del index
        return QSize(option.rect.width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(PART_ROLE)
        if not isinstance(row, PartRow):
            return
        theme, tokens = self._theme, self._theme.tokens
        rect = QRectF(option.rect)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        painter.fillRect(rect, tokens.highlight if is_current else tokens.surface)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.divider)
        font = theme.font(Size.SMALL, figures=True)
        room = rect.adjusted(MARGIN, 0, -BAR_MARGIN, -1)
        amount = QRectF(room.right() - AMOUNT_WIDTH, room.top(), AMOUNT_WIDTH, room.height())
        strong = theme.font(Size.SMALL, Weight.MEDIUM, figures=True)
        draw_text(painter, amount, row.amount, strong, tokens.text, align=Qt.AlignmentFlag.AlignRight)
        width = room.width() - AMOUNT_WIDTH
        quiet = tokens.of(Tone.QUIET)
        left = room.left()
        for text, share, colour in (
            (row.name, NAME_SHARE, tokens.text),
            (row.reference, REFERENCE_SHARE, quiet),
            (row.document, 1 - NAME_SHARE - REFERENCE_SHARE, tokens.text if row.has_document else quiet),
        ):
            draw_text(painter, QRectF(left, room.top(), width * share - GAP, room.height()), text, font, colour)
            left += width * share


class PartView(QTableView):
    """Over a model that answers `PART_ROLE`. Letters and Enter are the screen's commands; arrows move in the list."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setItemDelegate(_PartDelegate(theme, self))
        # A list view asks its model for every row at each change; a table's fixed sections ask for none.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().hide()
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        self._bar = OverlayScrollBar(self)
        theme.changed.connect(self.viewport().update)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, ROW_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key not in NAVIGATION or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        last = self.model().rowCount() - 1
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.setCurrentIndex(self.model().index(0 if key == Qt.Key.Key_Home else last, 0))
        else:
            super().keyPressEvent(event)
        event.accept()  # at either end too: the list under it is another one

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            focus_ring(painter, QRectF(self.viewport().rect()), self._theme.tokens.accent, 0)
            painter.end()


class PartList(QWidget):
    """`view` shows a model's rows; heading, remark and sum are the caller's words."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PartView(theme, name=name, parent=self)
        self._title = Label(theme, size=Size.SMALL, weight=Weight.STRONG)
        self._remark = ElidedLabel(theme, size=Size.SMALL, tone=Tone.QUIET)
        self._total_name = Label(theme, size=Size.SMALL, weight=Weight.STRONG)
        self._total_remark = ElidedLabel(theme, size=Size.SMALL, tone=Tone.QUIET)
        self._total = Label(theme, size=Size.SMALL, weight=Weight.STRONG, figures=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(_line(self._title, self._remark))
        layout.addWidget(self.view, 1)
        total = _line(self._total_name, self._total_remark, self._total)
        total.setContentsMargins(MARGIN, 2, BAR_MARGIN, 0)
        layout.addLayout(total)

    def set_model(self, model: QAbstractItemModel) -> None:
        self.view.setModel(model)

    def show_heading(self, title: str, remark: str) -> None:
        self._title.setText(title)
        self._remark.set_text(remark)
        self.view.setAccessibleName(", ".join(text for text in (title, remark) if text))

    def show_total(self, name: str, remark: str, amount: str, tone: Tone = Tone.QUIET) -> None:
        self._total_name.setText(name)
        self._total_remark.set_tone(tone)
        self._total_remark.set_text(remark)
        self._total.setText(amount)


def _line(first: Label, stretched: ElidedLabel, *rest: Label) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(10)
    line.addWidget(first)
    line.addWidget(stretched, 1)
    for label in rest:
        line.addWidget(label)
    return line
