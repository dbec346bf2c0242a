"""Proposals with their evidence, and the matches that decisions make of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kontali_desktop.domain.documents import DocumentKind, Side
from kontali_desktop.domain.ids import DocumentId, TransactionId
from kontali_desktop.domain.money import NOK, Money, decimals_of


class ProposalKind(StrEnum):
    """What a transaction may be tied to."""

    DOCUMENTS = "documents"
    TRANSFER = "transfer"
    DIRECT_POSTING = "direct_posting"
    DUPLICATE_PAYMENT = "duplicate_payment"


class DifferenceReason(StrEnum):
    """Why a transaction is more or less than its documents."""

    FEE = "fee"
    ROUNDING = "rounding"
    INTEREST = "interest"
    REMINDER = "reminder"
    DISCOUNT = "discount"
    CURRENCY = "currency"
    OVERPAYMENT = "overpayment"


class QueueStatus(StrEnum):
    """Where a transaction stands in the review."""

    UNMATCHED = "unmatched"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    AUTO_ACCEPTED = "auto_accepted"
    DIRECTLY_POSTED = "directly_posted"
    PARKED = "parked"
    IGNORED = "ignored"
    BEFORE_START = "before_start"


DECIDED = frozenset({QueueStatus.ACCEPTED, QueueStatus.AUTO_ACCEPTED, QueueStatus.DIRECTLY_POSTED, QueueStatus.IGNORED})


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a proposal: its code, its weight (natural-log likelihood ratio), facts for its wording."""

    signal: str
    weight: float
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """What is put on a document.

    `amount` is in minor units of the document's currency: positive for an invoice, negative for a credit note, on
    both sides.
    """

    document_id: DocumentId
    side: Side
    kind: DocumentKind
    number: str
    counterparty: str
    amount: int
    remaining_after: int
    currency: str = NOK


@dataclass(frozen=True, slots=True)
class Posting:
    """A direct posting: an account of NS 4102 and a VAT code (SAF-T standard codes)."""

    account: str
    vat_code: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A possible match.

    `difference` is transaction − (Σ customer − Σ supplier) in minor units of the transaction's currency.
    """

    kind: ProposalKind
    confidence: float
    combinations: int
    lines: tuple[ProposedLine, ...] = ()
    difference: int = 0
    difference_reason: DifferenceReason | None = None
    evidence: tuple[Evidence, ...] = ()
    counter_transaction: TransactionId | None = None
    posting: Posting | None = None

    @property
    def key(self) -> str:
        """What it would tie together, amounts apart; once rejected it is never proposed for the transaction again."""
        documents = ",".join(str(i) for i in sorted(line.document_id for line in self.lines))
        posting = f"{self.posting.account}/{self.posting.vat_code}" if self.posting else ""
        return f"{self.kind}:{documents}:{self.counter_transaction or ''}:{posting}"


def rate_of(money: Money, lines: tuple[ProposedLine, ...]) -> Decimal | None:
    """What one unit of the documents' currency costs in the transaction's; None where they do not differ."""
    currencies = {line.currency for line in lines}
    settled = expected_difference(0, lines)
    if len(currencies) != 1 or currencies == {money.currency} or not settled:
        return None
    currency = currencies.pop()
    theirs = Decimal(-settled).scaleb(-decimals_of(currency))
    return Decimal(money.minor).scaleb(-decimals_of(money.currency)) / theirs


def expected_difference(amount: int, lines: tuple[ProposedLine, ...]) -> int:
    """Transaction − (Σ customer − Σ supplier), where all stand in one currency."""
    settled = sum(line.amount if line.side is Side.CUSTOMER else -line.amount for line in lines)
    return amount - settled
