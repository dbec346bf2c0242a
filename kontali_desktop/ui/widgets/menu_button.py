"""Buttons that open a menu: a text with a caret, and the three dots."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QWidget

from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.theme.metrics import RADIUS
from kontali_desktop.ui.widgets.buttons import IconButton, PaintedButton
from kontali_desktop.ui.widgets.paint import draw_text, fill_box, focus_ring, text_width

CARET = 12
GAP = 5
HEIGHT = 22
MARGIN = 4


class MenuButton(PaintedButton):
    """Shows what is chosen; `chosen` carries the key of another choice."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._name = name
        self._menu = QMenu(self)
        self.clicked.connect(self.open_menu)

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str) -> None:
        """Pairs of key and text."""
        self._menu.clear()
        for key, text in choices:
            action = QAction(text, self._menu)
            action.setObjectName(key)
            action.setCheckable(True)
            action.setChecked(key == current)
            action.triggered.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._menu.addAction(action)
            if key == current:
                self.set_text(text)
        self.setAccessibleName(f"{self._name}: {self.text()}")

    def open_menu(self) -> None:
        """Show the menu below the button; returns at once."""
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def sizeHint(self) -> QSize:
        return QSize(round(text_width(self.theme.font(), self.text()) + GAP + CARET + 2 * MARGIN + 0.5), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self.theme.tokens
        rect = QRectF(self.rect())
        if self.underMouse() and self.isEnabled():
            fill_box(painter, rect, tokens.selected, None, RADIUS)
        colour = tokens.text if self.isEnabled() else tokens.text_quiet
        width = text_width(self.theme.font(), self.text())
        room = rect.adjusted(MARGIN, 0, -MARGIN, 0)
        draw_text(painter, room, self.text(), self.theme.font(), colour)
        left = min(MARGIN + width + GAP, rect.width() - CARET)
        box = QRectF(left, (rect.height() - CARET) / 2, CARET, CARET)
        self.theme.paint_icon(painter, box, IconName.CARET_DOWN, tokens.text_quiet)
        if self.hasFocus():
            focus_ring(painter, rect, tokens.accent, RADIUS)
        painter.end()


class MoreButton(IconButton):
    """Three dots over a menu of rarer things; `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, IconName.DOTS, name, framed=True, parent=parent)
        self._menu = QMenu(self)
        self.clicked.connect(self.open_menu)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Pairs of key and text."""
        self._menu.clear()
        for key, text in choices:
            action = QAction(text, self._menu)
            action.setObjectName(key)
            action.triggered.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._menu.addAction(action)

    def open_menu(self) -> None:
        """Show the menu with its right edge at the button's; returns at once."""
        width = self._menu.sizeHint().width()
        self._menu.popup(self.mapToGlobal(QPoint(self.width() - width, self.height() + 2)))
