"""Tables in any file: CSV with any separator, Excel, and what only looks like either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from kontali_desktop.adapters.files import open_items_csv
from kontali_desktop.adapters.files.bank_table import read_bank_table
from kontali_desktop.adapters.files.detect import Format, refuse_own_vouchers
from kontali_desktop.adapters.files.open_items_table import read_open_items_table
from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.settlements import reports as settlement_reports
from kontali_desktop.adapters.files.settlements.mapped import read_settlement_table
from kontali_desktop.adapters.files.settlements.payout import Settlement
from kontali_desktop.adapters.files.source import Source
from kontali_desktop.adapters.files.tables.csv_grid import csv_grid, separator_of
from kontali_desktop.adapters.files.tables.grid import Grid
from kontali_desktop.adapters.files.tables.headings import guess_of
from kontali_desktop.adapters.files.tables.html_grid import html_grids
from kontali_desktop.adapters.files.tables.known_banks import bank_columns
from kontali_desktop.adapters.files.tables.layout import (
    Columns,
    Table,
    columns_of,
    likely_table,
    tables_in,
)
from kontali_desktop.adapters.files.tables.workbook import is_workbook, workbook_grids
from kontali_desktop.adapters.files.tables.xml_workbook import NAMESPACE as XML_WORKBOOK
from kontali_desktop.adapters.files.tables.xml_workbook import xml_workbook_grids
from kontali_desktop.adapters.files.text import beginning_of, decoded
from kontali_desktop.domain.tables import ColumnMapping, TableKind, TableSample, headings_key
from kontali_desktop.services.ports import FileContent

_SAMPLE_ROWS = 20
_WEB_PAGE = ("<table", "urn:schemas-microsoft-com:office")


def read_table(source: Source) -> FileContent | None:
    """What a table says, None where the file is none with days and amounts.

    A settlement report, our own list of open items, what a person has explained and a known bank's is read; of several
    sheets the first such one. Raises FileNotUnderstood: `mapping_needed` where nobody has explained the columns yet.
    """
    likely: Table | None = None
    for grid in _grids(source.rewound(), source.head):
        content = _settlement(grid) or _known(grid, source.mappings)
        if content is not None:
            return content
        likely = likely or likely_table(grid)
    if likely is None:
        _refuse_web_page(beginning_of(source.head))
        return None
    raise not_understood(f"line {likely.header.line}", Reason.MAPPING_NEEDED, columns=", ".join(likely.headings))


def sample_table(file: IO[bytes], head: bytes) -> TableSample | None:
    """The headings and first rows of the table that has to be explained, or could be."""
    for grid in _grids(file, head):
        table = next((table for table in tables_in(grid) if bank_columns(table.headings) is not None), None)
        table = table or likely_table(grid)
        if table is not None:
            width = range(len(table.headings))
            rows = tuple(tuple(row.cell(column) for column in width) for row in table.rows[:_SAMPLE_ROWS])
            preamble = " ".join(cell for row in table.preamble for cell in row.cells)
            return TableSample(table.headings, rows, guess_of(table.headings, preamble, rows))
    return None


def may_be_table(head: bytes) -> bool:
    """Whether a file that begins so is packed as a workbook or is text."""
    return is_workbook(head) or not _is_binary(beginning_of(head))


def _grids(file: IO[bytes], head: bytes) -> Iterable[Grid]:
    if is_workbook(head):
        return workbook_grids(file)
    begins = beginning_of(head).lstrip("\ufeff \t\r\n")
    if begins.startswith("<"):
        return _marked_up_grids(file, begins.casefold())
    return _text_grids(file) if not _is_binary(begins) else ()


def _marked_up_grids(file: IO[bytes], begins: str) -> Iterator[Grid]:
    """Many programs call a web page .xls, or the XML that Excel once wrote; Excel opens either."""
    file.seek(0)
    if XML_WORKBOOK in begins and "<workbook" in begins:
        yield from xml_workbook_grids(file.read())
    elif any(sign in begins for sign in _WEB_PAGE):
        text = decoded(file.read())
        yield from html_grids(text or "")


def _refuse_web_page(begins: str) -> None:
    """What says that it is a spreadsheet, but has no table that could be read."""
    lowered = begins.casefold()
    if XML_WORKBOOK in lowered:
        raise not_understood("line 1", Reason.SPREADSHEET_KIND, kind="XML 2003")
    if any(sign in lowered for sign in _WEB_PAGE):
        raise not_understood("line 1", Reason.WEB_PAGE)


def _is_binary(begins: str) -> bool:
    return any(sign < " " and sign not in "\t\r\n\x0c\x1a" for sign in begins.rstrip("\0"))


def _text_grids(file: IO[bytes]) -> Iterator[Grid]:
    file.seek(0)
    text = (decoded(file.read()) or "").rstrip("\0\x1a")  # what old programs ended and filled up their files with
    separator = separator_of(text) if text else ""
    if text and separator:
        yield csv_grid(text, separator)


def _settlement(grid: Grid) -> FileContent | None:
    read = settlement_reports.reader_for(grid)
    return payouts(read()) if read is not None else None


def payouts(report: Settlement) -> FileContent:
    """A settlement report's content."""
    return FileContent(Format.SETTLEMENT, batches=report.batches, refused=report.refused, refused_head=report.head)


def _known(grid: Grid, mappings: Mapping[str, ColumnMapping]) -> FileContent | None:
    for table in tables_in(grid):
        refuse_own_vouchers(table.headings)
        if open_items_csv.is_own_header(table.header.cells):
            documents, refused, head = open_items_csv.read_rows(grid, table.at)
            found = Format.OPEN_ITEMS_XLSX if grid.is_excel else Format.OPEN_ITEMS_CSV
            return FileContent(found, documents=documents, refused=refused, is_list=True, refused_head=head)
        mapping = mappings.get(headings_key(table.headings))
        if mapping is not None:
            return _mapped(table, mapping)
        columns = bank_columns(table.headings)
        if columns is not None:
            return _bank(table, columns, is_known=True)
    return None


def _mapped(table: Table, mapping: ColumnMapping) -> FileContent:
    columns = columns_of(mapping, table.headings)
    if mapping.kind is TableKind.BANK:
        has_amount = {"amount", "amount_in", "amount_out"} & columns.keys()
        missing = [*(() if "booking_date" in columns else ("booking_date",)), *(() if has_amount else ("amount",))]
        if missing:
            raise not_understood(f"line {table.header.line}", Reason.COLUMNS_MISSING, columns=", ".join(missing))
        return _bank(table, columns)
    if mapping.kind is TableKind.SETTLEMENT:
        return payouts(read_settlement_table(table, columns))
    documents, refused = read_open_items_table(table, columns, mapping.side)
    found = Format.OPEN_ITEMS_XLSX if table.grid.is_excel else Format.OPEN_ITEMS_CSV
    return FileContent(found, documents=documents, refused=refused, is_list=True, refused_head=table.head)


def _bank(table: Table, columns: Columns, *, is_known: bool = False) -> FileContent:
    statements, refused = read_bank_table(table, columns, is_known=is_known)
    found = Format.BANK_XLSX if table.grid.is_excel else Format.BANK_CSV
    return FileContent(found, statements=statements, refused=refused, refused_head=table.head)
