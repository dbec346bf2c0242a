"""Shadow mode's report: what the program would have accepted, against what the person did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kontali_desktop.domain.autonomy import EvidenceKind
from kontali_desktop.domain.ids import ClientId, TransactionId
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.services.learning_storage import HumanDecision, ShadowDecision
from kontali_desktop.services.storage import Storage


class ShadowOutcome(StrEnum):
    """What the person did with a line that the program would have decided by itself."""

    AGREED = "agreed"
    DIFFERED = "differed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class ShadowLine:
    """One of them."""

    transaction_id: TransactionId
    at: datetime
    kind: EvidenceKind
    confidence: float
    outcome: ShadowOutcome


@dataclass(frozen=True, slots=True)
class ShadowReport:
    """The oldest first. `since` is when the first was noted."""

    lines: tuple[ShadowLine, ...] = ()

    @property
    def since(self) -> datetime | None:
        return self.lines[0].at if self.lines else None

    def count(self, outcome: ShadowOutcome) -> int:
        return sum(line.outcome is outcome for line in self.lines)


class Shadow:
    """Reads only."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def report(self, client_id: ClientId) -> ShadowReport:
        with self._storage.reading() as work:
            noted = work.learning.load_shadow(client_id)
            decisions = work.learning.load_decisions(client_id)
        return report_of(noted, decisions)


def report_of(noted: tuple[ShadowDecision, ...], decisions: tuple[HumanDecision, ...]) -> ShadowReport:
    """A line for each that was noted, in their order."""
    accepted, rejected = chosen_by_person(decisions)
    return ShadowReport(tuple(_line(n, accepted, rejected) for n in noted))


def standing_decisions(decisions: tuple[HumanDecision, ...]) -> tuple[HumanDecision, ...]:
    """Without those that were taken back, and without the taking back."""
    void = {d.undoes for d in decisions if d.action == "undo"}
    return tuple(d for d in decisions if d.action != "undo" and d.id not in void)


def chosen_by_person(
    decisions: tuple[HumanDecision, ...],
) -> tuple[dict[TransactionId, Proposal], set[tuple[TransactionId, str]]]:
    """What a person accepted for each line, both of a transfer's among them, and what was rejected, by key."""
    accepted: dict[TransactionId, Proposal] = {}
    rejected: set[tuple[TransactionId, str]] = set()
    for decision in standing_decisions(decisions):
        transaction, proposal = decision.transaction.id, decision.proposal
        halves = [(transaction, proposal)]
        if proposal.counter_transaction is not None:
            halves.append((proposal.counter_transaction, replace(proposal, counter_transaction=transaction)))
        if decision.action == "accept":
            accepted.update(halves)
        else:
            rejected.update((line, half.key) for line, half in halves)
    return accepted, rejected


def _line(
    noted: ShadowDecision, accepted: dict[TransactionId, Proposal], rejected: set[tuple[TransactionId, str]]
) -> ShadowLine:
    chosen = accepted.get(noted.transaction_id)
    outcome = ShadowOutcome.UNDECIDED
    if chosen is not None:
        outcome = ShadowOutcome.AGREED if chosen.key == noted.proposal_key else ShadowOutcome.DIFFERED
    elif (noted.transaction_id, noted.proposal_key) in rejected:
        outcome = ShadowOutcome.DIFFERED
    return ShadowLine(noted.transaction_id, noted.at, noted.evidence_kind, noted.confidence, outcome)
