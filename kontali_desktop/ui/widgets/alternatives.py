"""The other proposals, numbered 1 to 9: a click or the number takes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import PaintedButton
from kontali_desktop.ui.widgets.keycap import caps_width, paint_caps
from kontali_desktop.ui.widgets.layouts import clear
from kontali_desktop.ui.widgets.paint import Run, draw_runs, draw_text, fill_box, focus_ring, plain, text_width
from kontali_desktop.ui.widgets.text import Label, heading

MOST = 9
ROW_HEIGHT = 28


@dataclass(frozen=True, slots=True)
class Alternative:
    """One line: what it is, how sure, how much."""

    title: tuple[Run, ...]
    amount: str = ""
    confidence: str = ""


class _AlternativeRow(PaintedButton):
    def __init__(self, theme: Theme, number: int, alternative: Alternative, parent: QWidget) -> None:
        words = (str(number), plain(alternative.title), alternative.confidence, alternative.amount)
        super().__init__(theme, " ".join(word for word in words if word), parent)
        self._number = number
        self._alternative = alternative
        self.setToolTip(self.text())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(300, ROW_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        theme, tokens = self.theme, self.theme.tokens
        rect = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            fill_box(painter, rect, tokens.selected, None, 4)
        keys = (str(self._number),)
        paint_caps(painter, theme, 2, rect.center().y(), keys)
        left = 2 + caps_width(theme, keys) + 8
        right = rect.right() - 4
        font = theme.font(Size.SMALL, Weight.STRONG, figures=True)
        align = Qt.AlignmentFlag.AlignRight
        for text, colour in (
            (self._alternative.amount, tokens.text),
            (self._alternative.confidence, tokens.text_quiet),
        ):
            if text:
                draw_text(painter, QRectF(left, 0, right - left, rect.height()), text, font, colour, align=align)
                right -= text_width(font, text) + 10
        draw_runs(painter, theme, QRectF(left, 0, right - left, rect.height()), self._alternative.title, Size.SMALL)
        if self.hasFocus():
            focus_ring(painter, rect, tokens.accent, 4)
        painter.end()


class AlternativesList(QWidget):
    """`chosen` carries the number, from 1. Where there are none, `none` says so."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, title: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading(theme, title))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        layout.addLayout(self._lines)

    def set_alternatives(self, alternatives: Sequence[Alternative], *, none: str) -> None:
        clear(self._lines)
        for number, alternative in enumerate(alternatives[:MOST], start=1):
            row = _AlternativeRow(self._theme, number, alternative, self)
            row.clicked.connect(lambda _=False, number=number: self.chosen.emit(number))
            self._lines.addWidget(row)
        if not alternatives:
            self._lines.addWidget(Label(self._theme, none, size=Size.SMALL, tone=Tone.QUIET, wrap=True))
