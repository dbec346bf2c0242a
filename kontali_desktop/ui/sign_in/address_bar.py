"""The address of the bank's page: always visible, never editable, the host in bold."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kontali_desktop.ui.sign_in.address import Safety, safety_of, shown
from kontali_desktop.ui.sign_in.texts import SignInTexts
from kontali_desktop.ui.theme import IconName, Theme, Tone
from kontali_desktop.ui.theme.metrics import RADIUS, SMALL_ICON, Size, Weight
from kontali_desktop.ui.widgets.paint import draw_text, fill_box, text_width

HEIGHT = 33
TEXT_LEFT = 37
PADDING = 10

LOOKS = {
    Safety.SECURE: (IconName.LOCK, Tone.POSITIVE),
    Safety.LOCAL: (IconName.INFO, Tone.ACCENT),
    Safety.INSECURE: (IconName.WARNING, Tone.NEGATIVE),
}


class AddressBar(QWidget):
    """Shows host and path of `set_address`; a host too long loses its beginning, never the domain at its end."""

    def __init__(self, theme: Theme, texts: SignInTexts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = texts
        self._host, self._path = "", ""
        self._safety = Safety.INSECURE
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def hint(self) -> str:
        """What the icon says, in words; on the right it is shown for what is not an ordinary https page."""
        return {
            Safety.SECURE: self._texts.secure,
            Safety.LOCAL: self._texts.local_hint,
            Safety.INSECURE: self._texts.insecure,
        }[self._safety]

    def set_address(self, url: str, *, trusted: bool = True) -> None:
        """Show an address; without trust in its certificate there is no lock, whatever the scheme."""
        self._host, self._path = shown(url)
        self._safety = safety_of(url) if trusted else Safety.INSECURE
        self.setAccessibleName(f"{self._host}{self._path} · {self.hint}")
        self.setToolTip(f"{self._host}{self._path}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self._theme.tokens
        rect = QRectF(self.rect())
        fill_box(painter, rect, tokens.surface_raised, tokens.divider, RADIUS)
        if self._host:
            icon, tone = LOOKS[self._safety]
            box = QRectF(12, (rect.height() - SMALL_ICON) / 2, SMALL_ICON, SMALL_ICON)
            self._theme.paint_icon(painter, box, icon, tokens.of(tone))
            self._paint_address(painter, rect.adjusted(TEXT_LEFT, 0, -PADDING, 0))
        painter.end()

    def _paint_address(self, painter: QPainter, room: QRectF) -> None:
        tokens = self._theme.tokens
        if self._safety is not Safety.SECURE:
            small = self._theme.font(Size.SMALL)
            draw_text(painter, room, self.hint, small, tokens.text_quiet, align=Qt.AlignmentFlag.AlignRight)
            room.setRight(room.right() - text_width(small, self.hint) - PADDING)
        strong: QFont = self._theme.font(weight=Weight.STRONG)
        host = QFontMetricsF(strong).elidedText(self._host, Qt.TextElideMode.ElideLeft, room.width())
        draw_text(painter, room, host, strong, tokens.text)
        room.setLeft(room.left() + text_width(strong, host))
        draw_text(painter, room, self._path, self._theme.font(), tokens.text_quiet)
