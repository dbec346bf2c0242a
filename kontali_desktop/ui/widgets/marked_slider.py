"""A slider with one value marked on it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from kontali_desktop.ui.theme import Theme

MARK, MARK_ROOM = 5.0, 8


class MarkedSlider(QSlider):
    """Qt's horizontal slider; a small arrow below points at `mark`."""

    def __init__(self, theme: Theme, mark: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._mark = mark
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), hint.height() + MARK_ROOM)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        room = self.width() - handle.width()
        at = QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), self._mark, room) + handle.width() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens.text_quiet)
        foot = self.height() - 1.0
        points = [QPointF(at, foot - MARK), QPointF(at - MARK, foot), QPointF(at + MARK, foot)]
        painter.drawPolygon(QPolygonF(points))
        painter.end()
