"""The review list: headings over a virtualised list of two-sided rows."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEasingCurve,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QToolTip, QVBoxLayout, QWidget

from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.theme.metrics import HEADER_HEIGHT, PAGE_MARGIN, TWO_SIDED_HEIGHT, Size, Weight
from kontali_desktop.ui.widgets.overlay_scroll_bar import OverlayScrollBar
from kontali_desktop.ui.widgets.paint import draw_text
from kontali_desktop.ui.widgets.two_sided_delegate import ROW_ROLE, TwoSidedDelegate
from kontali_desktop.ui.widgets.two_sided_row import TwoSidedRow, row_layout

NAVIGATION = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class TwoSidedView(QTableView):
    """Any item model that answers `ROW_ROLE` with a `TwoSidedRow` and `AccessibleTextRole` with its `spoken`.

    A click on ✓ or ✕ emits and leaves the current row where it was.
    """

    accept_clicked = Signal(QModelIndex)
    reject_clicked = Signal(QModelIndex)

    def __init__(
        self, theme: Theme, *, name: str, accept_tip: str = "", reject_tip: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tips = (accept_tip, reject_tip)
        self._pressed: tuple[QModelIndex, bool] | None = None
        self._delegate = TwoSidedDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        # A list view asks its model for every row at each change; a table's fixed sections ask for none.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(TWO_SIDED_HEIGHT)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(TWO_SIDED_HEIGHT // 2)
        self._bar = OverlayScrollBar(self)
        self._motion = QVariantAnimation(self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._on_moved)
        self._theme = theme
        theme.changed.connect(self.viewport().update)

    def sizeHint(self) -> QSize:
        return QSize(720, 7 * TWO_SIDED_HEIGHT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A row that was made current before there was room is brought into view now.
        self.scrollTo(self.currentIndex())

    def close_gap(self, row: int) -> None:
        """A row has gone: those below slide up into its place, where motion is wanted."""
        if not self._theme.motion_ms:
            return
        self._motion.stop()
        self._delegate.gap = (row, float(TWO_SIDED_HEIGHT))
        self._motion.setStartValue(float(TWO_SIDED_HEIGHT))
        self._motion.setEndValue(0.0)
        self._motion.setDuration(self._theme.motion_ms)
        self._motion.start()

    def _on_moved(self, value: float) -> None:
        self._delegate.gap = (self._delegate.gap[0], value)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and figures are the screen's commands, not a search for a row that begins so."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self.model().rowCount() - 1
            self.setCurrentIndex(self.model().index(0 if key == Qt.Key.Key_Home else last, 0))
        elif key in NAVIGATION:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def rowsInserted(self, parent: QModelIndex | QPersistentModelIndex, start: int, end: int) -> None:
        """Rows that come above the current one leave it where the eye has it."""
        super().rowsInserted(parent, start, end)
        if end < self.currentIndex().row():
            self._shift(end - start + 1)

    def rowsAboutToBeRemoved(self, parent: QModelIndex | QPersistentModelIndex, start: int, end: int) -> None:
        super().rowsAboutToBeRemoved(parent, start, end)
        if end < self.currentIndex().row():
            self._shift(start - end - 1)

    def _shift(self, rows: int) -> None:
        self.updateGeometries()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + rows * TWO_SIDED_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._sign_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            super().mouseReleaseEvent(event)
        elif pressed == self._sign_at(event.position()):
            index, accept = pressed
            (self.accept_clicked if accept else self.reject_clicked).emit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # A fast second press on a sign is a press like the first.
        self._pressed = self._sign_at(event.position())
        if self._pressed is None:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(QPointF(-1, -1))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            sign = self._sign_at(QPointF(event.pos()))
            if sign is not None:
                QToolTip.showText(event.globalPos(), self._tips[0 if sign[1] else 1], self)
                return True
        return super().viewportEvent(event)

    def _hover(self, at: QPointF) -> None:
        self._delegate.hovered = at
        over = self._sign_at(at) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        self.viewport().update()

    def _sign_at(self, at: QPointF) -> tuple[QModelIndex, bool] | None:
        """The row whose sign is there, and whether it is ✓."""
        index = self.indexAt(at.toPoint())
        row = index.data(ROW_ROLE) if index.isValid() else None
        if not isinstance(row, TwoSidedRow) or not row.can_accept:
            return None
        layout = row_layout(QRectF(self.visualRect(index)), with_client=bool(row.client))
        if layout.accept.contains(at):
            return index, True
        return (index, False) if layout.reject.contains(at) else None


class _Headings(QWidget):
    def __init__(self, theme: Theme, texts: tuple[str, str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self.setFixedHeight(HEADER_HEIGHT)
        self.setAccessibleName(" · ".join(texts))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self._theme.tokens
        rect = QRectF(self.rect())
        painter.fillRect(rect, tokens.surface_raised)
        painter.fillRect(QRectF(0, 0, rect.width(), 1), tokens.divider)
        painter.fillRect(QRectF(0, rect.height() - 1, rect.width(), 1), tokens.divider)
        layout = row_layout(rect, with_client=False)
        font = self._theme.font(Size.LABEL, Weight.STRONG, spaced=True)
        left, middle, right = (text.upper() for text in self._texts)
        draw_text(painter, rect.adjusted(PAGE_MARGIN, 0, 0, 0), left, font, tokens.text_quiet)
        draw_text(painter, layout.middle, middle, font, tokens.text_quiet, align=Qt.AlignmentFlag.AlignHCenter)
        for edge in (layout.middle.left(), layout.middle.right() - 1):
            painter.fillRect(QRectF(edge, 0, 1, rect.height()), tokens.divider)
        draw_text(painter, layout.proposal, right, font, tokens.text_quiet)
        painter.end()


class TwoSidedList(QWidget):
    """Headings and `view`; `headings` are the bank's side, the middle and the proposal's side."""

    def __init__(
        self,
        theme: Theme,
        headings: tuple[str, str, str],
        *,
        name: str,
        accept_tip: str = "",
        reject_tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.view = TwoSidedView(theme, name=name, accept_tip=accept_tip, reject_tip=reject_tip, parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(_Headings(theme, headings, self))
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def set_model(self, model: QAbstractItemModel) -> None:
        self.view.setModel(model)

    def current_row(self) -> int:
        """The current row, -1 where there is none."""
        return self.view.currentIndex().row()

    def go_to(self, row: int) -> None:
        """Make a row the current one and bring it into view."""
        model = self.view.model()
        index: QModelIndex | QPersistentModelIndex = model.index(row, 0)
        if index.isValid():
            self.view.setCurrentIndex(index)
            if self.view.isVisible():
                self.view.scrollTo(index)
