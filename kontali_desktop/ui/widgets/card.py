"""Cards: a raised panel, and one that shows a figure."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import GRID, Size, Weight
from kontali_desktop.ui.widgets.text import Label


class Card(QFrame):
    """A raised panel with an edge; put widgets into `body`."""

    def __init__(self, *, padding: int = 4 * GRID, plain: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "plain-card" if plain else "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(2 * GRID)


class FigureCard(Card):
    """A small heading, a large figure, a quiet remark."""

    def __init__(
        self, theme: Theme, title: str, figure: str = "", remark: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(padding=3 * GRID + 2, parent=parent)
        self.body.setSpacing(3)
        self._title = Label(theme, title, size=Size.SMALL, tone=Tone.QUIET)
        self._figure = Label(theme, figure, size=Size.TITLE, weight=Weight.STRONG, figures=True)
        self._remark = Label(theme, remark, size=Size.SMALL, tone=Tone.QUIET)
        for label in (self._title, self._figure, self._remark):
            self.body.addWidget(label)
        self.set_figure(figure, remark)

    def set_figure(self, figure: str, remark: str, tone: Tone = Tone.TEXT) -> None:
        self._figure.setText(figure)
        self._figure.set_tone(tone)
        self._remark.setText(remark)
        self.setAccessibleName(f"{self._title.text()}: {figure}, {remark}")
