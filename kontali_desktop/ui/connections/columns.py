"""The columns that the headings and every row of the list share."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QGridLayout

DOT_WIDTH: Final = 21  # the light and its distance from the name, both within the first column
STRETCHES: Final = (126, 132, 97, 124, 110)
ACTIONS_WIDTH: Final = 118
RENEWING_WIDTH: Final = 190  # where some row has a third button
MARGIN: Final = 12


def set_columns(grid: QGridLayout) -> None:
    """Client and bank, accounts, consent, last, frequency, what can be done."""
    grid.setContentsMargins(MARGIN, 0, MARGIN, 0)
    grid.setHorizontalSpacing(8)
    for column, stretch in enumerate(STRETCHES):
        grid.setColumnStretch(column, stretch)
    set_actions(grid, ACTIONS_WIDTH)


def set_actions(grid: QGridLayout, width: int) -> None:
    """The room for the buttons is the same in every row, so that the columns stand under their headings."""
    grid.setColumnMinimumWidth(len(STRETCHES), width)
