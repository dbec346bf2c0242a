"""Vouchers (bilag) of payments: balanced lines on ledger accounts, in øre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kontali_desktop.domain.money import NOK
from kontali_desktop.domain.vat_codes import STANDARD_VAT_CODES


class LineRole(StrEnum):
    """What a line of a voucher is for."""

    BANK = "bank"
    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    FEE = "fee"
    ROUNDING = "rounding"
    INTEREST = "interest"
    REMINDER = "reminder"
    DISCOUNT = "discount"
    CURRENCY_GAIN = "currency_gain"
    CURRENCY_LOSS = "currency_loss"
    OVERPAYMENT = "overpayment"
    POSTING = "posting"
    VAT = "vat"


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """`amount` is in øre, debit positive; `currency_amount` in minor units of `currency`, with the same sign."""

    account: str
    amount: int
    role: LineRole
    text: str = ""
    vat_code: str = ""
    currency: str = NOK
    currency_amount: int | None = None
    counterparty: str = ""
    counterparty_number: str = ""
    counterparty_orgnr: str = ""
    document_number: str = ""
    kid: str = ""


@dataclass(frozen=True, slots=True)
class Voucher:
    """`number` is the client's own sequence from 1 without holes; `reverses` the number of the one it takes back."""

    number: int
    date: date
    text: str
    lines: tuple[VoucherLine, ...]
    transaction_reference: str = ""
    bank_account: str = ""
    reverses: int | None = None

    @property
    def is_balanced(self) -> bool:
        return sum(line.amount for line in self.lines) == 0

    @property
    def line_without_vat_code(self) -> VoucherLine | None:
        """The first line whose VAT code is none of SAF-T's standard codes."""
        return next((line for line in self.lines if line.vat_code and line.vat_code not in STANDARD_VAT_CODES), None)


@dataclass(frozen=True, slots=True)
class VoucherFile:
    """The vouchers of one file. `created` is the newest voucher's instant, so that the same file is the same bytes."""

    client_orgnr: str
    client_name: str
    since: date
    until: date
    vouchers: tuple[Voucher, ...]
    created: datetime
    version: str
