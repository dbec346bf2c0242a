"""A notice beside the work: what happened, what it means, one button."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.theme.metrics import CARD_RADIUS, ICON, Weight
from kontali_desktop.ui.theme.tokens import Tone
from kontali_desktop.ui.widgets.buttons import Button, ButtonKind, IconButton
from kontali_desktop.ui.widgets.paint import fill_box
from kontali_desktop.ui.widgets.text import Label

BAR = 3


class Severity(Enum):
    """The colour and the icon of a notice; the words say it too."""

    INFO = "info"
    POSITIVE = "positive"
    WARNING = "warning"
    NEGATIVE = "negative"


ICONS = {
    Severity.INFO: IconName.INFO,
    Severity.POSITIVE: IconName.CHECK_CIRCLE,
    Severity.WARNING: IconName.WARNING,
    Severity.NEGATIVE: IconName.ERROR,
}
TONES = {
    Severity.INFO: Tone.ACCENT,
    Severity.POSITIVE: Tone.POSITIVE,
    Severity.WARNING: Tone.WARNING,
    Severity.NEGATIVE: Tone.NEGATIVE,
}


@dataclass(frozen=True, slots=True)
class NoticeData:
    """What a notice says; `action` tells whoever shows it what its button is to do."""

    severity: Severity
    title: str
    text: str = ""
    button: str = ""
    action: str = ""


class Notice(QWidget):
    """Hidden until `show_notice`; `acted` when its button is pressed, `dismissed` when it is closed."""

    acted = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, *, close_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._severity = Severity.INFO
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(47, 11, 14, 11)
        layout.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        self._title = Label(theme, weight=Weight.STRONG, wrap=True)
        self._text = Label(theme, tone=Tone.QUIET, wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(self._title)
        words.addWidget(self._text)
        layout.addLayout(words, 1)
        self.button = Button(theme, "", kind=ButtonKind.PRIMARY)
        self.button.clicked.connect(self.acted)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._close = IconButton(theme, IconName.CLOSE, close_name)
        self._close.setVisible(bool(close_name))
        self._close.clicked.connect(self._dismiss)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self.update)
        self.hide()

    def show_notice(self, severity: Severity, title: str, text: str = "", button: str = "") -> None:
        """Say something; without `button` there is nothing to press."""
        self._severity = severity
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.button.set_text(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(f"{title} {text}".strip())
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self._theme.tokens
        rect = QRectF(self.rect())
        colour: QColor = tokens.of(TONES[self._severity])
        fill_box(painter, rect, tokens.surface_raised, tokens.divider, CARD_RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)
        painter.setClipPath(shape)
        painter.fillRect(QRectF(0, 0, BAR, rect.height()), colour)
        painter.setClipping(False)
        icon = QRectF(17, (rect.height() - ICON) / 2, ICON, ICON)
        self._theme.paint_icon(painter, icon, ICONS[self._severity], colour)
        painter.end()

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
