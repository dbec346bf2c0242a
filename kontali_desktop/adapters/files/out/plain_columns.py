"""The columns of the plain layouts: a row for each line of a voucher, all that is known of it, names as in the domain.

The program's own layout, without another source. Amounts are signed, debit positive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kontali_desktop.domain.vouchers import VoucherFile


@dataclass(frozen=True, slots=True)
class Amount:
    """Minor units of a currency."""

    minor: int
    currency: str


Cell = str | int | date | Amount | None

COLUMNS = (
    "client_orgnr", "voucher", "date", "line", "account", "amount", "role", "text", "vat_code",
    "counterparty", "counterparty_number", "counterparty_orgnr", "document_number", "kid",
    "currency", "currency_amount", "voucher_text", "transaction_reference", "bank_account", "reverses",
)  # fmt: skip


def rows_of(file: VoucherFile) -> Iterator[tuple[Cell, ...]]:
    """In the order of `COLUMNS`."""
    for voucher in file.vouchers:
        for place, line in enumerate(voucher.lines, 1):
            own = line.currency_amount
            yield (
                file.client_orgnr,
                voucher.number,
                voucher.date,
                place,
                line.account,
                Amount(line.amount, "NOK"),
                line.role.value,
                line.text,
                line.vat_code,
                line.counterparty,
                line.counterparty_number,
                line.counterparty_orgnr,
                line.document_number,
                line.kid,
                line.currency,
                None if own is None else Amount(own, line.currency),
                voucher.text,
                voucher.transaction_reference,
                voucher.bank_account,
                voucher.reverses,
            )
