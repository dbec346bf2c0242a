"""Read models of the review: frozen facts for window and headless door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.clients import BankAccount, Client, ClientSettings
from kontali_desktop.domain.ids import DecisionId, TransactionId
from kontali_desktop.domain.matches import Proposal, QueueStatus


class Level(StrEnum):
    """Sure: at or above the client's threshold, the only combination, in an open period. Likely: any other proposal."""

    SURE = "sure"
    LIKELY = "likely"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A transaction with its proposal; where it is decided.

    `proposal` is what was decided, `decision` which decision, and `is_automatic` says that the program took it.
    `payments` is how many a sum is known to be made of, 0 where the line is no sum.
    """

    transaction: BankTransaction
    client: Client
    account: BankAccount
    status: QueueStatus
    proposal: Proposal | None
    alternatives: tuple[Proposal, ...]
    level: Level
    decision: DecisionId | None = None
    payments: int = 0
    is_automatic: bool = False

    @property
    def id(self) -> TransactionId:
        return self.transaction.id


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many wait for a person, by level; and those decided."""

    sure: int = 0
    likely: int = 0
    without: int = 0
    parked: int = 0
    accepted: int = 0
    auto_accepted: int = 0
    posted: int = 0  # straight to a ledger account, by the person; what a rule posts is accepted automatically
    before_start: int = 0
    pending: int = 0

    @property
    def waiting(self) -> int:
        return self.sure + self.likely + self.without

    @property
    def by_person(self) -> int:
        return self.accepted + self.posted

    @property
    def done(self) -> int:
        return self.by_person + self.auto_accepted


@dataclass(frozen=True, slots=True)
class Queue:
    """The review queue of one client, or of all (`client` None)."""

    client: Client | None
    items: tuple[QueueItem, ...]
    counts: QueueCounts


def level_of(proposal: Proposal | None, settings: ClientSettings, day: date | None) -> Level:
    """The rule of the review's three groups (design: Sikre, Trolige, Uten forslag), for a line booked on this day."""
    if proposal is None:
        return Level.NONE
    is_sure = proposal.confidence >= settings.threshold and proposal.combinations == 1 and not settings.is_closed(day)
    return Level.SURE if is_sure else Level.LIKELY
