"""How a gross posting divides into net and VAT, by the standard VAT code.

Codes and rates are those of `domain.vat_codes`. Accounts by NS 4102: 2700 output VAT, 2710 input VAT.
"""

from __future__ import annotations

from dataclasses import dataclass

from kontali_desktop.domain.errors import UnknownVatCode
from kontali_desktop.domain.vat_codes import STANDARD_VAT_CODES, Treatment, VatCode
from kontali_desktop.domain.vouchers import VoucherLine

OUTPUT_VAT, INPUT_VAT = "2700", "2710"
_WHOLE = 10_000  # rates count hundredths of a percent


@dataclass(frozen=True, slots=True)
class VatSplit:
    """In øre, debit positive. `net` stays on the line's account; `postings` are the lines of VAT beside it.

    `net` and all `postings` together are the line's amount.
    """

    net: int
    tax: int
    postings: tuple[tuple[str, int], ...] = ()


def vat_code(code: str, number: int) -> VatCode:
    """A standard code, of the voucher with this number. Raises UnknownVatCode."""
    try:
        return STANDARD_VAT_CODES[code]
    except KeyError:
        raise UnknownVatCode(code=code, number=number) from None


def split(line: VoucherLine, number: int) -> VatSplit:
    """A line's amount divided, halves of an øre rounded away from zero. Raises UnknownVatCode."""
    code = vat_code(line.vat_code or "0", number)
    amount, rate = line.amount, code.rate
    match code.treatment:
        case Treatment.INPUT | Treatment.OUTPUT:
            tax = _share(amount, rate, _WHOLE + rate)
            account = INPUT_VAT if code.treatment is Treatment.INPUT else OUTPUT_VAT
            return VatSplit(amount - tax, tax, ((account, tax),))
        case Treatment.REVERSED | Treatment.REVERSED_COST:
            tax = _share(amount, rate, _WHOLE)
            account = INPUT_VAT if code.treatment is Treatment.REVERSED else line.account
            return VatSplit(amount, tax, ((account, tax), (OUTPUT_VAT, -tax)))
        case Treatment.ITSELF:
            return VatSplit(amount, amount)
        case Treatment.NONE:
            return VatSplit(amount, 0)


def _share(amount: int, part: int, whole: int) -> int:
    share = (2 * abs(amount) * part + whole) // (2 * whole)
    return share if amount >= 0 else -share
