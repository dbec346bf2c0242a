"""A text field with its label above and, when it is wrong, the reason below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.text import Label
from kontali_desktop.ui.widgets.wrong import mark_wrong


class TextField(QWidget):
    """`changed` follows every letter; `set_problem` marks the field and says why."""

    changed = Signal(str)

    def __init__(self, theme: Theme, label: str, placeholder: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        caption = Label(theme, label, size=Size.SMALL, weight=Weight.MEDIUM)
        self.input = QLineEdit(self)
        self.input.setProperty("tall", "true")
        self.input.setPlaceholderText(placeholder)
        self.input.setAccessibleName(label)
        self.input.textChanged.connect(self.changed)
        caption.setBuddy(self.input)
        self._problem = Label(theme, size=Size.SMALL, tone=Tone.NEGATIVE, wrap=True)
        self._problem.hide()
        for widget in (caption, self.input, self._problem):
            layout.addWidget(widget)
        self.setFocusProxy(self.input)

    @property
    def text(self) -> str:
        return self.input.text()

    def set_text(self, text: str) -> None:
        self.input.setText(text)

    def set_problem(self, text: str) -> None:
        """Say what is wrong; an empty text takes it back."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self._make_room()
        mark_wrong(self.input, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """A layout around that does not ask for the height of a width would give the reason one line."""
        self._problem.setMinimumHeight(max(0, self._problem.heightForWidth(self.width())))
