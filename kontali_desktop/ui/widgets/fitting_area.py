"""A scroll area that would rather be as high as what is in it, and scrolls only where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kontali_desktop.ui.theme.metrics import GRID

LEAST = 120


class FittingArea(QScrollArea):
    """Put widgets into `body`."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 2 * GRID, 0)
        self.body.setSpacing(3 * GRID)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)

    def sizeHint(self) -> QSize:
        self.body.activate()
        width = self.width()
        height = self.body.totalHeightForWidth(width) if self.body.hasHeightForWidth() else 0
        return QSize(width, max(height, self.body.totalSizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, LEAST)
