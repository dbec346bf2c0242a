"""Vouchers as a plain Excel workbook: amounts are numbers, dates are dates, and long numbers (KID) stay text."""

from __future__ import annotations

from datetime import date
from itertools import islice

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kontali_desktop.adapters.files.out.balance import check_balance
from kontali_desktop.adapters.files.out.cells import neutralised
from kontali_desktop.adapters.files.out.plain_columns import COLUMNS, Amount, Cell, rows_of
from kontali_desktop.adapters.files.out.workbooks import MOST_ROWS, number_of, workbook_bytes
from kontali_desktop.domain.money import decimals_of
from kontali_desktop.domain.vouchers import VoucherFile

_WIDE = ("text", "voucher_text", "counterparty")


def write_xlsx(file: VoucherFile) -> bytes:
    """Raises UnbalancedVoucher."""
    check_balance(file)
    return workbook_bytes(file.created, lambda workbook: _fill(workbook, file))


def _fill(workbook: Workbook, file: VoucherFile) -> None:
    formats = _Formats(workbook)
    rows = rows_of(file)
    part = list(islice(rows, MOST_ROWS))
    sheet_number = 1
    while part or sheet_number == 1:
        _write_sheet(workbook.add_worksheet(f"vouchers {sheet_number}"), part, formats)
        part = list(islice(rows, MOST_ROWS))
        sheet_number += 1


class _Formats:
    """Made once a workbook, for each number of decimals when it is first needed."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._amounts: dict[int, Format] = {}
        self.head = workbook.add_format({"bold": True})
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd"})

    def amount(self, currency: str) -> Format:
        decimals = decimals_of(currency)
        if decimals not in self._amounts:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._amounts[decimals] = self._workbook.add_format({"num_format": pattern})
        return self._amounts[decimals]


def _write_sheet(sheet: Worksheet, rows: list[tuple[Cell, ...]], formats: _Formats) -> None:
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, name, formats.head)
        sheet.set_column(column, column, 32 if name in _WIDE else 16)
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            _write_cell(sheet, row, column, cell, formats)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:T{len(rows) + 1}"})


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, formats: _Formats) -> None:
    if isinstance(cell, Amount):
        sheet.write_number(row, column, number_of(cell.minor, cell.currency), formats.amount(cell.currency))
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats.day)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, neutralised(cell))  # cut at 32,767 characters
