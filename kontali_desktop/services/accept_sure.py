"""Accepting by itself what a client lets the program accept; in shadow mode, only noting it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from kontali_desktop.domain.autonomy import Mode
from kontali_desktop.domain.bank import BankTransaction
from kontali_desktop.domain.errors import RuleBroken
from kontali_desktop.domain.ids import ClientId, DocumentId, TransactionId
from kontali_desktop.domain.matches import Proposal, ProposalKind
from kontali_desktop.services.actors import PROGRAM
from kontali_desktop.services.autonomy import Autonomy, Verdict, load_autonomy
from kontali_desktop.services.learning_storage import ShadowDecision
from kontali_desktop.services.review import Decider, new_batch
from kontali_desktop.services.storage import StoredDocument, UnitOfWork

Ranked = Mapping[TransactionId, tuple[Proposal, ...]]


def accept_sure(work: UnitOfWork, client_id: ClientId, proposals: Ranked, now: datetime) -> int:
    """How many transactions were decided; the caller commits."""
    mode = work.clients.load_settings(client_id).mode
    if mode is Mode.OFF:
        return 0
    lines = work.transactions.load_matchable(client_id)
    documents = work.documents.load_of_client(client_id)
    autonomy = load_autonomy(work, client_id, frozenset(d.id for d in documents))
    sure = list(sure_ones(autonomy, lines, proposals))
    if mode is Mode.SHADOW:
        _note(work, client_id, sure, documents, now)
        return 0
    decider = Decider(work, now, PROGRAM, new_batch())
    decider.expect(lines, documents)
    return sum(_accepted(decider, transaction, proposal) for transaction, proposal, _ in sure)


def sure_ones(
    autonomy: Autonomy, lines: Iterable[BankTransaction], proposals: Ranked
) -> Iterator[tuple[TransactionId, Proposal, Verdict]]:
    """First proposals that nothing but the client's mode holds back, in the order of their lines' ids.

    A transfer must be the first choice of both its lines, and nothing speak against either.
    """
    by_id = {line.id: line for line in lines}
    for transaction_id, ranked in sorted(proposals.items()):
        line = by_id.get(transaction_id)
        if line is None:
            continue
        verdict = autonomy.verdict(line, ranked[0])
        if verdict.would and _is_mutual(autonomy, by_id, proposals, transaction_id):
            yield transaction_id, ranked[0], verdict


def _is_mutual(
    autonomy: Autonomy, lines: Mapping[TransactionId, BankTransaction], proposals: Ranked, transaction_id: TransactionId
) -> bool:
    proposal = proposals[transaction_id][0]
    if proposal.kind is not ProposalKind.TRANSFER or proposal.counter_transaction is None:
        return True
    other = proposal.counter_transaction
    theirs = proposals.get(other, ())
    return (
        other in lines
        and len(theirs) > 0
        and theirs[0].counter_transaction == transaction_id
        and autonomy.verdict(lines[other], theirs[0]).would
    )


def _accepted(decider: Decider, transaction_id: TransactionId, proposal: Proposal) -> int:
    """What a rule of the trade forbids (a document settled by the line before) waits for a person."""
    try:
        return len(decider.accept(transaction_id, proposal))
    except RuleBroken:
        return 0


def _note(
    work: UnitOfWork,
    client_id: ClientId,
    sure: Iterable[tuple[TransactionId, Proposal, Verdict]],
    documents: Iterable[StoredDocument],
    now: datetime,
) -> None:
    """Once a line, and never more on a document than it has left."""
    known = {d.transaction_id for d in work.learning.load_shadow(client_id)}
    left = {document.id: document.open_amount for document in documents}
    noted = []
    for transaction_id, proposal, verdict in sure:
        if transaction_id not in known and _fits(left, proposal):
            noted.append(ShadowDecision(transaction_id, now, proposal.key, verdict.kind, proposal.confidence))
    work.learning.add_shadow(noted)


def _fits(left: dict[DocumentId, int], proposal: Proposal) -> bool:
    if any(abs(line.amount) > left[line.document_id] for line in proposal.lines):
        return False
    for line in proposal.lines:
        left[line.document_id] -= abs(line.amount)
    return True
