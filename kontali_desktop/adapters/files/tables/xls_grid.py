"""Old Excel workbooks (.xls, BIFF), each sheet as a grid."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import xlrd

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.tables.days import EXCEL_FIRST_DAY, FIRST_DAY_1904
from kontali_desktop.adapters.files.tables.grid import MOST_CELLS, Grid, Row, semicolon_line
from kontali_desktop.adapters.files.tables.xlsx_grid import day_text, number_text
from kontali_desktop.adapters.files.tables.zip_parts import broken
from kontali_desktop.services.errors import FileNotUnderstood

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell, Sheet

_ENCRYPTED = "encrypted"
LOCKED = "EncryptedPackage"  # the stream in which a .xlsx with a password lies


def xls_grids(data: bytes) -> Iterator[Grid]:
    """The sheets in their order. Raises FileNotUnderstood where the workbook is broken, too big or locked."""
    try:
        yield from _sheets(
            xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
        )
    except FileNotUnderstood:
        raise
    except Exception as error:  # a broken file makes the library raise nearly anything
        if LOCKED.encode("utf-16-le") in data or _ENCRYPTED in str(error).lower():
            raise not_understood("line 1", Reason.LOCKED) from error
        raise broken() from error


def _sheets(book: Book) -> Iterator[Grid]:
    for place in range(book.nsheets):
        sheet = book.sheet_by_index(place)
        grid = Grid(tuple(_rows(sheet, book.datemode)), is_excel=True)
        book.unload_sheet(place)  # one at a time, however many there are
        if not sheet.visibility:
            yield grid


def _rows(sheet: Sheet, date_mode: int) -> Iterator[Row]:
    cells = 0
    for place in range(sheet.nrows):
        texts = tuple(_text(cell, date_mode) for cell in sheet.row(place))
        cells += len(texts)
        if cells > MOST_CELLS:
            raise not_understood(f"line {place + 1}", Reason.OVERLOADED)
        if any(texts):
            yield Row(place + 1, texts, semicolon_line(texts))


def _text(cell: Cell, date_mode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value).strip()
    if cell.ctype == xlrd.XL_CELL_DATE:
        value = repr(cell.value)
        return day_text(value, FIRST_DAY_1904 if date_mode else EXCEL_FIRST_DAY) or number_text(value)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return number_text(repr(cell.value))
    return ""
