"""A field that shows what is chosen and opens the list of what can be."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from kontali_desktop.ui.theme import IconName, Theme

CARET = 14.0
INSET = 10.0
TEXT_MARGIN = 2


class ComboBox(QComboBox):
    """Qt's combo box with the theme's caret in place of the arrow that a style sheet takes away."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt's, but what has no room ends in an ellipsis instead of being cut."""
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(kind, option, part, self).width() - TEXT_MARGIN
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        painter = QStylePainter(self)
        painter.drawComplexControl(kind, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        box = QRectF(self.width() - INSET - CARET, (self.height() - CARET) / 2, CARET, CARET)
        self._theme.paint_icon(painter, box, IconName.CARET_DOWN, self._theme.tokens.text_quiet)
        painter.end()
