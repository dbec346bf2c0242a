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
        super().__init__(theme, "", parent)
        self._number = number
        self._alternative = alternative
        self.setObjectName(f"alternative_{number}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_alternative(alternative)

    def show_alternative(self, alternative: Alternative) -> None:
        self._alternative = alternative
        words = (str(self._number), plain(alternative.title), alternative.confidence, alternative.amount)
        self.set_text(" ".join(word for word in words if word))
        self.setToolTip(self.text())

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
        self._layout = QVBoxLayout()
        self._layout.setSpacing(0)
        self._rows: list[_AlternativeRow] = []
        self._none = Label(theme, size=Size.SMALL, tone=Tone.QUIET, wrap=True)
        self._layout.addWidget(self._none)
        layout.addLayout(self._layout)

    def set_alternatives(self, alternatives: Sequence[Alternative], *, none: str) -> None:
        shown = alternatives[:MOST]
        for row, alternative in zip(self._rows, shown, strict=False):
            row.show_alternative(alternative)
            row.show()
        for row in self._rows[len(shown) :]:
            row.hide()
        for alternative in shown[len(self._rows) :]:
            number = len(self._rows) + 1
            row = _AlternativeRow(self._theme, number, alternative, self)
            row.clicked.connect(lambda _=False, number=number: self.chosen.emit(number))
            self._rows.append(row)
            self._layout.addWidget(row)
            row.show()  # at once, not when the loop comes to it
        self._none.setText(none)
        self._none.setVisible(not shown)
