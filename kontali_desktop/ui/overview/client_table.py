"""The clients, one line each: how it stands, what came, what is done, what waits, and the one button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from kontali_desktop.ui.overview.attention import Wish
from kontali_desktop.ui.overview.rows import ClientRow
from kontali_desktop.ui.theme import Theme, Tone
from kontali_desktop.ui.theme.metrics import Size, Weight
from kontali_desktop.ui.widgets.buttons import Button
from kontali_desktop.ui.widgets.status import StatusDot
from kontali_desktop.ui.widgets.text import ElidedLabel, Label, divider, heading
from kontali_desktop.wording.wording import Wording

LINE_HEIGHT = 42
SIDE = 12
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
# Key of the heading, least width, share of what is left over, alignment.
COLUMNS = (
    ("overview.column.client", 150, 4, LEFT),
    ("overview.column.light", 118, 1, LEFT),
    ("overview.column.received", 72, 0, RIGHT),
    ("overview.column.done", 72, 0, RIGHT),
    ("overview.column.waiting", 72, 0, RIGHT),
    ("overview.column.proved", 140, 1, LEFT),
    ("overview.column.consent", 104, 1, LEFT),
    ("", 96, 0, RIGHT),
)
GAP = 16


class ClientTable(QWidget):
    """`acted` carries the wish of the button that was pressed. Lines are kept and filled anew, so focus stays."""

    acted = Signal(object)

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._wording = theme, wording
        self.setAccessibleName(wording.text("overview.clients"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SIDE, 0, SIDE, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(0)
        self._lines: list[_Line] = []
        for column, (key, width, stretch, align) in enumerate(COLUMNS):
            self._grid.setColumnMinimumWidth(column, width)
            self._grid.setColumnStretch(column, stretch)
            if key:
                self._grid.addWidget(heading(theme, wording.text(key)), 0, column, align)
        self._grid.setRowMinimumHeight(0, 30)
        self._grid.addWidget(divider(), 1, 0, 1, len(COLUMNS))

    def show_rows(self, rows: Sequence[ClientRow]) -> None:
        while len(self._lines) < len(rows):
            self._lines.append(_Line(self, self._theme, self._wording, self._grid, 2 + 2 * len(self._lines)))
        for line, row in zip(self._lines, rows, strict=False):
            line.fill(row)
        for spare in self._lines[len(rows) :]:
            spare.hide()


class _Line:
    """The widgets of one client's line."""

    def __init__(self, table: ClientTable, theme: Theme, wording: Wording, grid: QGridLayout, place: int) -> None:
        self._wording = wording
        self._grid, self._place = grid, place
        self._wish: Wish | None = None
        self._name = ElidedLabel(theme, weight=Weight.STRONG)
        self._light = StatusDot(theme)
        self._figures = [Label(theme, figures=True) for _ in range(3)]
        self._proved = Label(theme, size=Size.SMALL, tone=Tone.QUIET)
        self._consent = Label(theme, size=Size.SMALL)
        self._button = Button(theme, "", small=True)
        self._line = divider()
        self._proved.setToolTip(wording.text("overview.not_proved.tip"))
        cells: list[QWidget] = [
            self._name,
            self._light,
            *self._figures,
            self._proved,
            self._consent,
            self._button,
        ]
        for column, (cell, (_, _, _, align)) in enumerate(zip(cells, COLUMNS, strict=True)):
            if column == 0:
                grid.addWidget(cell, place, column)
            else:
                grid.addWidget(cell, place, column, align)
        grid.addWidget(self._line, place + 1, 0, 1, len(COLUMNS))
        self._cells = [*cells, self._line]
        self._button.clicked.connect(lambda: table.acted.emit(self._wish))

    def fill(self, row: ClientRow) -> None:
        self._grid.setRowMinimumHeight(self._place, LINE_HEIGHT)
        for cell in self._cells:
            cell.show()
        self._wish = row.wish
        self._name.set_text(row.name)
        self._light.set_status(row.light, row.tone)
        for label, figure in zip(self._figures, (row.received, row.done, row.waiting), strict=True):
            label.setText(figure)
        self._figures[2].set_tone(Tone.TEXT if row.is_waiting else Tone.QUIET)
        self._proved.setText(row.proved)
        self._consent.setText(row.consent)
        self._consent.set_tone(row.consent_tone)
        self._button.setVisible(bool(row.button))
        self._button.set_text(row.button)
        self._button.setObjectName(f"client_{row.client}_button")
        if row.button:
            self._button.setAccessibleName(self._wording.text("overview.act_on", act=row.button, client=row.name))

    def hide(self) -> None:
        self._grid.setRowMinimumHeight(self._place, 0)
        for cell in self._cells:
            cell.hide()
