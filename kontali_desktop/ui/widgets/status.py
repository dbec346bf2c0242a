"""A dot with a word: the traffic light of a client, a connection, a synchronisation."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.paint import draw_text, text_width

DOT = 9.0
GAP = 9.0
HEIGHT = 22


class StatusDot(QWidget):
    """The word says what the colour says; `spoken` adds it where the word is a name."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        tone: Tone = Tone.QUIET,
        *,
        size: Size = Size.SMALL,
        weight: Weight = Weight.REGULAR,
        text_tone: Tone = Tone.QUIET,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = (size, weight, text_tone)
        self._text = text
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_status(text, tone)
        theme.changed.connect(self.update)

    def set_status(self, text: str, tone: Tone, spoken: str = "") -> None:
        self._text = text
        self._tone = tone
        self.setAccessibleName(f"{text} {spoken}".strip())
        self.setToolTip(spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        font = self._theme.font(self._look[0], self._look[1])
        return QSize(round(DOT + GAP + text_width(font, self._text) + 1.5), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(DOT), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        rect = QRectF(self.rect())
        tokens = self._theme.tokens
        size, weight, text_tone = self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.of(self._tone))
        painter.setBrush(tokens.of(self._tone))
        painter.drawEllipse(QRectF(0.5, (rect.height() - DOT) / 2 + 0.5, DOT - 1, DOT - 1))
        room = rect.adjusted(DOT + GAP, 0, 0, 0)
        draw_text(painter, room, self._text, self._theme.font(size, weight), tokens.of(text_tone))
        painter.end()
