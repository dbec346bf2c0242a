"""Excel workbooks as one XML file ("XML Spreadsheet 2003"), each sheet as a grid."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.safe_xml import parsed
from kontali_desktop.adapters.files.tables.grid import Grid, rows_of
from kontali_desktop.adapters.files.tables.spans import MOST_ROWS, SpannedRow, Spans, span_of
from kontali_desktop.adapters.files.tables.xlsx_grid import number_text

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_INDEX, _TYPE, _ACROSS, _DOWN = (f"{{{NAMESPACE}}}{name}" for name in ("Index", "Type", "MergeAcross", "MergeDown"))
_MOST_COLUMNS = 1_000


def xml_workbook_grids(data: bytes) -> Iterator[Grid]:
    """The sheets in their order. Raises FileNotUnderstood."""
    for sheet in parsed(data).iterfind("{*}Worksheet"):
        if not any((options.text or "").startswith("SheetHidden") for options in sheet.iterfind(".//{*}Visible")):
            yield Grid(
                tuple(row for table in sheet.iterfind("{*}Table") for row in rows_of(_rows(table))), is_excel=True
            )


def _rows(table: etree._Element) -> Iterator[tuple[int, list[str]]]:
    line, spans = 0, Spans()
    for row in table.iterfind("{*}Row"):
        before, line = line, _place(row, line + 1)
        yield line, _texts(row, spans.next_row(line - before - 1), line)


def _texts(row: etree._Element, filled: SpannedRow, line: int) -> list[str]:
    for cell in row.iterfind("{*}Cell"):
        text = _text(cell)
        place = _place(cell, filled.free_column() + 1)
        if text and place > _MOST_COLUMNS:
            raise not_understood(f"line {line}", Reason.OVERLOADED)
        if place <= _MOST_COLUMNS:
            filled.skip_to(place - 1)
            across = span_of(cell.get(_ACROSS), 0, _MOST_COLUMNS)
            filled.put(text, 1 + across, 1 + span_of(cell.get(_DOWN), 0, MOST_ROWS))
    return filled.end()


def _place(element: etree._Element, usual: int) -> int:
    """Where a row or cell stands: after the one before it, or further on where it says so."""
    told = element.get(_INDEX) or ""
    is_number = told.isascii() and told.isdigit() and len(told) <= len("1048576")
    return max(usual, int(told)) if is_number else usual


def _text(cell: etree._Element) -> str:
    data = cell.find("{*}Data")
    if data is None:
        return ""
    text = "".join(str(part) for part in data.itertext()).strip()
    kind = data.get(_TYPE)
    if kind == "DateTime":
        return text.partition("T")[0]
    return number_text(text) if kind == "Number" else text
