"""How a gross posting divides into net and VAT, by the standard VAT code.

Source: Skatteetaten, "Norwegian SAF-T Standard VAT/Tax Codes"; the rates are those of Stortinget's VAT resolution since
1 October 2021 (25 %, 15 %, 12 %, and 11.11 % for raw fish). Accounts by NS 4102: 2700 output VAT, 2710 input VAT.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

from kontali_desktop.domain.errors import UnknownVatCode
from kontali_desktop.domain.vouchers import VoucherLine

OUTPUT_VAT, INPUT_VAT = "2700", "2710"
_WHOLE = 10_000  # rates count hundredths of a percent
_HIGH, _MIDDLE, _LOW, _RAW_FISH = 2500, 1500, 1200, 1111


class Treatment(Enum):
    """Where the VAT of a code is."""

    NONE = auto()  # there is none
    INPUT = auto()  # in the amount, to be deducted
    OUTPUT = auto()  # in the amount, to be paid
    ITSELF = auto()  # the amount is VAT: paid to customs
    REVERSED = auto()  # on top of the amount, owed by the buyer, who deducts it
    REVERSED_COST = auto()  # the same without the deduction


@dataclass(frozen=True, slots=True)
class VatCode:
    """`rate` in hundredths of a percent."""

    treatment: Treatment
    rate: int = 0


_NONE = VatCode(Treatment.NONE)
_CODES: Mapping[str, VatCode] = MappingProxyType(
    {
        **dict.fromkeys(("0", "20", "21", "22", "5", "51", "52", "6", "7", "85"), _NONE),
        "1": VatCode(Treatment.INPUT, _HIGH),
        "11": VatCode(Treatment.INPUT, _MIDDLE),
        "12": VatCode(Treatment.INPUT, _RAW_FISH),
        "13": VatCode(Treatment.INPUT, _LOW),
        "14": VatCode(Treatment.ITSELF, _HIGH),
        "15": VatCode(Treatment.ITSELF, _MIDDLE),
        "3": VatCode(Treatment.OUTPUT, _HIGH),
        "31": VatCode(Treatment.OUTPUT, _MIDDLE),
        "32": VatCode(Treatment.OUTPUT, _RAW_FISH),
        "33": VatCode(Treatment.OUTPUT, _LOW),
        "81": VatCode(Treatment.REVERSED, _HIGH),
        "82": VatCode(Treatment.REVERSED_COST, _HIGH),
        "83": VatCode(Treatment.REVERSED, _MIDDLE),
        "84": VatCode(Treatment.REVERSED_COST, _MIDDLE),
        "86": VatCode(Treatment.REVERSED, _HIGH),
        "87": VatCode(Treatment.REVERSED_COST, _HIGH),
        "88": VatCode(Treatment.REVERSED, _LOW),
        "89": VatCode(Treatment.REVERSED_COST, _LOW),
        "91": VatCode(Treatment.REVERSED, _HIGH),
        "92": VatCode(Treatment.REVERSED_COST, _HIGH),
    }
)


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
        return _CODES[code]
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
