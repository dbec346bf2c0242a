"""Bars of the newest booking days: what is done by the program, by the person, and what waits."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from kontali_desktop.ui.overview.rows import DayBar
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.theme.tokens import Tokens
from kontali_desktop.ui.widgets.paint import draw_text, text_width
from kontali_desktop.wording.wording import Wording

AXIS = 46.0
FOOT = 38.0
HEAD = 14.0
HEIGHT = 190
MOST_WIDTH = 34.0
LINES = 2  # besides the base line
MINIMUM = 2.0  # pixels of a part that is not nothing


def colours(tokens: Tokens) -> tuple[QColor, QColor, QColor]:
    """Automatic, by the person, waiting; each also has its word and its place in the bar."""
    return (tokens.accent, _mixed(tokens.accent, tokens.surface_raised, 0.5), tokens.scroll)


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    def part(a: int, b: int) -> int:
        return round(a * share + b * (1 - share))

    return QColor(part(one.red(), other.red()), part(one.green(), other.green()), part(one.blue(), other.blue()))


def nice_top(most: int) -> int:
    """The least of 10, 20, 50, 100, 200 … that the highest bar fits under."""
    top = 10
    for step in itertools.cycle((2, 2.5, 2)):
        if top >= most:
            break
        top = round(top * step)
    return top


class DayChart(QWidget):
    """Hovering over a bar tells its figures; a screen reader hears all of them as the description."""

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._wording = theme, wording
        self._bars: tuple[DayBar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(wording.text("overview.chart_name"))
        theme.changed.connect(self.update)

    def show_bars(self, bars: Sequence[DayBar]) -> None:
        self._bars = tuple(bars)
        self.setAccessibleDescription("\n".join(bar.spoken for bar in bars))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, HEIGHT)

    def bar_at(self, x: float) -> DayBar | None:
        """The bar whose share of the width holds this point."""
        if not self._bars or x < AXIS:
            return None
        place = int((x - AXIS) / ((self.width() - AXIS) / len(self._bars)))
        return self._bars[place] if place < len(self._bars) else None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            bar = self.bar_at(event.pos().x())
            QToolTip.showText(event.globalPos(), bar.spoken if bar else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        plot = QRectF(AXIS, HEAD, self.width() - AXIS, self.height() - HEAD - FOOT)
        top = nice_top(max((bar.total for bar in self._bars), default=0))
        self._paint_lines(painter, plot, top)
        if self._bars:
            room = plot.width() / len(self._bars)
            for place, bar in enumerate(self._bars):
                column = QRectF(plot.left() + place * room, plot.top(), room, plot.height())
                self._paint_bar(painter, column, bar, top, is_last=place == len(self._bars) - 1)
        painter.end()

    def _paint_lines(self, painter: QPainter, plot: QRectF, top: int) -> None:
        tokens = self._theme.tokens
        font = self._theme.font(Size.LABEL, figures=True)
        for step in range(LINES + 1):
            value = top * step // LINES
            y = round(plot.bottom() - plot.height() * step / LINES)
            painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), tokens.divider)
            box = QRectF(0, y - 10, AXIS - 10, 20)
            draw_text(
                painter,
                box,
                self._wording.integer(value),
                font,
                tokens.text_quiet,
                align=Qt.AlignmentFlag.AlignRight,
            )

    def _paint_bar(self, painter: QPainter, column: QRectF, bar: DayBar, top: int, *, is_last: bool) -> None:
        tokens = self._theme.tokens
        width = min(MOST_WIDTH, column.width() * 0.66)
        left = round(column.center().x() - width / 2)
        bottom = column.bottom()
        for part, colour in zip((bar.automatic, bar.by_person, bar.waiting), colours(tokens), strict=True):
            if part:
                height = max(MINIMUM, column.height() * part / top)
                painter.fillRect(QRectF(left, bottom - height, width, height), colour)
                bottom -= height
        middle = Qt.AlignmentFlag.AlignHCenter
        strong = self._theme.font(Size.LABEL, Weight.STRONG, figures=True)
        figure = self._wording.integer(bar.total)
        if text_width(strong, figure) <= column.width():
            box = QRectF(column.left(), bottom - 16, column.width(), 16)
            behind = text_width(strong, figure) + 6  # so that no line of the axis runs through it
            painter.fillRect(QRectF(box.center().x() - behind / 2, box.top() + 2, behind, 13), tokens.surface_raised)
            draw_text(
                painter,
                box,
                figure,
                strong if is_last else self._theme.font(Size.LABEL, figures=True),
                tokens.text if is_last else tokens.text_quiet,
                align=middle,
            )
        font = strong if is_last else self._theme.font(Size.LABEL, figures=True)
        colour = tokens.text if is_last else tokens.text_quiet
        origin = QPointF(column.left() - 4, column.bottom() + 5)
        for line, words in enumerate((bar.weekday, bar.day)):
            box = QRectF(origin.x(), origin.y() + 15 * line, column.width() + 8, 16)
            draw_text(painter, box, words, font, colour, align=middle)
