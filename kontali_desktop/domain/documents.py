"""Invoices and credit notes of both sides, and what is open on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kontali_desktop.domain.ids import DocumentId
from kontali_desktop.domain.money import NOK

OPENING_BALANCE = "inngående saldo"  # what the books call it: it stands where a document's number does


class Side(StrEnum):
    """Whether the client sent the document (customer ledger) or received it (supplier ledger)."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"


class DocumentKind(StrEnum):
    """An invoice, or the credit note that takes it back."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


def folded_name(name: str) -> str:
    """A name without regard to case and spaces."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True)
class ReportedDocument:
    """A document as a file tells of it.

    `amount` and `remaining` are minor units, never negative; `remaining` is the books' own figure.
    """

    side: Side
    kind: DocumentKind
    number: str
    counterparty: str
    amount: int
    remaining: int
    currency: str = NOK
    counterparty_orgnr: str = ""
    counterparty_account: str = ""
    counterparty_number: str = ""
    kid: str = ""
    issue_date: date | None = None
    due_date: date | None = None
    amount_nok: int | None = None
    payee_account: str = ""
    refers_to: str = ""  # number of the invoice that a credit note takes back or a reminder charges for

    @property
    def is_opening_balance(self) -> bool:
        """Whether it is what a party owed when the books of a period were opened, and no document of its own."""
        return self.number == OPENING_BALANCE or self.number.startswith(f"{OPENING_BALANCE} (")

    @property
    def counterparty_key(self) -> str:
        """How the counterparty is known again: its organisation number, else its name."""
        return self.counterparty_orgnr or folded_name(self.counterparty)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """What is open on a document, in minor units of its currency: `open_amount` of `amount`, never negative."""

    id: DocumentId
    side: Side
    kind: DocumentKind
    number: str
    counterparty: str
    amount: int
    open_amount: int
    currency: str = NOK
    counterparty_orgnr: str = ""
    counterparty_account: str = ""
    kid: str = ""
    issue_date: date | None = None
    due_date: date | None = None

    @property
    def bank_sign(self) -> int:
        """+1 where settling it brings money in (customer invoice, supplier credit note), −1 where it costs."""
        is_in = (self.side is Side.CUSTOMER) == (self.kind is DocumentKind.INVOICE)
        return 1 if is_in else -1
