"""The strip under a list that says what was just done and how to take it back; it never covers a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import PAGE_MARGIN, SMALL_ICON, Size
from kontali_desktop.ui.widgets.buttons import LinkButton
from kontali_desktop.ui.widgets.keycap import KeyCaps
from kontali_desktop.ui.widgets.text import ElidedLabel, Label

HEIGHT = 40


class QuietStrip(QWidget):
    """`undone` when the link is pressed; `set_position` fills the right end ("2 av 17")."""

    undone = Signal()

    def __init__(self, theme: Theme, undo: str, keys: Sequence[str], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon: IconName | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(PAGE_MARGIN, 1, PAGE_MARGIN, 1)
        layout.setSpacing(0)
        layout.addSpacing(23)
        self._text = Label(theme)
        layout.addWidget(self._text)
        layout.addSpacing(12)
        self._undo = LinkButton(theme, undo)
        self._undo.clicked.connect(self.undone)
        self._caps = KeyCaps(theme, keys)
        layout.addWidget(self._undo)
        layout.addSpacing(6)
        layout.addWidget(self._caps)
        self._more = ElidedLabel(theme, tone=Tone.QUIET)
        layout.addWidget(self._more, 1)
        layout.addSpacing(12)
        self._position = Label(theme, size=Size.SMALL, tone=Tone.QUIET, figures=True)
        layout.addWidget(self._position)
        self.clear()
        theme.changed.connect(self.update)

    def say(self, text: str, *, more: str = "", icon: IconName = IconName.CHECK, undoable: bool = True) -> None:
        """Say what was done, and `more` where there is room; a screen reader hears both as the strip's name."""
        self._icon = icon
        self._text.setText(text)
        self._more.set_text(more)
        self.offer_undo(offered=undoable)
        self.setAccessibleName(f"{text} {more}".strip())
        self.update()

    def offer_undo(self, *, offered: bool) -> None:
        self._undo.setVisible(offered)
        self._caps.setVisible(offered)

    def clear(self) -> None:
        self._icon = None
        self._text.setText("")
        self._more.set_text("")
        self._undo.hide()
        self._caps.hide()
        self.setAccessibleName("")
        self.update()

    def set_position(self, text: str) -> None:
        self._position.setText(text)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), tokens.surface)
        for line in (0, self.height() - 1):  # a row above it may be cut off
            painter.fillRect(0, line, self.width(), 1, tokens.divider)
        if self._icon is not None:
            box = QRectF(PAGE_MARGIN, (self.height() - SMALL_ICON) / 2, SMALL_ICON, SMALL_ICON)
            self._theme.paint_icon(painter, box, self._icon, tokens.positive)
        painter.end()
