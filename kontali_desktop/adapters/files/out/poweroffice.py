"""PowerOffice Go's own voucher import ("Standardimport"), as a workbook.

Sources: PowerOffice' help page "Bilagsimport" ([Vouchers] in the first cell, a row of column names, .xlsx recommended);
the names of the columns and the form of dates as the public project "onboarding" by Hoseth and others (2025) repeats
PowerOffice' file description, which is handed out as a download; "Mva-koder" (the codes are SAF-T's standard codes);
"Reskontroserier" (nothing is posted on 1500 and 2400 themselves: the customer or supplier stands instead).
VoucherType is left out: its table of codes stands in that download alone, and it is not among the columns that must be
there.
"""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter import Workbook

from kontali_desktop.adapters.files.out.balance import check_balance
from kontali_desktop.adapters.files.out.cells import neutralised
from kontali_desktop.adapters.files.out.descriptions import description
from kontali_desktop.adapters.files.out.parties import party_of
from kontali_desktop.adapters.files.out.vat import vat_code
from kontali_desktop.adapters.files.out.workbooks import number_of, workbook_bytes
from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.money import NOK
from kontali_desktop.domain.vouchers import Voucher, VoucherFile, VoucherLine

_MARK = "[Vouchers]"
_DATE = "%d%m%Y"
_LONGEST_TEXT = 32_767  # of a cell in Excel: PowerOffice states no length of its own
COLUMNS = (
    "VoucherNo", "DocumentDate", "PostingDate", "Account", "VAT", "Amount", "Currency", "CurrencyAmount", "InvoiceNo",
    "CID", "Description", "CustomerNo", "SupplierNo", "ContactName", "OrganizationNo",
)  # fmt: skip


def write_poweroffice(file: VoucherFile) -> bytes:
    """Raises UnbalancedVoucher, UnknownVatCode."""
    check_balance(file)
    return workbook_bytes(file.created, lambda workbook: _fill(workbook, file))


def _fill(workbook: Workbook, file: VoucherFile) -> None:
    sheet = workbook.add_worksheet("Vouchers")
    sheet.write_string(0, 0, _MARK)
    for column, name in enumerate(COLUMNS):
        sheet.write_string(1, column, name)
    rows = (_row(voucher, line) for voucher in file.vouchers for line in voucher.lines)
    for place, cells in enumerate(rows, 2):
        for column, name in enumerate(COLUMNS):
            cell = cells.get(name, "")
            if not isinstance(cell, str):
                sheet.write_number(place, column, cell)
            elif cell:
                sheet.write_string(place, column, cell if name == "Description" else neutralised(cell))


def _row(voucher: Voucher, line: VoucherLine) -> dict[str, str | int | Decimal]:
    """Amounts are gross: Go computes the VAT."""
    day = voucher.date.strftime(_DATE)
    vat_code(line.vat_code or "0", voucher.number)
    has_number = _is_number(line.document_number)  # InvoiceNo takes digits only
    row: dict[str, str | int | Decimal] = {
        "VoucherNo": voucher.number,
        "DocumentDate": day,
        "PostingDate": day,
        "Account": line.account,
        "VAT": line.vat_code or "0",
        "Amount": number_of(line.amount, NOK),
        "CID": line.kid,
        "Description": description(voucher, line, () if has_number else (line.document_number,), _LONGEST_TEXT),
    }
    if line.currency != NOK and line.currency_amount is not None:
        row |= {"Currency": line.currency, "CurrencyAmount": number_of(line.currency_amount, line.currency)}
    if has_number:
        row["InvoiceNo"] = line.document_number
    party = party_of(line, voucher)
    if party is not None:
        row |= {"ContactName": party.name, "OrganizationNo": party.orgnr}
        if _is_number(party.number):
            row["CustomerNo" if party.side is Side.CUSTOMER else "SupplierNo"] = party.number
            row["Account"] = ""
    return row


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
