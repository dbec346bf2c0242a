"""Text and lines that stand still."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight


class Label(QLabel):
    """A text in one of the theme's sizes, weights and tones. Plain text always: what a bank sends is never markup."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        size: Size = Size.BODY,
        weight: Weight = Weight.REGULAR,
        tone: Tone = Tone.TEXT,
        wrap: bool = False,
        figures: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(size, weight, figures=figures))
        self.setProperty("tone", tone.value)
        self.setWordWrap(wrap)
        self.setText(text)

    def set_tone(self, tone: Tone) -> None:
        self.setProperty("tone", tone.value)
        self.style().unpolish(self)
        self.style().polish(self)


class ElidedLabel(Label):
    """A label that gives way: what does not fit ends in an ellipsis, and the tooltip has it all.

    With `or_nothing` it is not shown at all where it does not fit: for words that say only what stands elsewhere too.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        size: Size = Size.BODY,
        weight: Weight = Weight.REGULAR,
        tone: Tone = Tone.TEXT,
        or_nothing: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, size=size, weight=weight, tone=tone, parent=parent)
        self._whole, self._or_nothing = text, or_nothing
        self._tip = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    def set_tip(self, tip: str) -> None:
        """What hovering says that the text does not, such as the exact instant."""
        self._tip = tip
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.contentsRect().width()
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText("" if self._or_nothing and shown != self._whole else shown)
        self.setToolTip(self._tip if self._tip or shown == self._whole else self._whole)


def heading(theme: Theme, text: str, parent: QWidget | None = None) -> Label:
    """A small heading in capitals over a column or a list."""
    label = Label(theme, text.upper(), size=Size.LABEL, weight=Weight.STRONG, tone=Tone.QUIET, parent=parent)
    label.setFont(theme.font(Size.LABEL, Weight.STRONG, spaced=True))
    label.setAccessibleName(text)
    return label


def divider(parent: QWidget | None = None, *, vertical: bool = False) -> QFrame:
    """A line of one pixel between two parts."""
    line = QFrame(parent)
    line.setProperty("divider", "true")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line
