"""What goes into the engine and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.ids import AccountId, DocumentId, TransactionId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.domain.payment_parts import PaymentPart
from kontali_desktop.matching.learnt import Learnt


@dataclass(frozen=True, slots=True)
class MatchRequest:
    """One client's booked, undecided transactions and its open items; `settled` have nothing open.

    `paid_here` are those of them that payments matched in this program have settled, not the books.
    `rejected` holds (transaction, Proposal.key); `own_accounts` the client's account numbers; `known_accounts` the
    counterparty names learnt for an account number; `parts` what a bank line that is a sum is made of; `learnt` what
    the client's own decisions teach.
    """

    transactions: tuple[BankTransaction, ...]
    open_items: tuple[OpenItem, ...]
    settled: tuple[OpenItem, ...] = ()
    paid_here: frozenset[DocumentId] = frozenset()
    rejected: frozenset[tuple[TransactionId, str]] = frozenset()
    own_accounts: Mapping[AccountId, str] = field(default_factory=dict)
    known_accounts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    parts: Mapping[TransactionId, tuple[PaymentPart, ...]] = field(default_factory=dict)
    learnt: Learnt = field(default_factory=Learnt)


@dataclass(frozen=True, slots=True)
class TransactionProposals:
    """A transaction's proposals, best first, at most ten."""

    transaction_id: TransactionId
    proposals: tuple[Proposal, ...]
