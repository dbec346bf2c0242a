"""Why a match was proposed: each piece of evidence with a bar for its weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.theme.metrics import Size
from kontali_desktop.ui.widgets.paint import draw_text, fill_box
from kontali_desktop.ui.widgets.text import heading

ROW_HEIGHT = 23
BAR_LENGTH = 84
BAR_HEIGHT = 6
SHORTEST = 6


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """`share` is its weight beside the heaviest, −1 to 1; what speaks against is negative and says so in its text."""

    text: str
    share: float
    spoken: str = ""  # the weight in words


class _EvidenceLine(QWidget):
    def __init__(self, theme: Theme, item: EvidenceItem, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._item = item
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_item(item)
        theme.changed.connect(self.update)

    def show_item(self, item: EvidenceItem) -> None:
        self._item = item
        self.setAccessibleName(f"{item.text} {item.spoken}".strip())
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, ROW_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self._theme.tokens
        rect = QRectF(self.rect())
        bar_left = rect.right() - BAR_LENGTH
        room = QRectF(0, 0, bar_left - 10, rect.height())
        draw_text(painter, room, self._item.text, self._theme.font(Size.SMALL), tokens.text)
        length = max(SHORTEST, min(1.0, abs(self._item.share)) * BAR_LENGTH)
        bar = QRectF(bar_left, (rect.height() - BAR_HEIGHT) / 2, length, BAR_HEIGHT)
        against = self._item.share < 0
        colour = tokens.negative if against else tokens.accent
        # An outline is what speaks against: the colour alone would not say it.
        fill_box(painter, bar, None if against else colour, colour if against else None, BAR_HEIGHT / 2)
        painter.end()


class EvidenceList(QWidget):
    """A heading and the evidence below it; `set_items` replaces them all."""

    def __init__(self, theme: Theme, title: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(heading(theme, title))
        self._layout = QVBoxLayout()
        self._layout.setSpacing(0)
        self._lines: list[_EvidenceLine] = []
        layout.addLayout(self._layout)

    def set_items(self, items: Sequence[EvidenceItem]) -> None:
        for line, item in zip(self._lines, items, strict=False):
            line.show_item(item)
            line.show()
        for line in self._lines[len(items) :]:
            line.hide()
        for item in items[len(self._lines) :]:
            line = _EvidenceLine(self._theme, item, self)
            self._lines.append(line)
            self._layout.addWidget(line)
            line.show()  # at once, not when the loop comes to it
