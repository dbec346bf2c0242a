"""Why a document was not proposed for a line: what stands against it, and what the engine would say of it alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.errors import UnknownTransaction
from kontali_desktop.domain.ids import ClientId, DocumentId, TransactionId
from kontali_desktop.domain.matches import Proposal, ProposalKind
from kontali_desktop.services.propose_matches import Engine, request_of
from kontali_desktop.services.storage import Storage, StoredDocument, UnitOfWork, open_item_of


class Against(StrEnum):
    """What keeps a document from being proposed, the most telling first."""

    PROPOSED = "proposed"  # nothing does
    DECIDED = "decided"
    CLOSED_PERIOD = "closed_period"  # it may be proposed, but nobody can tie it to the line
    REJECTED = "rejected"
    SETTLED = "settled"
    DIRECTION = "direction"
    CURRENCY = "currency"
    OTHER_LINE = "other_line"
    WEAKER = "weaker"
    AMOUNT = "amount"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class WhyNot:
    """`alone` is what would be proposed if there were no other document; `best` what is proposed first instead.

    `rank` counts from 1 where it is proposed. `other_line` is the line that has the document, or is to have it.
    `difference` is the line's amount less what is open on the document, in minor units, where they can be compared.
    `closed_until` is the last day of the client's closed period.
    """

    against: tuple[Against, ...]
    alone: Proposal | None = None
    best: Proposal | None = None
    rank: int = 0
    other_line: BankTransaction | None = None
    difference: int = 0
    closed_until: date | None = None


@dataclass(frozen=True, slots=True)
class LineDocuments:
    """A line with the client's documents, those nearest to its amount first."""

    line: BankTransaction
    documents: tuple[StoredDocument, ...]
    proposed: dict[DocumentId, int] = field(default_factory=dict)  # its rank, where it is proposed


class WhyNotDocument:
    """Reads only."""

    def __init__(self, storage: Storage, engine: Engine) -> None:
        self._storage = storage
        self._engine = engine

    def documents(self, transaction_id: TransactionId) -> LineDocuments:
        """Raises UnknownTransaction."""
        with self._storage.reading() as work:
            line, client_id = _line(work, transaction_id)
            found = work.documents.load_of_client(client_id)
            ranked = work.matches.proposals_of(transaction_id)
        amount, currency = abs(line.reported.amount), line.reported.currency

        def distance(document: StoredDocument) -> tuple[bool, bool, int, int]:
            is_other = document.reported.currency != currency
            return document.open_amount == 0, is_other, abs(document.open_amount - amount), document.id

        ranks = {x.document_id: place for place, p in reversed(list(enumerate(ranked, 1))) for x in p.lines}
        return LineDocuments(line, tuple(sorted(found, key=distance)), ranks)

    def explain(self, transaction_id: TransactionId, document_id: DocumentId) -> WhyNot:
        """Raises UnknownTransaction."""
        with self._storage.reading() as work:
            line, client_id = _line(work, transaction_id)
            document = work.documents.find([document_id])[document_id]
            request = request_of(work, client_id)
            ranked = work.matches.proposals_of(transaction_id)
            is_decided = work.matches.active(transaction_id) is not None
            settings = work.clients.load_settings(client_id)
            other = _other_line(work, client_id, transaction_id, document_id)
        item = open_item_of(document)
        alone_request = replace(request, transactions=(line,), open_items=(item,), settled=(), rejected=frozenset())
        answers = self._engine(alone_request) if document.open_amount else ()
        alone = next((p for answer in answers for p in answer.proposals if _names(p, document_id)), None)
        rank = next((place for place, p in enumerate(ranked, 1) if _names(p, document_id)), 0)
        rejected = any(t == transaction_id and _names_only(key, document_id) for t, key in request.rejected)
        is_same_currency = document.reported.currency == line.reported.currency
        difference = abs(line.reported.amount) - document.open_amount if is_same_currency else 0
        holds = {
            Against.PROPOSED: rank > 0,
            Against.DECIDED: is_decided,
            Against.CLOSED_PERIOD: not is_decided and settings.is_closed(line.reported.booking_date),
            Against.REJECTED: rejected,
            Against.SETTLED: document.open_amount == 0,
            Against.DIRECTION: item.bank_sign * line.reported.amount < 0,
            Against.CURRENCY: not is_same_currency and alone is None,
            Against.OTHER_LINE: other is not None and document.open_amount > 0,
            Against.WEAKER: alone is not None and rank == 0 and bool(ranked),
            Against.AMOUNT: alone is None and difference != 0 and document.open_amount > 0,
        }
        against = tuple(reason for reason in Against if holds.get(reason, False))
        best = ranked[0] if ranked else None
        return WhyNot(against or (Against.NOTHING,), alone, best, rank, other, difference, settings.closed_until)


def _line(work: UnitOfWork, transaction_id: TransactionId) -> tuple[BankTransaction, ClientId]:
    line = work.transactions.find(transaction_id)
    if line is None:
        raise UnknownTransaction(id=transaction_id)
    return line, next(a.client_id for a in work.accounts.load_all() if a.id == line.account_id)


def _names(proposal: Proposal, document_id: DocumentId) -> bool:
    is_match = proposal.kind is ProposalKind.DOCUMENTS
    return is_match and any(line.document_id == document_id for line in proposal.lines)


def _names_only(key: str, document_id: DocumentId) -> bool:
    """Whether a proposal with this key is of the one document; the line of a transfer has its number elsewhere."""
    return key.split(":")[1] == str(document_id)


def _other_line(
    work: UnitOfWork, client_id: ClientId, transaction_id: TransactionId, document_id: DocumentId
) -> BankTransaction | None:
    """The line that was matched with the document, else the surest that it is proposed first for."""
    for match in work.matches.load_active(client_id).values():
        if match.transaction_id != transaction_id and _names(match.proposal, document_id):
            return work.transactions.find(match.transaction_id)
    first = [
        (ranked[0].confidence, line)
        for line, ranked in work.matches.load_proposals(client_id).items()
        if line != transaction_id and ranked and _names(ranked[0], document_id)
    ]
    return work.transactions.find(max(first)[1]) if first else None
