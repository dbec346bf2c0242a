"""Small painting helpers shared by the widgets that draw themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight

MARK_PADDING = 3.0
MARK_RADIUS = 3.0
FOCUS_WIDTH = 2.0


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one look; `marked` puts the colour of agreement behind it."""

    text: str
    tone: Tone = Tone.TEXT
    strong: bool = False
    marked: bool = False


def plain(runs: Iterable[Run]) -> str:
    """The text of the pieces, for a screen reader or a tooltip."""
    return "".join(run.text for run in runs)


def fill_box(painter: QPainter, rect: QRectF, fill: QColor | None, edge: QColor | None, radius: float) -> None:
    """A rounded box with an edge one pixel wide that lies inside the rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge, 1) if edge is not None else Qt.PenStyle.NoPen)
    inset = 0.5 if edge is not None else 0.0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def focus_ring(painter: QPainter, rect: QRectF, colour: QColor, radius: float) -> None:
    """The mark of the keyboard, two pixels wide, inside the rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, FOCUS_WIDTH))
    half = FOCUS_WIDTH / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def text_width(font: QFont, text: str) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: QColor,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line, vertically centred on the middle between capital height and baseline, elided where it does not fit."""
    if not text or rect.width() <= 0:
        return
    metrics = QFontMetricsF(font)
    shown = text
    width = metrics.horizontalAdvance(text)
    if width > rect.width() + 0.5:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        width = metrics.horizontalAdvance(shown)
    left = rect.left()
    if align == Qt.AlignmentFlag.AlignRight:
        left = rect.right() - width
    elif align == Qt.AlignmentFlag.AlignHCenter:
        left = rect.left() + (rect.width() - width) / 2
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(left, baseline(metrics, rect)), shown)


def baseline(metrics: QFontMetricsF, rect: QRectF) -> float:
    """Where letters stand so that capitals are centred in the rectangle, on a whole pixel."""
    return float(round(rect.center().y() + metrics.capHeight() / 2 - 0.5))


def draw_runs(painter: QPainter, theme: Theme, rect: QRectF, runs: Iterable[Run], size: Size = Size.BODY) -> float:
    """Pieces of text one after the other; the last one that fits is elided. Gives the right edge of what was drawn."""
    left = rect.left()
    for run in runs:
        if run.marked and left > rect.left():
            left += MARK_PADDING
        room = rect.right() - left
        if room <= 0:
            break
        font = theme.font(size, Weight.STRONG if run.strong else Weight.REGULAR, figures="-" not in run.text)
        width = min(text_width(font, run.text), room)
        box = QRectF(left, rect.top(), width, rect.height())
        if run.marked:
            half = size * 0.7
            mark = QRectF(left - MARK_PADDING, rect.center().y() - half, width + 2 * MARK_PADDING, 2 * half)
            fill_box(painter, mark, theme.tokens.mark, None, MARK_RADIUS)
        draw_text(painter, box, run.text, font, theme.tokens.of(run.tone))
        left += width + (MARK_PADDING if run.marked else 0)
    return left
