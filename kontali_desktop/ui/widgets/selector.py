"""The button that shows what is chosen and opens the list of what can be: the client on top of the sidebar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.theme.metrics import FIELD_HEIGHT, ICON, SIDEBAR_WIDTH, Size, Weight
from kontali_desktop.ui.widgets.buttons import PaintedButton
from kontali_desktop.ui.widgets.paint import draw_text, fill_box, focus_ring

RADIUS = 8
CARET = 14


class SelectorButton(PaintedButton):
    """`chosen` carries the key of the entry; `set_entries` fills the menu with (key, text) pairs."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, text: str, icon: IconName, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, text, parent)
        self._icon_name = icon
        self._name = name
        self._menu = QMenu(self)
        self.setAccessibleName(f"{name}: {text}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_menu)

    def set_entries(self, entries: Sequence[tuple[str, str]], current: str) -> None:
        """Fill the menu and show the current entry's text."""
        self._menu.clear()
        for key, text in entries:
            action = QAction(text, self._menu)
            action.setData(key)
            action.setCheckable(True)
            action.setChecked(key == current)
            action.triggered.connect(self._triggered)
            self._menu.addAction(action)
            if key == current:
                self.set_text(text)
                self.setToolTip(text)
        self.setAccessibleName(f"{self._name}: {self.text()}")

    def open_menu(self) -> None:
        """Show the menu below the button; returns at once."""
        if not self._menu.isEmpty():
            self._menu.setMinimumWidth(self.width())
            self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def sizeHint(self) -> QSize:
        return QSize(SIDEBAR_WIDTH - 2 * RADIUS, FIELD_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self.theme.tokens
        rect = QRectF(self.rect())
        fill_box(painter, rect, tokens.selected if self.underMouse() else None, tokens.line, RADIUS)
        middle = rect.height() / 2
        self.theme.paint_icon(painter, QRectF(11, middle - ICON / 2, ICON, ICON), self._icon_name, tokens.text)
        room = rect.adjusted(37, 0, -27, 0)
        draw_text(painter, room, self.text(), self.theme.font(Size.BODY, Weight.STRONG), tokens.text)
        caret = QRectF(rect.right() - 25, middle - CARET / 2, CARET, CARET)
        self.theme.paint_icon(painter, caret, IconName.CARET_DOWN, tokens.text_quiet)
        if self.hasFocus():
            focus_ring(painter, rect, tokens.accent, RADIUS)
        painter.end()

    def _triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(str(action.data()))
