"""The rules in their order: each a sentence that is never cut, and below it how it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kontali_desktop.domain.ids import RuleId
from kontali_desktop.ui.rules.rows import RuleRow
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import ENTER
from kontali_desktop.ui.widgets.paint import draw_text
from kontali_desktop.wording.wording import Wording

RULE_ROLE = Qt.ItemDataRole.UserRole + 5  # a RuleRow
Index = QModelIndex | QPersistentModelIndex
NUMBER_WIDTH, SIDE, TOP, STATE_HEIGHT, DOT, BAR = 34, 14, 9, 20, 8, 3
_ROOT = QModelIndex()
_WRAPPED = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignTop.value


class RuleModel(QAbstractListModel):
    """A row a rule."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[RuleRow, ...] = ()

    def show_rows(self, rows: Sequence[RuleRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == RULE_ROLE:
            return row
        return row.spoken if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None


class _RuleDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: RuleList) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        row = index.data(RULE_ROLE)
        width = self._view.viewport().width()
        return QSize(width, self.row_height(row, width))

    def row_height(self, row: RuleRow, width: int) -> int:
        return self._sentence_height(row, width) + STATE_HEIGHT + 2 * TOP

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(RULE_ROLE)
        if not isinstance(row, RuleRow):
            return
        tokens, rect = self._theme.tokens, QRectF(option.rect)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, tokens.highlight if is_current else tokens.surface)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.divider)
        if is_current:
            painter.fillRect(QRectF(rect.left(), rect.top(), BAR, rect.height() - 1), tokens.accent)
            if self._view.hasFocus():
                for top in (rect.top(), rect.bottom() - 2):
                    painter.fillRect(QRectF(rect.left(), top, rect.width(), 1), tokens.accent)
        font = self._font(row)
        number = QRectF(rect.left() + SIDE, rect.top() + TOP, NUMBER_WIDTH - 8, QFontMetrics(font).lineSpacing())
        draw_text(painter, number, row.number, self._theme.font(figures=True), tokens.text_quiet)
        room = rect.adjusted(SIDE + NUMBER_WIDTH, TOP, -SIDE, 0)
        room.setHeight(self._sentence_height(row, option.rect.width()))
        painter.setFont(font)
        painter.setPen(tokens.text if row.is_active else tokens.text_quiet)
        painter.drawText(room, _WRAPPED, row.sentence)
        self._paint_state(painter, QRectF(room.left(), room.bottom() + 2, room.width(), STATE_HEIGHT), row)

    def _paint_state(self, painter: QPainter, room: QRectF, row: RuleRow) -> None:
        tokens = self._theme.tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.of(row.tone))
        painter.setBrush(tokens.of(row.tone) if row.is_active else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(room.left() + 0.5, room.center().y() - DOT / 2 + 0.5, DOT - 1, DOT - 1))
        words = room.adjusted(DOT + 8, 0, 0, 0)
        draw_text(painter, words, row.state, self._theme.font(Size.SMALL, figures=True), tokens.text_quiet)

    def _sentence_height(self, row: RuleRow, width: int) -> int:
        room = max(80, width - NUMBER_WIDTH - 2 * SIDE)
        return QFontMetrics(self._font(row)).boundingRect(0, 0, room, 10_000, _WRAPPED, row.sentence).height()

    def _font(self, row: RuleRow) -> QFont:
        return self._theme.font(weight=Weight.MEDIUM if row.is_active else Weight.REGULAR, figures=True)


class RuleList(QListView):
    """Each signal carries the chosen rule's id; keys do the same as the buttons."""

    edit_wanted = Signal(object)
    toggle_wanted = Signal(object)
    remove_wanted = Signal(object)
    move_wanted = Signal(object, int)
    current_changed = Signal()

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self.model_ = RuleModel(self)
        self.setModel(self.model_)
        self.setObjectName("rule_list")
        self.setAccessibleName(wording.text("rules.list"))
        self._painter = _RuleDelegate(theme, self)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(lambda _index: self._say(self.edit_wanted))
        self.selectionModel().currentChanged.connect(lambda *_: self.current_changed.emit())
        theme.changed.connect(self.viewport().update)

    @property
    def chosen(self) -> RuleRow | None:
        index = self.currentIndex()
        return self.model_.rows[index.row()] if index.isValid() else None

    @property
    def place(self) -> int:
        return self.currentIndex().row()

    def show_rows(self, rows: Sequence[RuleRow], chosen: RuleId | None) -> None:
        """With this one current, else the one that stood in the same place."""
        before = max(0, self.place)
        self.model_.show_rows(rows)
        if rows:
            place = next((n for n, row in enumerate(rows) if row.id == chosen), min(before, len(rows) - 1))
            self.setCurrentIndex(self.model_.index(place, 0))

    def content_height(self, width: int) -> int:
        """Of all rows."""
        return sum(self._painter.row_height(row, width) for row in self.model_.rows) + 2

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, by = Qt.Key(event.key()), {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        chosen = self.chosen
        if key in by and event.modifiers() & Qt.KeyboardModifier.AltModifier and chosen is not None:
            self.move_wanted.emit(chosen.id, by[key])
        elif key in ENTER and chosen is not None:
            self.edit_wanted.emit(chosen.id)
        elif key == Qt.Key.Key_Space:
            self._say(self.toggle_wanted)
        elif key == Qt.Key.Key_Delete:
            self._say(self.remove_wanted)
        elif key in by or key in (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _say(self, wanted: SignalInstance) -> None:
        if self.chosen is not None:
            wanted.emit(self.chosen.id)
