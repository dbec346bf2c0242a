"""A box to tick, seen in both themes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.theme.metrics import GRID
from kontali_desktop.ui.widgets.paint import draw_text, fill_box, focus_ring, text_width

SIDE = 16.0
GAP = 9.0
INSET = 3.0
HEIGHT = 24


class CheckBox(QCheckBox):
    """Qt's check box with a face of the theme's own: Fusion's edge disappears on a dark surface."""

    def __init__(self, theme: Theme, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        width = INSET + SIDE + INSET
        if self.text():
            width += GAP + text_width(self._theme.font(), self.text()) + GRID
        return QSize(round(width + 0.5), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self._theme.tokens
        rect = QRectF(self.rect())
        box = QRectF(INSET, (rect.height() - SIDE) / 2, SIDE, SIDE)
        is_on = self.isChecked()
        edge = tokens.field_line if self.isEnabled() else tokens.divider
        if is_on:
            fill_box(painter, box, tokens.accent if self.isEnabled() else tokens.text_quiet, None, 4)
            self._theme.paint_icon(painter, box.adjusted(2, 2, -2, -2), IconName.CHECK, tokens.on_accent)
        else:
            fill_box(painter, box, tokens.surface, tokens.accent if self.underMouse() else edge, 4)
        if self.hasFocus():
            focus_ring(painter, box.adjusted(-3, -3, 3, 3), tokens.accent, 6)
        colour = tokens.text if self.isEnabled() else tokens.text_quiet
        draw_text(painter, rect.adjusted(box.right() + GAP, 0, 0, 0), self.text(), self._theme.font(), colour)
        painter.end()
