"""What the books themselves have posted, as SAF-T tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LedgerPosting:
    """A line of a voucher on a ledger account. `amount` is in øre, debit positive, credit negative."""

    ledger_account: str
    posting_date: date
    amount: int
    voucher: str
    line: str = ""  # the line's own number within the voucher
    text: str = ""
    reference: str = ""
