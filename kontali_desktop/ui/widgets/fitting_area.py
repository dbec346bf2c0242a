"""A scroll area that would rather be as high as what is in it, and scrolls only where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kontali_desktop.ui.theme.metrics import GRID

LEAST = 120


class _Inner(QWidget):
    """As low as its texts are at the width they have: Qt would take them for as narrow as they go, and scroll."""

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        least = super().minimumSizeHint()
        if layout is None or not layout.hasHeightForWidth() or self.width() < least.width():
            return least
        return QSize(least.width(), min(least.height(), layout.totalHeightForWidth(self.width())))


class FittingArea(QScrollArea):
    """Put widgets into `body`."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = _Inner()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(3 * GRID)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        self.verticalScrollBar().rangeChanged.connect(self._leave_room)

    def _leave_room(self, _least: int, most: int) -> None:
        """For the bar where there is one; else what is in here ends where its surroundings end."""
        self.body.setContentsMargins(0, 0, 2 * GRID if most else 0, 0)

    def sizeHint(self) -> QSize:
        self.body.activate()
        width = self.width()
        height = self.body.totalHeightForWidth(width) if self.body.hasHeightForWidth() else 0
        return QSize(width, max(height, self.body.totalSizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, LEAST)
