"""Every client in a row: its light, its lines, its consent, and the one button that fixes it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kontali_desktop.ui.overview.rows import ClientRow
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.layouts import clear
from kontali_desktop.ui.widgets.status import StatusDot
from kontali_desktop.ui.widgets.text import ElidedLabel, Label, divider, heading
from kontali_desktop.wording.wording import Wording

COLUMNS = ("client", "received", "done", "waiting", "proved", "consent")
STRETCHES = (285, 75, 75, 75, 160, 110)
LEAST = (170, 68, 64, 68, 134, 84)  # what the headings need, in either language
BUTTON_WIDTH = 110
FIGURES = (1, 2, 3)
MARGIN = 12
GAP = 32  # between the last figure and the words
ROW = 41


class ClientsTable(QWidget):
    """`acted` carries the row whose button was pressed."""

    acted = Signal(object)

    def __init__(self, theme: Theme, wording: Wording, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wording = wording
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_heads())
        layout.addWidget(divider())
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        layout.addLayout(self._rows)
        self._shown: tuple[ClientRow, ...] = ()

    def show_rows(self, rows: tuple[ClientRow, ...]) -> None:
        if rows == self._shown:
            return
        self._shown = rows
        clear(self._rows)
        for row in rows:
            self._rows.addWidget(self._make_row(row))
            self._rows.addWidget(divider())

    def _make_heads(self) -> QWidget:
        heads = QWidget()
        heads.setFixedHeight(30)
        grid = _grid(heads)
        for column, name in enumerate(COLUMNS):
            label = heading(self._theme, self._wording.text(f"overview.column.{name}"))
            _place(grid, label, column)
        return heads

    def _make_row(self, row: ClientRow) -> QWidget:
        widget = QWidget()
        widget.setFixedHeight(ROW)
        widget.setObjectName(f"client_{row.id}")
        widget.setAccessibleName(row.spoken)
        grid = _grid(widget)
        dot = StatusDot(self._theme, row.name, row.tone, size=Size.BODY, weight=Weight.STRONG, text_tone=Tone.TEXT)
        dot.set_status(row.name, row.tone, row.light)
        dot.setFixedWidth(dot.sizeHint().width())
        who = QWidget()
        words = QHBoxLayout(who)
        words.setContentsMargins(0, 0, 12, 0)
        words.setSpacing(10)
        words.addWidget(dot)
        words.addWidget(ElidedLabel(self._theme, row.light, size=Size.SMALL, tone=Tone.QUIET, or_nothing=True), 1)
        _place(grid, who, 0)
        for column, text in zip(FIGURES, (row.received, row.done, row.waiting), strict=True):
            strong = column == FIGURES[-1] and row.is_waiting
            tone = Tone.QUIET if column == FIGURES[-1] and not row.is_waiting else Tone.TEXT
            weight = Weight.STRONG if strong else Weight.REGULAR
            _place(grid, Label(self._theme, text, weight=weight, tone=tone, figures=True), column)
        _place(grid, Label(self._theme, row.proved, tone=Tone.QUIET), 4)
        _place(grid, Label(self._theme, row.consent, tone=row.consent_tone, figures=True), 5)
        if row.remedy is not None:
            button = Button(self._theme, row.button, small=True)
            button.setObjectName(f"remedy_{row.id}")
            button.setAccessibleName(f"{row.button}: {row.name}")
            button.clicked.connect(lambda: self.acted.emit(row))
            grid.addWidget(button, 0, len(COLUMNS), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return widget


def _grid(widget: QWidget) -> QGridLayout:
    grid = QGridLayout(widget)
    grid.setContentsMargins(MARGIN, 0, MARGIN, 0)
    grid.setHorizontalSpacing(0)
    for column, stretch in enumerate(STRETCHES):
        grid.setColumnStretch(column, stretch)
        grid.setColumnMinimumWidth(column, LEAST[column])
    grid.setColumnMinimumWidth(len(COLUMNS), BUTTON_WIDTH)
    return grid


def _place(grid: QGridLayout, widget: QWidget, column: int) -> None:
    """Figures stand to the right of their column; the words behind them keep their distance."""
    widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    if isinstance(widget, Label):
        side = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
        widget.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        if column == FIGURES[-1] + 1:
            widget.setContentsMargins(GAP, 0, 0, 0)
    grid.addWidget(widget, 0, column)
