"""What lies over the window while files are dragged in: where to let go, and what is understood."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kontali_desktop.ui.theme import IconName, Theme
from kontali_desktop.ui.theme.metrics import CARD_RADIUS, Size, Weight
from kontali_desktop.ui.widgets.paint import draw_text, fill_box, focus_ring
from kontali_desktop.wording.wording import Wording

WIDTH, HEIGHT, ICON = 460, 150, 32


class DropVeil(QWidget):
    """Takes neither mouse nor keys; the window shows and hides it."""

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._window = theme, parent
        self._texts = (wording.text("window.drop_here"), wording.text("window.drop_here.text"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self._texts[0])
        self.hide()

    def cover(self) -> None:
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        theme, tokens = self._theme, self._theme.tokens
        painter.fillRect(self.rect(), tokens.shade)
        card = QRectF(0, 0, WIDTH, HEIGHT)
        card.moveCenter(QRectF(self.rect()).center())
        fill_box(painter, card, tokens.surface, None, CARD_RADIUS)
        focus_ring(painter, card, tokens.accent, CARD_RADIUS)
        icon = QRectF(card.center().x() - ICON / 2, card.top() + 24, ICON, ICON)
        theme.paint_icon(painter, icon, IconName.FILE_IN, tokens.accent)
        middle = Qt.AlignmentFlag.AlignHCenter
        title = QRectF(card.left() + 16, card.top() + 68, WIDTH - 32, 24)
        draw_text(painter, title, self._texts[0], theme.font(Size.LARGE, Weight.STRONG), tokens.text, align=middle)
        more = title.translated(0, 28)
        draw_text(painter, more, self._texts[1], theme.font(), tokens.text_quiet, align=middle)
        painter.end()


def dropped_paths(data: QMimeData) -> list[Path]:
    """The files and folders of this computer among what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
