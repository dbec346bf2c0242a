"""Cells that cover several columns or rows, put where a reader sees them."""

from __future__ import annotations

from kontali_desktop.adapters.files.tables.days import is_day

MOST_ROWS = 1_000  # that one cell may cover
_LONGEST_NUMBER = 9


def span_of(told: str | None, default: int, most: int) -> int:
    """How far a cell says that it reaches, within bounds."""
    text = (told or "").strip()
    is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    return min(int(text), most) if is_number else default


class Spans:
    """What the rows above cover of the next: by column the rows that are left, and what is read there.

    A day counts for each row that it stands beside; other text counts once, for an amount is paid once.
    """

    def __init__(self) -> None:
        self._below: dict[int, tuple[int, str]] = {}

    def next_row(self, skipped: int = 0) -> SpannedRow:
        """The next one to fill; `skipped` rows before it are not told at all."""
        above = {column: (left - skipped, text) for column, (left, text) in self._below.items() if left > skipped}
        self._below = {}
        return SpannedRow(above, self._below)


class SpannedRow:
    """A row that is filled from the left; what it covers of the rows below goes into `below`."""

    def __init__(self, above: dict[int, tuple[int, str]], below: dict[int, tuple[int, str]]) -> None:
        self._above, self._below = above, below
        self.texts: list[str] = []

    def free_column(self) -> int:
        """The first, counted from zero, that neither this row nor one above it fills."""
        while len(self.texts) in self._above:
            self._pass()
        return len(self.texts)

    def skip_to(self, column: int) -> None:
        while len(self.texts) < column:
            self._pass()

    def put(self, text: str, columns: int, rows: int) -> None:
        """A cell at the next column, so wide and so high."""
        first = len(self.texts)
        for column in range(first, first + columns):
            here = text if column == first else ""
            self._above.pop(column, None)
            self.texts.append(here)
            if rows > 1:
                self._below[column] = (rows - 1, here if is_day(here) else "")

    def end(self) -> list[str]:
        """The texts, with what the rows above put behind the last cell."""
        self.skip_to(max(self._above, default=-1) + 1)
        return self.texts

    def _pass(self) -> None:
        column = len(self.texts)
        left, text = self._above.pop(column, (0, ""))
        self.texts.append(text)
        if left > 1:
            self._below[column] = (left - 1, text)
