"""The columns that the headings and every row of the list share."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QGridLayout

DOT_WIDTH: Final = 21  # the light and its distance from the name, both within the first column
STRETCHES: Final = (180, 145, 160, 165, 135)
ACTIONS_WIDTH: Final = 190
MARGIN: Final = 12


def set_columns(grid: QGridLayout) -> None:
    """Client and bank, accounts, consent, last, frequency, what can be done."""
    grid.setContentsMargins(MARGIN, 0, MARGIN, 0)
    grid.setHorizontalSpacing(10)
    for column, stretch in enumerate(STRETCHES):
        grid.setColumnStretch(column, stretch)
    grid.setColumnMinimumWidth(len(STRETCHES), ACTIONS_WIDTH)
