"""A box to tick, with an edge that is seen in both themes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.theme.metrics import Weight
from kontali_desktop.ui.widgets.paint import draw_text, fill_box, focus_ring, text_width

BOX = 16
RADIUS = 4
GAP = 10
EDGE = 3  # room for the focus around it
HEIGHT = 24


class CheckBox(QCheckBox):
    """Qt's own, painted from the tokens."""

    def __init__(self, theme: Theme, text: str, *, figures: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._figures = figures
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(round(2 * EDGE + BOX + GAP + text_width(self._font(), self.text()) + 0.5), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * EDGE + BOX, HEIGHT)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self._theme.tokens
        rect = QRectF(self.rect())
        box = QRectF(EDGE, (rect.height() - BOX) / 2, BOX, BOX)
        is_live = self.isEnabled()
        if self.isChecked():
            fill_box(painter, box, tokens.accent if is_live else tokens.line, None, RADIUS)
            self._theme.paint_icon(painter, box.adjusted(2, 2, -2, -2), IconName.CHECK, tokens.on_accent)
        else:
            fill_box(painter, box, tokens.surface, tokens.field_line, RADIUS)
        room = rect.adjusted(EDGE + BOX + GAP, 0, 0, 0)
        draw_text(painter, room, self.text(), self._font(), tokens.text if is_live else tokens.text_quiet)
        if self.hasFocus():
            focus_ring(painter, box.adjusted(-EDGE, -EDGE, EDGE, EDGE), tokens.accent, RADIUS + 2)
        painter.end()

    def _font(self) -> QFont:
        return self._theme.font(weight=Weight.MEDIUM, figures=self._figures)
