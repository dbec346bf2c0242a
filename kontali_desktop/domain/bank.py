"""What a bank reports: transactions, balances and accounts, with the names of ISO 20022 and the Berlin Group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kontali_desktop.domain.ids import AccountId, TransactionId
from kontali_desktop.domain.money import NOK, Money


class BookingStatus(StrEnum):
    """The two states of a line at the bank (PSD2), and that of a line we took back."""

    BOOKED = "booked"
    PENDING = "pending"
    WITHDRAWN = "withdrawn"  # ours: the import that brought it was undone


@dataclass(frozen=True, slots=True)
class ReportedTransaction:
    """A line as one source reports it. `amount` is signed in minor units: money in is positive."""

    status: BookingStatus
    booking_date: date | None
    value_date: date | None
    amount: int
    currency: str = NOK
    counterparty: str = ""
    counterparty_account: str = ""
    kid: str = ""
    text: str = ""
    entry_reference: str = ""
    bank_transaction_id: str = ""
    end_to_end_id: str = ""
    bank_transaction_code: str = ""
    balance_after: int | None = None
    raw: str = ""  # the source's own payload, as it came


@dataclass(frozen=True, slots=True)
class BankTransaction:
    """A stored line. `ordinal` tells apart equal amounts of one account on one day (see `identity`)."""

    id: TransactionId
    account_id: AccountId
    ordinal: int
    reported: ReportedTransaction

    @property
    def money(self) -> Money:
        return Money(self.reported.amount, self.reported.currency)


@dataclass(frozen=True, slots=True)
class Balance:
    """A balance as the bank names it (`closingBooked`, `interimAvailable` …); it always stands with its time."""

    kind: str
    amount: int
    currency: str
    reference_date: date | None
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportedAccount:
    """An account as the bank lists it; `resource_id` is the bank's handle, good for one consent only."""

    resource_id: str
    number: str
    currency: str = NOK
    name: str = ""
    owner_name: str = ""
    owner_orgnr: str = ""


@dataclass(frozen=True, slots=True)
class TransactionPage:
    """One page of a listing, with what it says is booked and what only reserved."""

    transactions: tuple[ReportedTransaction, ...]
    balances: tuple[Balance, ...] = ()
