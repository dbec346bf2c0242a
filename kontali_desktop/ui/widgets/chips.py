"""A row of chips of which one is chosen, each with its count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.theme.metrics import SMALL_CONTROL_HEIGHT, Size, Weight
from kontali_desktop.ui.widgets.buttons import PaintedButton
from kontali_desktop.ui.widgets.paint import draw_text, fill_box, focus_ring, text_width

PADDING = 12
COUNT_GAP = 5


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter: `key` for the program, `text` and `count` for the person."""

    key: str
    text: str
    count: int | None = None


class _ChipButton(PaintedButton):
    def __init__(self, theme: Theme, chip: Chip, write: Callable[[int], str], parent: QWidget) -> None:
        super().__init__(theme, chip.text, parent)
        self._write = write
        self.setCheckable(True)
        self._count = ""
        self.set_count(chip.count)

    def set_count(self, count: int | None) -> None:
        self._count = "" if count is None else self._write(count)
        self.setAccessibleName(f"{self.text()} {self._count}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        # Measured at the heavier weight, so that a row does not move when another chip is chosen.
        font = self.theme.font(Size.SMALL, Weight.STRONG, figures=True)
        width = text_width(font, self.text()) + 2 * PADDING
        if self._count:
            width += COUNT_GAP + text_width(font, self._count)
        return QSize(round(width + 0.5), SMALL_CONTROL_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        tokens = self.theme.tokens
        rect = QRectF(self.rect())
        radius = rect.height() / 2
        chosen = self.isChecked()
        face = tokens.selected if chosen or self.underMouse() else tokens.surface
        fill_box(painter, rect, face, tokens.accent if chosen else tokens.line, radius)
        colour = tokens.text if chosen else tokens.text_quiet
        font = self._font()
        width = text_width(font, self.text()) + (COUNT_GAP + text_width(font, self._count) if self._count else 0)
        left = (rect.width() - width) / 2
        draw_text(painter, QRectF(left, 0, rect.width(), rect.height()), self.text(), font, colour)
        left += text_width(font, self.text()) + COUNT_GAP
        draw_text(painter, QRectF(left, 0, rect.width(), rect.height()), self._count, font, colour)
        if self.hasFocus():
            focus_ring(painter, rect, tokens.accent, radius)
        painter.end()

    def _font(self) -> QFont:
        return self.theme.font(Size.SMALL, Weight.STRONG if self.isChecked() else Weight.REGULAR, figures=True)


class ChipRow(QWidget):
    """One of the chips is always chosen; arrow keys go from one to the next. `write` says how a count is written."""

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        chips: Sequence[Chip],
        *,
        name: str,
        write: Callable[[int], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _ChipButton] = {}
        for chip in chips:
            button = _ChipButton(theme, chip, write, self)
            self._buttons[chip.key] = button
            self._group.addButton(button)
            layout.addWidget(button)
        layout.addStretch(1)
        if chips:
            self._buttons[chips[0].key].setChecked(True)
        self._group.buttonClicked.connect(self._clicked)

    @property
    def current(self) -> str:
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose without emitting `chosen`."""
        self._buttons[key].setChecked(True)

    def set_shown(self, key: str, *, shown: bool) -> None:
        """A chip for what is rare is there only while there is any."""
        self._buttons[key].setVisible(shown or self._buttons[key].isChecked())

    def set_counts(self, counts: dict[str, int | None]) -> None:
        for key, count in counts.items():
            self._buttons[key].set_count(count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        keys = [key for key, button in self._buttons.items() if not button.isHidden()]
        button = self._buttons[keys[(keys.index(self.current) + step) % len(keys)]]
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()

    def _clicked(self) -> None:
        self.chosen.emit(self.current)
