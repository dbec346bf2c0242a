"""Where in a grid a table begins, and which of its columns are which field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.tables.days import is_day
from kontali_desktop.adapters.files.tables.grid import Grid, Row
from kontali_desktop.adapters.files.tables.headings import known_headings
from kontali_desktop.adapters.files.tables.numbers import is_amount
from kontali_desktop.domain.tables import ColumnMapping

MOST_COLUMNS = 500
HEADER_WITHIN = 30  # rows that a bank or a ledger may print above its headings
_LEAST_KNOWN = 2
_LEAST_HEADINGS = 2
_LOOKED_AT = 20

Columns = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """A grid with its headings at row `at`, each of its own name."""

    grid: Grid
    at: int
    headings: tuple[str, ...]

    @property
    def header(self) -> Row:
        return self.grid.rows[self.at]

    @property
    def rows(self) -> Sequence[Row]:
        return self.grid.rows[self.at + 1 :]

    @property
    def preamble(self) -> Sequence[Row]:
        return self.grid.rows[: self.at]

    @property
    def head(self) -> str:
        """The headings and what stands above them, as it goes before saved rows."""
        return "".join(row.raw for row in self.grid.rows[: self.at + 1])


def table_at(grid: Grid, at: int) -> Table:
    """A second column of the same name gets a number behind it; one without a name is its number."""
    headings: list[str] = []
    for place, heading in enumerate(grid.rows[at].cells, 1):
        name = " ".join(heading.split()) or f"({place})"
        headings.append(name if name not in headings else f"{name} ({place})")
    while headings and headings[-1].startswith("("):
        headings.pop()
    return Table(grid, at, tuple(headings))


def tables_in(grid: Grid) -> Iterator[Table]:
    """The grid with each of its first rows as headings, in turn."""
    for at, row in enumerate(grid.rows[:HEADER_WITHIN]):
        if len(row.cells) <= MOST_COLUMNS and sum(bool(cell) for cell in row.cells) >= _LEAST_HEADINGS:
            yield table_at(grid, at)


def likely_table(grid: Grid) -> Table | None:
    """The table of a grid whose headings nobody has explained; None where it has no days or no amounts below any."""
    for table in tables_in(grid):
        if _may_be_headings(table.headings) and _has_days_and_amounts(table):
            return table
    return None


def columns_of(mapping: ColumnMapping, headings: Sequence[str]) -> Columns:
    """The columns of each field by their place. Raises FileNotUnderstood where one of its headings is missing."""
    places = {heading: place for place, heading in enumerate(headings)}
    missing = [heading for _, heading in mapping.columns if heading not in places]
    if missing:
        raise not_understood("line 1", Reason.COLUMNS_MISSING, columns=", ".join(missing))
    found: dict[str, tuple[int, ...]] = {}
    for field, heading in mapping.columns:
        found[field] = (*found.get(field, ()), places[heading])
    return found


def _may_be_headings(headings: Sequence[str]) -> bool:
    told = [heading for heading in headings if not heading.startswith("(")]
    if len(told) < _LEAST_HEADINGS or any(is_day(heading) or is_amount(heading) for heading in told):
        return False
    return known_headings(told) >= min(_LEAST_KNOWN, len(told)) or len(told) > _LEAST_HEADINGS


def _has_days_and_amounts(table: Table) -> bool:
    first = [row for row in table.rows[:_LOOKED_AT] if not row.is_broken]
    columns = range(len(table.headings))
    days = {column for column in columns if any(is_day(row.cell(column)) for row in first)}
    return bool(days) and any(
        column not in days and any(is_amount(row.cell(column)) for row in first) for column in columns
    )
