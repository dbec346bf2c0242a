"""A few choices below one another, each with a sentence on what it means; one is always chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.paint import draw_text, focus_ring, text_width
from kontali_desktop.ui.widgets.text import Label

DISC, DOT, GAP, EDGE, HEIGHT = 16, 6, 10, 3, 24
SPACING = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """`key` for the program, `text` and `note` for the person."""

    key: str
    text: str
    note: str


class _Radio(QRadioButton):
    """Qt's own, painted from the tokens."""

    def __init__(self, theme: Theme, choice: Choice, parent: QWidget) -> None:
        super().__init__(choice.text, parent)
        self._theme = theme
        self.setAccessibleDescription(choice.note)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        font = self._theme.font(weight=Weight.MEDIUM)
        return QSize(round(2 * EDGE + DISC + GAP + text_width(font, self.text()) + 0.5), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        rect = QRectF(self.rect())
        disc = QRectF(EDGE, (rect.height() - DISC) / 2, DISC, DISC)
        is_on = self.isChecked()
        painter.setPen(tokens.accent if is_on else tokens.field_line)
        painter.setBrush(tokens.accent if is_on else tokens.surface)
        painter.drawEllipse(disc.adjusted(0.5, 0.5, -0.5, -0.5))
        if is_on:
            dot = QRectF(0, 0, DOT, DOT)
            dot.moveCenter(disc.center())
            painter.setPen(tokens.on_accent)
            painter.setBrush(tokens.on_accent)
            painter.drawEllipse(dot)
        room = rect.adjusted(EDGE + DISC + GAP, 0, 0, 0)
        draw_text(painter, room, self.text(), self._theme.font(weight=Weight.MEDIUM), tokens.text)
        if self.hasFocus():
            focus_ring(painter, disc.adjusted(-EDGE, -EDGE, EDGE, EDGE), tokens.accent, DISC / 2 + EDGE)
        painter.end()


class ChoiceList(QWidget):
    """Arrow keys go from one to the next and choose it."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, choices: Sequence[Choice], *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._radios: dict[str, _Radio] = {}
        for choice in choices:
            radio = _Radio(theme, choice, self)
            radio.setObjectName(f"choice_{choice.key}")
            radio.clicked.connect(lambda _on=False, key=choice.key: self.chosen.emit(key))
            self._radios[choice.key] = radio
            note = Label(theme, choice.note, size=Size.SMALL, tone=Tone.QUIET, wrap=True, parent=self)
            note.setContentsMargins(EDGE + DISC + GAP, 0, 0, SPACING)
            column.addWidget(radio)
            column.addWidget(note)
        if choices:
            self._radios[choices[0].key].setChecked(True)

    @property
    def current(self) -> str:
        return next((key for key, radio in self._radios.items() if radio.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose without emitting `chosen`."""
        self._radios[key].setChecked(True)
