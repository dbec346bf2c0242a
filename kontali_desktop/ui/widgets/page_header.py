"""The head of a screen: its name, a quiet line beside it, and what can be done to the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import PAGE_MARGIN, Size, Weight
from kontali_desktop.ui.widgets.text import ElidedLabel, Label

HEIGHT = 32


class PageHeader(QWidget):
    """Add buttons with `add_action`, from left to right."""

    def __init__(self, theme: Theme, title: str, *, margin: int = PAGE_MARGIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(margin, 16, margin, 8)
        layout.setSpacing(14)
        self._title = Label(theme, title, size=Size.TITLE, weight=Weight.STRONG)
        self._remark = ElidedLabel(theme, tone=Tone.QUIET)
        self._remark.setContentsMargins(0, 3, 0, 0)
        layout.addWidget(self._title)
        layout.addWidget(self._remark, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        layout.addLayout(self._actions)
        self._title.setMinimumHeight(HEIGHT)

    def set_remark(self, text: str) -> None:
        self._remark.set_text(text)

    def add_action(self, button: QWidget) -> None:
        self._actions.addWidget(button)
