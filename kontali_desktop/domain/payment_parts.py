"""What a bank line that is a sum (samlepost) is made of, as camt, OCR giro and settlement reports tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kontali_desktop.domain.money import NOK

UNNAMED_PROVIDER = "settlement"  # whose report does not tell who paid out


class PartKind(StrEnum):
    """A payment (a refund is a negative one), or what the provider kept of the sum."""

    PAYMENT = "payment"
    FEE = "fee"


@dataclass(frozen=True, slots=True)
class PaymentPart:
    """One payment inside a sum. `amount` is signed in minor units of the sum's currency: money in is positive."""

    amount: int
    kind: PartKind = PartKind.PAYMENT
    counterparty: str = ""
    counterparty_account: str = ""
    kid: str = ""
    text: str = ""
    reference: str = ""  # the part's own id: archive reference, end-to-end id, order number


@dataclass(frozen=True, slots=True)
class PaymentBatch:
    """A sum with its parts, which add up to `amount`; the bank line it explains may be there already or come later.

    `account_number` is empty where the source does not tell it (settlement reports), `reference` what the source calls
    the sum, `provider` who paid out (`vipps`, `stripe` …, `UNNAMED_PROVIDER`) or empty where the bank itself did.
    """

    amount: int
    parts: tuple[PaymentPart, ...]
    currency: str = NOK
    account_number: str = ""
    booking_date: date | None = None
    reference: str = ""
    provider: str = ""
