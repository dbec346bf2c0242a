"""A long piece of work: what it does, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import GRID, Size, Weight
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.text import ElidedLabel, Label


class ProgressRow(QWidget):
    """`cancelled` when the button is pressed; without `cancel` there is none."""

    cancelled = Signal()

    def __init__(self, theme: Theme, *, name: str, cancel: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4 * GRID)
        left = QVBoxLayout()
        left.setSpacing(6)
        texts = QHBoxLayout()
        texts.setSpacing(3 * GRID)
        self._text = ElidedLabel(theme, weight=Weight.MEDIUM)
        self._figure = Label(theme, size=Size.SMALL, tone=Tone.QUIET)
        texts.addWidget(self._text, 1)
        texts.addWidget(self._figure)
        left.addLayout(texts)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        left.addWidget(self.bar)
        layout.addLayout(left, 1)
        self._button = Button(theme, cancel, small=True)
        self._button.setVisible(bool(cancel))
        self._button.clicked.connect(self.cancelled)
        layout.addWidget(self._button)

    def show_progress(self, text: str, figure: str = "", done: int = 0, total: int = 0) -> None:
        """`total` 0 means that nobody knows how much is left."""
        self._text.set_text(text)
        self._figure.setText(figure)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.setAccessibleDescription(f"{text} {figure}".strip())
