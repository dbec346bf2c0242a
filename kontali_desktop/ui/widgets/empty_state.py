"""What a screen shows when there is nothing to show: why, and the one thing to do."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import GRID, Size, Weight
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind
from kontali_desktop.ui.widgets.text import Label

SIDE = 40
TEXT_WIDTH = 420


class _Picture(QWidget):
    def __init__(self, theme: Theme, icon: IconName, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.icon = icon
        self.tone = Tone.QUIET
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        box = QRectF((self.width() - SIDE) / 2, 0, SIDE, SIDE)
        self._theme.paint_icon(painter, box, self.icon, self._theme.tokens.of(self.tone))
        painter.end()


class EmptyState(QWidget):
    """Icon, title, text and at most one button, in the middle of the room it gets."""

    acted = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: IconName,
        title: str,
        text: str = "",
        button: str = "",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * GRID)
        layout.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._picture = _Picture(theme, icon, self)
        self._title = Label(theme, size=Size.LARGE, weight=Weight.STRONG)
        self._text = Label(theme, tone=Tone.QUIET, wrap=True)
        self._text.setAlignment(middle)
        self._text.setFixedWidth(TEXT_WIDTH)
        self.button = Button(theme, "", kind=ButtonKind.PRIMARY)
        self.button.clicked.connect(self.acted)
        for widget in (self._picture, self._title, self._text):
            layout.addWidget(widget, 0, middle)
        layout.addSpacing(GRID)
        layout.addWidget(self.button, 0, middle)
        layout.addStretch(3)
        self.show_state(icon, title, text, button)

    def show_state(
        self, icon: IconName, title: str, text: str = "", button: str = "", *, tone: Tone = Tone.QUIET
    ) -> None:
        """Another state in the same place; `tone` colours the icon."""
        self._picture.icon, self._picture.tone = icon, tone
        self._picture.update()
        self._title.setText(title)
        self._text.setText(text)
        # An aligned label gets the height of one line; all of the text needs as many as it is wide.
        self._text.setMinimumHeight(max(0, self._text.heightForWidth(TEXT_WIDTH)))
        self._text.setVisible(bool(text))
        self.button.set_text(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(f"{title} {text}".strip())
