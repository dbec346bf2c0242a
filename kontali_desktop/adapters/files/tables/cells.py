"""A row's cells by field, as its table's mapping names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.tables.days import DayStyle, day_of, day_style_of, european
from kontali_desktop.adapters.files.tables.grid import Row
from kontali_desktop.adapters.files.tables.layout import Columns, Table
from kontali_desktop.adapters.files.tables.numbers import NumberStyle, minor_of, style_of

# How a table's sums and balances below and above its rows begin: with a whole word, for names begin alike (Summit).
_TOTAL = re.compile(
    r"(?:sum|summ(?:[ae]|en|er|ert|ering|ary)|total(?:t|en|er|s|e|sum|beløp|amount)?|til\s+sammen|i\s+alt|saldo|balance|antall"
    r"|(?:inngående|utgående)\s+saldo|(?:opening|closing)\s+balance)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_TOTAL = 60


@dataclass(frozen=True, slots=True)
class Styles:
    """How a table writes its amounts and days, decided over all of its rows."""

    number: NumberStyle
    day: DayStyle


@dataclass(frozen=True, slots=True)
class Cells:
    """One row. The error of a value names the column's heading."""

    row: Row
    table: Table
    columns: Columns
    styles: Styles

    def text(self, field: str) -> str:
        """The text; of several columns each once, in their order."""
        places = self.columns.get(field)
        if not places:
            return ""
        if len(places) == 1:
            return " ".join(self.row.cell(places[0]).split())
        found = (" ".join(self.row.cell(place).split()) for place in places)
        return " ".join(dict.fromkeys(text for text in found if text))

    def needed(self, field: str) -> str:
        text = self.text(field)
        if not text:
            raise not_understood(self.heading(field), Reason.FIELD_MISSING, field=self.heading(field))
        return text

    def heading(self, field: str) -> str:
        places = self.columns.get(field, ())
        return self.table.headings[places[0]] if places else field

    def amount(self, field: str, currency: str) -> int | None:
        """Signed minor units, None where the cell is empty."""
        text = self.text(field)
        return minor_of(text, currency, self.styles.number, self.heading(field)) if text else None

    def day(self, field: str) -> date | None:
        text = self.text(field)
        return day_of(text, self.styles.day, self.heading(field)) if text else None


def cells_of(
    table: Table, columns: Columns, amounts: Iterable[str], days: Iterable[str], *, is_european: bool = False
) -> Iterator[Cells]:
    """The rows of a table in its own styles, which its columns of amounts and days decide.

    `is_european`: whose table it is puts the day before the month.
    """
    number_places = [place for field in amounts for place in columns.get(field, ())]
    day_places = [place for field in days for place in columns.get(field, ())]
    day_style = day_style_of(row.cell(place) for row in table.rows for place in day_places)
    styles = Styles(
        style_of(row.cell(place) for row in table.rows for place in number_places),
        european(day_style) if is_european else day_style,
    )
    for row in table.rows:
        yield Cells(row, table, columns, styles)


def check_width(cells: Cells) -> None:
    """A row that is too long has a separator inside a text: its columns cannot be trusted."""
    if cells.row.is_broken:
        raise not_understood("", Reason.QUOTES_BROKEN)
    found, expected = cells.row.cells, len(cells.table.headings)
    if any(found[expected:]):
        raise not_understood("", Reason.WRONG_NUMBER_OF_CELLS, found=len(found), expected=expected)


def is_total(cells: Cells) -> bool:
    """Whether the row begins as a sum or balance does, rather than as a day or a name does."""
    first = next((cell for cell in cells.row.cells if cell), "")
    return len(first) <= _LONGEST_TOTAL and _TOTAL.fullmatch(first) is not None
