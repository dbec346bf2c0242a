"""What is posted on a customer or supplier, as the settlement of open items sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kontali_desktop.domain.money import NOK


@dataclass(slots=True)
class Item:
    """A posting on one party. Amounts are positive where they add to what an invoice of that side would.

    `amount` and `rest` are øre; `own_amount` and `own_rest` the same in minor units of `currency`. A document is an
    invoice or credit note; anything else settles documents, or takes a settlement back.
    """

    day: date
    journal: str
    voucher: str
    record: str
    amount: int
    is_document: bool
    reference: str = ""  # ReferenceNumber: the number of the document, own or settled
    source: str = ""  # SourceDocumentID
    kid: str = ""
    cross: str = ""
    currency: str = NOK
    own_amount: int = 0
    due_day: date | None = None
    rest: int = 0
    own_rest: int = 0

    def __post_init__(self) -> None:
        if self.currency == NOK:
            self.own_amount = self.amount
        self.rest, self.own_rest = self.amount, self.own_amount

    @property
    def number(self) -> str:
        """What the document is called: systems without invoice numbers know it by source or voucher."""
        return self.reference or self.source or self.voucher

    @property
    def order(self) -> tuple[date, str, str, str, int, str]:
        """An order that does not depend on where in the file it stood."""
        return self.day, self.journal, self.voucher, self.record, self.amount, self.reference
