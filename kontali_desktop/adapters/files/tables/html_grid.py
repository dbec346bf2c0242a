"""Tables of a web page, as grids: what several banks and accounting systems save under the name .xls."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from kontali_desktop.adapters.files.reasons import Reason, not_understood
from kontali_desktop.adapters.files.safe_xml import refuse_overloaded
from kontali_desktop.adapters.files.tables.grid import MOST_CELLS, Grid, rows_of
from kontali_desktop.adapters.files.tables.spans import MOST_ROWS, SpannedRow, Spans, span_of

_MOST_SPANNED = 100  # columns that one cell may cover
_MOST_TABLES = 200  # of a page: a bank's has a handful
_CELLS = ("td", "th")


def html_grids(text: str) -> Iterator[Grid]:
    """Each table that has no other inside it, rows counted from its own first. Raises FileNotUnderstood."""
    data = text.encode()
    refuse_overloaded(data)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return  # nothing in it that even a web page's forgiving reader knows
    if root is None:
        return
    innermost = (table for table in root.iter("table") if table.find(".//table") is None)
    for table in islice(innermost, _MOST_TABLES):
        yield Grid(tuple(rows_of(_rows(table))), is_excel=True)


def _rows(table: etree._Element) -> Iterator[tuple[int, list[str]]]:
    spans, group = Spans(), None
    for line, row in enumerate(table.iter("tr"), 1):
        if row.getparent() is not group:  # no cell reaches out of the table's head into its body
            spans, group = Spans(), row.getparent()
        yield line, _texts(row, spans.next_row(), line)


def _texts(row: etree._Element, filled: SpannedRow, line: int) -> list[str]:
    for cell in row.iterchildren(*_CELLS):
        if filled.free_column() > MOST_CELLS:
            raise not_understood(f"line {line}", Reason.OVERLOADED)
        columns = span_of(cell.get("colspan"), 1, _MOST_SPANNED) or 1
        rows = span_of(cell.get("rowspan"), 1, MOST_ROWS) or MOST_ROWS  # none means all that follow
        filled.put(_text(cell), columns, rows)
    return filled.end()


def _text(cell: etree._Element) -> str:
    return " ".join("".join(str(part) for part in cell.itertext()).split())
