"""A field that shows what is chosen and opens the list of what can be."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from kontali_desktop.ui.theme import IconName, Theme

CARET = 14.0
INSET = 10.0


class ComboBox(QComboBox):
    """Qt's combo box with the theme's caret in place of the arrow that a style sheet takes away."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        box = QRectF(self.width() - INSET - CARET, (self.height() - CARET) / 2, CARET, CARET)
        self._theme.paint_icon(painter, box, IconName.CARET_DOWN, self._theme.tokens.text_quiet)
        painter.end()
