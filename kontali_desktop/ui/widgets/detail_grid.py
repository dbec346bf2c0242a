"""The two sides of a match field by field: label, the bank's value, a verdict, the document's value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.paint import Run, draw_runs, draw_text, plain

ROW_HEIGHT = 31
LEAST_ROW_HEIGHT = 22
LABEL_WIDTH = 92
SIGN_WIDTH = 18
LEFT_SHARE = 0.475  # of what the label and the sign leave


class Verdict(Enum):
    """How the two values of a field agree; the value is the sign that is shown."""

    EQUAL = "="
    CLOSE = "≈"
    DIFFERENT = "≠"
    MISSING = "–"
    NONE = ""


TONES = {
    Verdict.EQUAL: Tone.POSITIVE,
    Verdict.CLOSE: Tone.WARNING,
    Verdict.DIFFERENT: Tone.NEGATIVE,
    Verdict.MISSING: Tone.QUIET,
    Verdict.NONE: Tone.QUIET,
}


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One field; `spoken` is the verdict as a word ("likt") and `note` a remark, for screen readers and the tooltip."""

    label: str
    left: tuple[Run, ...]
    right: tuple[Run, ...] = ()
    verdict: Verdict = Verdict.NONE
    spoken: str = ""
    note: str = ""


class _DetailLine(QWidget):
    def __init__(self, theme: Theme, row: DetailRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row = row
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(ROW_HEIGHT)
        self.show_row(row)
        theme.changed.connect(self.update)

    def show_row(self, row: DetailRow) -> None:
        self._row = row
        words = (row.label, plain(row.left), row.spoken, plain(row.right), row.note)
        self.setAccessibleName(" · ".join(word for word in words if word))
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, ROW_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, LEAST_ROW_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self._theme.tokens
        rect = QRectF(self.rect())
        font = self._theme.font()
        draw_text(painter, QRectF(0, 0, LABEL_WIDTH - 8, rect.height()), self._row.label, font, tokens.text_quiet)
        room = rect.width() - LABEL_WIDTH - SIGN_WIDTH
        is_alone = not self._row.right and not self._row.verdict.value
        left = QRectF(LABEL_WIDTH, 0, rect.width() - LABEL_WIDTH if is_alone else room * LEFT_SHARE - 12, rect.height())
        draw_runs(painter, self._theme, left, self._row.left)
        sign = QRectF(LABEL_WIDTH + room * LEFT_SHARE - 4, 0, SIGN_WIDTH - 4, rect.height())
        strong = self._theme.font(Size.BODY, Weight.STRONG)
        colour = tokens.of(TONES[self._row.verdict])
        draw_text(painter, sign, self._row.verdict.value, strong, colour, align=Qt.AlignmentFlag.AlignHCenter)
        right = QRectF(sign.right() + 8, 0, rect.width() - sign.right() - 8, rect.height())
        draw_runs(painter, self._theme, right, self._row.right)
        painter.end()


class DetailGrid(QWidget):
    """Shows the rows it is given; `set_rows` replaces them all. In a low window the rows stand closer."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: list[_DetailLine] = []
        self.setAccessibleName(name)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def set_rows(self, rows: Sequence[DetailRow]) -> None:
        """Lines that are there already are used again: this runs at each press of a key."""
        for line, row in zip(self._lines, rows, strict=False):
            line.show_row(row)
            line.show()
        for line in self._lines[len(rows) :]:
            line.hide()
        for row in rows[len(self._lines) :]:
            line = _DetailLine(self._theme, row, self)
            self._lines.append(line)
            self._layout.addWidget(line)
            line.show()  # at once, not when the loop comes to it
