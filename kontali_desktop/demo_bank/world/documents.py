"""The company's invoices and credit notes, on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kontali_desktop.demo_bank.world.parties import Party

_VAT_PERCENT = 25


class Side(StrEnum):
    CUSTOMER = "customer"
    SUPPLIER = "supplier"


class Kind(StrEnum):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `price` is the net unit price in minor units of the document's currency."""

    text: str
    quantity: int
    price: int

    @property
    def net(self) -> int:
        return self.quantity * self.price


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before its number is known; `credits` is the place in its group of the one it credits."""

    side: Side
    party: Party
    issue_date: date
    due_date: date
    lines: tuple[Line, ...]
    kind: Kind = Kind.INVOICE
    credits: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    side: Side
    kind: Kind
    number: str
    party: Party
    issue_date: date
    due_date: date
    lines: tuple[Line, ...]
    kid: str
    credited_number: str = ""

    @property
    def currency(self) -> str:
        return self.party.currency

    @property
    def vat_percent(self) -> int:
        """Trade across the border carries no Norwegian VAT on the invoice."""
        return _VAT_PERCENT if self.party.address.country == "NO" else 0

    @property
    def net(self) -> int:
        return sum(line.net for line in self.lines)

    @property
    def vat(self) -> int:
        return self.net * self.vat_percent // 100

    @property
    def amount(self) -> int:
        """What is to be paid, in minor units and always positive."""
        return self.net + self.vat
