"""GBAT10, the voucher import of Mamut, read by Tripletex (whose only voucher import it is) and PowerOffice Go.

Sources: Mamut's help page "Bilag: GBAT10" (the columns and their lengths); Visma's page "Import av bilag i Mamut" (the
same); Tripletex' help page "Bilagsimport (GBAT10-import)" (which columns it reads, and that net and gross amounts must
each sum to zero); Moment's page "Mamut" (decimal dot; T and F). VAT codes are the standard ones, but for 1, which in
this layout means no VAT: standard code 1 is written 101, as Cardboard's help page on Tripletex does.
"""

from __future__ import annotations

from collections.abc import Iterator

from kontali_desktop.adapters.files.out.balance import check_balance
from kontali_desktop.adapters.files.out.cells import flat, plain
from kontali_desktop.adapters.files.out.descriptions import description
from kontali_desktop.adapters.files.out.parties import party_of
from kontali_desktop.adapters.files.out.vat import split, vat_code
from kontali_desktop.domain.documents import Side
from kontali_desktop.domain.money import plain_amount
from kontali_desktop.domain.vat_codes import Treatment
from kontali_desktop.domain.vouchers import Voucher, VoucherFile, VoucherLine

_COLUMNS = 28
_NO_VAT = "1"
_RENAMED = {"0": _NO_VAT, "": _NO_VAT, "1": "101"}
_VOUCHER_TYPE = "9"  # "diverse": 1 and 3 are invoices and credit notes
_IMPORTED, _LEFT_OUT = "T", "F"  # a row of VAT is left out where the reading system computes VAT itself
_LONGEST_NAME, _LONGEST_TEXT, _LONGEST_INVOICE, _LONGEST_KID, _LONGEST_BANK = 30, 100, 25, 30, 20
_LONGEST_NUMBER = 9
_IN_AMOUNT = (Treatment.INPUT, Treatment.OUTPUT)


def write_gbat10(file: VoucherFile) -> bytes:
    """UTF-8 without a byte order mark: every line begins with GBAT10. Raises UnbalancedVoucher, UnknownVatCode."""
    check_balance(file)
    lines = [";".join(row) for voucher in file.vouchers for line in voucher.lines for row in _rows(voucher, line)]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", errors="replace")


def _rows(voucher: Voucher, line: VoucherLine) -> Iterator[list[str]]:
    """The line, and its VAT where that is in the amount."""
    row = _row(voucher, line)
    if vat_code(line.vat_code or "0", voucher.number).treatment not in _IN_AMOUNT:
        yield row
        return
    divided = split(line, voucher.number)
    row[8] = plain_amount(divided.net)
    yield row
    for account, tax in divided.postings:
        vat_row = [*row]
        vat_row[6], vat_row[7], vat_row[8] = account, _NO_VAT, plain_amount(tax)
        vat_row[26], vat_row[27] = _LEFT_OUT, plain_amount(0)
        yield vat_row


def _row(voucher: Voucher, line: VoucherLine) -> list[str]:
    """A row by the numbers of Mamut's page, which counts from 0."""
    row = [""] * _COLUMNS
    row[0] = "GBAT10"
    row[1] = str(voucher.number)
    row[2] = voucher.date.strftime("%Y%m%d")
    row[3] = _VOUCHER_TYPE
    row[4] = str(voucher.date.month)
    row[5] = str(voucher.date.year)
    row[6] = flat(line.account, _LONGEST_NUMBER)
    row[7] = _RENAMED.get(line.vat_code, line.vat_code)
    row[8] = row[27] = plain_amount(line.amount)
    party = party_of(line, voucher)
    if party is not None:
        row[9 if party.side is Side.CUSTOMER else 10] = _number(party.number)
        row[11] = flat(party.name, _LONGEST_NAME)
    row[15] = _whole(line.document_number, _LONGEST_INVOICE)
    row[16] = _whole(line.kid, _LONGEST_KID)
    row[19] = _whole(voucher.bank_account, _LONGEST_BANK)
    # Tripletex reads invoice number and KID nowhere else.
    row[20] = row[21] = description(voucher, line, (line.document_number, line.kid), _LONGEST_TEXT, clean=plain)
    row[26] = _IMPORTED
    return row


def _number(text: str) -> str:
    """Customers and suppliers have numbers of at most nine digits; the name is enough where there is none."""
    return text if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else ""


def _whole(text: str, longest: int) -> str:
    """A reference that is cut would be another one."""
    cell = flat(text, longest + 1)
    return cell if len(cell) <= longest else ""
