"""Steps one after the other (1-2-3), joined by a line; a finished one has a tick."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.paint import draw_text, fill_box
from kontali_desktop.ui.widgets.text import Label

DISC = 28
INDENT = 42


class StepState(Enum):
    """Whether a step is to come, the one to do, or done."""

    WAITING = auto()
    CURRENT = auto()
    DONE = auto()


class Step(QWidget):
    """One step: number, title, a quiet line, and `body` for what is filled in there."""

    def __init__(self, theme: Theme, number: int, title: str, text: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = number
        self._title_text = title
        self._state = StepState.WAITING
        self.last = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(INDENT, 4, 0, 20)
        layout.setSpacing(4)
        self._title = Label(theme, title, size=Size.LARGE, weight=Weight.MEDIUM)
        layout.addWidget(self._title)
        self._text = Label(theme, text, tone=Tone.QUIET, wrap=True)
        self._text.setVisible(bool(text))
        layout.addWidget(self._text)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self.body)
        self.set_state(StepState.WAITING)
        theme.changed.connect(self.update)

    def set_state(self, state: StepState, spoken: str = "") -> None:
        """`spoken` says the state as a word, for a screen reader."""
        self._state = state
        self.setAccessibleName(" · ".join(part for part in (f"{self._number} {self._title_text}", spoken) if part))
        self.update()

    def set_text(self, text: str) -> None:
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self._theme.tokens
        disc = QRectF(0, 0, DISC, DISC)
        if not self.last:
            painter.fillRect(QRectF(DISC // 2, DISC, 1, self.height() - DISC), tokens.divider)
        filled = self._state is not StepState.WAITING
        edge = None if filled else tokens.field_line
        fill_box(painter, disc, tokens.accent if filled else None, edge, DISC / 2)
        if self._state is StepState.DONE:
            self._theme.paint_icon(painter, disc.adjusted(6, 6, -6, -6), IconName.CHECK, tokens.on_accent)
        else:
            colour = tokens.on_accent if filled else tokens.text_quiet
            font = self._theme.font(Size.BODY, Weight.STRONG)
            draw_text(painter, disc, str(self._number), font, colour, align=Qt.AlignmentFlag.AlignHCenter)
        painter.end()


class StepList(QWidget):
    """Steps below one another; the last one has no line under it."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps: list[Step] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def add_step(self, title: str, text: str = "") -> Step:
        step = Step(self._theme, len(self._steps) + 1, title, text, parent=self)
        for earlier in self._steps:
            earlier.last = False
        step.last = True
        self._steps.append(step)
        self._layout.addWidget(step)
        return step
