"""A sheet with one thing to do, and Enter does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.buttons import ENTER, Button, ButtonKind
from kontali_desktop.ui.widgets.sheet import Sheet


class PrimarySheet(Sheet):
    """`primary` is the one thing to do, where there is one; `first` has the keyboard when the sheet opens."""

    def __init__(
        self, theme: Theme, window: QWidget, title: str, *, close_name: str, subtitle: str = "", width: int = 620
    ) -> None:
        super().__init__(theme, window, title, subtitle=subtitle, close_name=close_name, width=width)
        self.theme = theme
        self.primary: Button | None = None
        self.first: QWidget | None = None

    def open_sheet(self) -> None:
        super().open_sheet()
        if self.first is not None:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the primary button, wherever the keyboard is, unless what has it takes Enter itself."""
        if event.key() in ENTER and self.primary is not None and self.primary.isVisible():
            self.primary.click()
            return
        super().keyPressEvent(event)

    def add_buttons(self, *buttons: Button, left: QWidget | None = None) -> None:
        """To the right, in reading order; `left` stands apart."""
        row = QHBoxLayout()
        row.setSpacing(8)
        if left is not None:
            row.addWidget(left)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self.body.addLayout(row)

    def make_button(
        self,
        text: str,
        name: str,
        act: Callable[..., object] | SignalInstance | None = None,
        *,
        kind: ButtonKind = ButtonKind.QUIET,
    ) -> Button:
        """`act` is what pressing it does."""
        button = Button(self.theme, text, kind=kind)
        button.setObjectName(name)
        if act is not None:
            button.clicked.connect(act)
        return button
