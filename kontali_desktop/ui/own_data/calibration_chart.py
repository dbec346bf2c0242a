"""How sure the first proposals were, against how often they were right: on the line, the confidence is honest."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from kontali_desktop.services.own_data_test import CalibrationBin, OwnDataReport
from kontali_desktop.ui.own_data.words import bin_words, bounds, percent, spoken_bins
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.theme.metrics import Size
from kontali_desktop.ui.widgets.paint import draw_text
from kontali_desktop.wording.wording import Wording

AXIS, FOOT, HEAD, RIGHT = 48.0, 42.0, 8.0, 26.0
WIDTH, HEIGHT = 400, 206
STEPS = 4
LEAST_DOT, MOST_DOT, NEAR = 3.0, 8.0, 14.0


class CalibrationChart(QWidget):
    """A dot a span of confidence, larger where it rests on more lines, with the bounds of what is likely (95 %).

    Hovering tells a dot's figures; a screen reader hears all of them as the description.
    """

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._wording = theme, wording
        self._bins: Sequence[CalibrationBin] = ()
        self.setObjectName("calibration_chart")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(wording.text("own_data.chart"))
        theme.changed.connect(self.update)

    def show_report(self, report: OwnDataReport) -> None:
        self._bins = tuple(b for b in report.bins if b.share.n)
        self.setAccessibleDescription(spoken_bins(report, self._wording))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def dots(self) -> list[tuple[CalibrationBin, QPointF]]:
        """Where each span's dot is painted."""
        return [(b, QPointF(self._x(b.confidence or 0.0), self._y(b.share.value or 0.0))) for b in self._bins]

    def bin_at(self, point: QPointF) -> CalibrationBin | None:
        """The one whose dot is near."""
        near = [(math.dist((d.x(), d.y()), (point.x(), point.y())), b) for b, d in self.dots()]
        found = min(near, key=lambda pair: pair[0], default=None)
        return found[1] if found is not None and found[0] <= NEAR else None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self.bin_at(QPointF(event.pos()))
            told = ""
            if found is not None:
                low, high = bounds(found.share, self._wording)
                span, right = bin_words(found, self._wording)
                told = self._wording.text("own_data.tip", span=span, right=right, low=low, high=high)
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter)
        tokens = self._theme.tokens
        most = max((b.share.n for b in self._bins), default=1)
        dots = self.dots()
        painter.setPen(QPen(tokens.accent, 2))
        painter.drawPolyline([dot for _, dot in dots])
        for of, dot in dots:
            low, high = of.share.bounds
            painter.setPen(QPen(tokens.text_quiet, 1))
            painter.drawLine(QPointF(dot.x(), self._y(low)), QPointF(dot.x(), self._y(high)))
            for end in (low, high):
                painter.drawLine(QPointF(dot.x() - 3, self._y(end)), QPointF(dot.x() + 3, self._y(end)))
            radius = LEAST_DOT + (MOST_DOT - LEAST_DOT) * math.sqrt(of.share.n / most)
            painter.setPen(QPen(tokens.surface, 1))
            painter.setBrush(tokens.accent)
            painter.drawEllipse(dot, radius, radius)
        painter.end()

    def _paint_axes(self, painter: QPainter) -> None:
        tokens, plot = self._theme.tokens, self._plot
        font = self._theme.font(Size.LABEL, figures=True)
        for step in range(STEPS + 1):
            share = step / STEPS
            words = percent(share, self._wording)
            y = round(self._y(share))
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), tokens.divider)
            box = QRectF(0, y - 10, AXIS - 8, 20)
            draw_text(painter, box, words, font, tokens.text_quiet, align=Qt.AlignmentFlag.AlignRight)
            below = QRectF(self._x(share) - 30, plot.bottom() + 4, 60, 16)
            draw_text(painter, below, words, font, tokens.text_quiet, align=Qt.AlignmentFlag.AlignHCenter)
        painter.setPen(QPen(tokens.text_quiet, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), plot.bottom()), QPointF(plot.right(), plot.top()))
        name = QRectF(plot.left(), plot.bottom() + 21, plot.width(), 18)
        title = self._wording.text("own_data.axis")
        draw_text(painter, name, title, font, tokens.text_quiet, align=Qt.AlignmentFlag.AlignHCenter)

    @property
    def _plot(self) -> QRectF:
        return QRectF(AXIS, HEAD, self.width() - AXIS - RIGHT, self.height() - HEAD - FOOT)

    def _x(self, share: float) -> float:
        return self._plot.left() + self._plot.width() * share

    def _y(self, share: float) -> float:
        return self._plot.bottom() - self._plot.height() * share
