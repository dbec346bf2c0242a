"""Shadow mode's report for a person to look at: each line with what would have been done, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.ids import ClientId, DocumentId, TransactionId
from kontali_desktop.domain.matches import Posting, Proposal, ProposalKind, ProposedLine
from kontali_desktop.services.learning_storage import HumanDecision, ShadowDecision
from kontali_desktop.services.shadow import (
    ShadowLine,
    ShadowOutcome,
    ShadowReport,
    chosen_by_person,
    report_of,
    standing_decisions,
)
from kontali_desktop.services.shares import Share
from kontali_desktop.services.storage import Storage, StoredDocument, UnitOfWork

# With fewer decided lines, no difference among them says little (none of 30: at most one in ten is wrong).
LEAST_DECIDED = 30


class ShadowStand(StrEnum):
    """Whether the program may be trusted with it by now."""

    NOTHING = "nothing"
    TOO_FEW = "too_few"
    DIFFERS = "differs"
    HOLDS = "holds"


@dataclass(frozen=True, slots=True)
class ShadowRow:
    """`chosen` is what the person accepted; where the outcome differs without it, the proposal was rejected."""

    line: ShadowLine
    transaction: BankTransaction
    proposed: Proposal
    chosen: Proposal | None = None


@dataclass(frozen=True, slots=True)
class ShadowView:
    """Of one client."""

    report: ShadowReport
    rows: tuple[ShadowRow, ...]
    mode: Mode

    @property
    def agreement(self) -> Share:
        """Of what the person has decided."""
        agreed = self.report.count(ShadowOutcome.AGREED)
        return Share(agreed, agreed + self.report.count(ShadowOutcome.DIFFERED))

    @property
    def stand(self) -> ShadowStand:
        if not self.rows:
            return ShadowStand.NOTHING
        agreement = self.agreement
        if agreement.right < agreement.n:
            return ShadowStand.DIFFERS
        return ShadowStand.HOLDS if agreement.n >= LEAST_DECIDED else ShadowStand.TOO_FEW


class ViewShadow:
    """Reads only."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def load(self, client_id: ClientId) -> ShadowView:
        """The newest first."""
        with self._storage.reading() as work:
            noted = work.learning.load_shadow(client_id)
            decisions = work.learning.load_decisions(client_id)
            mode = work.clients.load_settings(client_id).mode
            report = report_of(noted, decisions)
            rows = _rows(work, client_id, noted, report, decisions) if noted else ()
        return ShadowView(report, rows, mode)


def _rows(
    work: UnitOfWork,
    client_id: ClientId,
    noted: tuple[ShadowDecision, ...],
    report: ShadowReport,
    decisions: tuple[HumanDecision, ...],
) -> tuple[ShadowRow, ...]:
    lines = {t.id: t for t in work.transactions.load_of_client(client_id)}
    accepted, _ = chosen_by_person(decisions)
    known = _known(work, client_id, decisions)
    documents = work.documents.find({d for n in noted for d in _documents_in(n.proposal_key)})
    found = []
    for note, line in zip(noted, report.lines, strict=True):
        transaction = lines.get(note.transaction_id)
        if transaction is None:
            continue  # taken out with the import that brought it
        proposed = known.get((note.transaction_id, note.proposal_key)) or _of_key(note, documents)
        found.append(ShadowRow(line, transaction, proposed, accepted.get(note.transaction_id)))
    return tuple(reversed(found))


def _known(
    work: UnitOfWork, client_id: ClientId, decisions: tuple[HumanDecision, ...]
) -> Mapping[tuple[TransactionId, str], Proposal]:
    """Proposals as they were decided, or as they are proposed still."""
    ranked = work.matches.load_proposals(client_id)
    known = {(line, proposal.key): proposal for line, found in ranked.items() for proposal in found}
    known.update({(d.transaction.id, d.proposal.key): d.proposal for d in standing_decisions(decisions)})
    return known


def _documents_in(key: str) -> tuple[DocumentId, ...]:
    named = key.split(":")[1]
    return tuple(DocumentId(int(number)) for number in named.split(",") if number)


def _of_key(noted: ShadowDecision, documents: Mapping[DocumentId, StoredDocument]) -> Proposal:
    """What is left of one that is proposed no longer: what it would have tied together, by the documents' amounts."""
    kind, _, counter, posting = noted.proposal_key.split(":", 3)
    account, _, vat_code = posting.partition("/")
    stored = (documents[d] for d in _documents_in(noted.proposal_key) if d in documents)
    lines = tuple(
        ProposedLine(
            d.id,
            d.reported.side,
            d.reported.kind,
            d.reported.number,
            d.reported.counterparty,
            d.reported.amount,
            0,
            d.reported.currency,
        )
        for d in stored
    )
    return Proposal(
        ProposalKind(kind),
        noted.confidence,
        1,
        lines,
        counter_transaction=TransactionId(int(counter)) if counter else None,
        posting=Posting(account, vat_code) if account else None,
    )
