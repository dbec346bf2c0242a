"""A table as rows of text cells, each with the line it came from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kontali_desktop.adapters.files.reasons import Reason, not_understood

MOST_CELLS = 3_000_000  # a table of so many takes some 400 MB


@dataclass(frozen=True, slots=True)
class Row:
    """`line` counts from one; `raw` is the row as it can be saved again, with its end of line.

    A row whose quotes are broken has no cells.
    """

    line: int
    cells: tuple[str, ...]
    raw: str
    is_broken: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.is_broken and not any(self.cells)

    def cell(self, column: int) -> str:
        """The text of a column, nothing where the row ends before it."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows that are not blank. `is_excel` decides the format's name."""

    rows: tuple[Row, ...]
    is_excel: bool = False


def rows_of(texts: Iterable[tuple[int, list[str]]]) -> Iterator[Row]:
    """Rows with anything in them, by the line each came from. Raises FileNotUnderstood for what fills the memory."""
    cells = 0
    for line, mine in texts:
        cells += len(mine)
        if cells > MOST_CELLS:
            raise not_understood(f"line {line}", Reason.OVERLOADED)
        if any(mine):
            yield Row(line, tuple(mine), semicolon_line(mine))


def semicolon_line(cells: Iterable[str]) -> str:
    """The cells as a line of CSV with `;`, as Excel rows are saved."""
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=";", lineterminator="\n").writerow(cells)
    return line.getvalue()
