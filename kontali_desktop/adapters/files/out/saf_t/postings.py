"""A voucher as SAF-T posts it: net lines, with their VAT on lines of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kontali_desktop.adapters.files.out.parties import Party, party_of
from kontali_desktop.adapters.files.out.vat import split, vat_code
from kontali_desktop.domain.vat_codes import Treatment, VatCode
from kontali_desktop.domain.vouchers import Voucher, VoucherLine


@dataclass(frozen=True, slots=True)
class Tax:
    """What `TaxInformation` says of a line; `base` is None where the base is not known. In øre, debit positive."""

    code: str
    rate: int
    base: int | None
    amount: int


@dataclass(frozen=True, slots=True)
class Posting:
    """`line` is the voucher's line that it comes from, whole or divided."""

    account: str
    amount: int
    line: VoucherLine
    party: Party | None = None
    tax: Tax | None = None
    is_vat: bool = False


def postings_of(voucher: Voucher) -> Iterator[Posting]:
    """Raises UnknownVatCode."""
    for line in voucher.lines:
        if not line.vat_code:
            yield Posting(line.account, line.amount, line, party_of(line, voucher))
            continue
        code = vat_code(line.vat_code, voucher.number)
        divided = split(line, voucher.number)
        tax = Tax(line.vat_code, code.rate, _base(code, divided.net), divided.tax)
        yield Posting(line.account, divided.net, line, party_of(line, voucher), tax)
        for account, amount in divided.postings:
            yield Posting(account, amount, line, is_vat=True)


def _base(code: VatCode, net: int) -> int | None:
    return None if code.treatment is Treatment.ITSELF else net
