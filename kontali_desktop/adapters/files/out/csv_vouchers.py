"""Vouchers as plain CSV, for Excel with Norwegian settings and for programs.

UTF-8 with a byte order mark: without it Excel takes the file for Windows-1252. Semicolons and decimal commas are what
Excel expects where the language is Norwegian: a decimal dot would stay text. Dates are as in ISO 8601.
"""

from __future__ import annotations

import csv
import io
from datetime import date

from kontali_desktop.adapters.files.out.balance import check_balance
from kontali_desktop.adapters.files.out.cells import neutralised
from kontali_desktop.adapters.files.out.plain_columns import COLUMNS, Amount, Cell, rows_of
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.domain.vouchers import VoucherFile


def write_csv(file: VoucherFile) -> bytes:
    """Raises UnbalancedVoucher."""
    check_balance(file)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_text_of(cell) for cell in row] for row in rows_of(file))
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _text_of(cell: Cell) -> str:
    if isinstance(cell, Amount):
        return plain_amount(cell.minor, cell.currency).replace(".", ",")
    if isinstance(cell, date):
        return cell.isoformat()
    return neutralised(cell) if isinstance(cell, str) else "" if cell is None else str(cell)
