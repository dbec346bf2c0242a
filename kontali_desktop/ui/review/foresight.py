"""What items become by a decision, shown at once; the database has the last word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kontali_desktop.domain.clients import ClientSettings
from kontali_desktop.domain.documents import OpenItem
from kontali_desktop.domain.errors import PeriodClosed
from kontali_desktop.domain.ids import ClientId, DocumentId, TransactionId
from kontali_desktop.domain.matches import Proposal, ProposalKind, QueueStatus
from kontali_desktop.services.review import refuse_closed
from kontali_desktop.services.review_models import QueueItem, level_of


def accepted(item: QueueItem, proposal: Proposal, documents: Mapping[DocumentId, OpenItem]) -> QueueItem:
    """The item with what was decided, and what is left on its documents after it."""
    lines = tuple(
        replace(line, remaining_after=max(0, documents[line.document_id].open_amount - abs(line.amount)))
        if line.document_id in documents
        else line
        for line in proposal.lines
    )
    status = QueueStatus.ACCEPTED
    if proposal.kind is ProposalKind.DIRECT_POSTING:
        status = QueueStatus.DIRECTLY_POSTED
    return replace(item, status=status, proposal=replace(proposal, lines=lines), alternatives=())


def both_accepted(
    item: QueueItem, other: QueueItem | None, proposal: Proposal, documents: Mapping[DocumentId, OpenItem]
) -> list[QueueItem]:
    """`other` is a transfer's other half, which is decided with it."""
    after = [accepted(item, proposal, documents)]
    if other is not None:
        after.append(accepted(other, mirrored(proposal, item.id), documents))
    return after


def period_closed(item: QueueItem, settings: Mapping[ClientId, ClientSettings]) -> PeriodClosed | None:
    """Why nobody can decide the item now, where its client's books are closed that far."""
    try:
        refuse_closed(settings[item.client.id], item.client, item.transaction)
    except PeriodClosed as error:
        return error
    return None


def both_without(
    items: tuple[QueueItem, ...], proposal: Proposal, settings: Mapping[ClientId, ClientSettings]
) -> list[QueueItem]:
    """The item first, and a transfer's other half where it waits too."""
    keys = (proposal.key, mirrored(proposal, items[0].id).key)
    return [without(item, key, settings[item.client.id]) for item, key in zip(items, keys, strict=False)]


def mirrored(proposal: Proposal, transaction_id: TransactionId) -> Proposal:
    """A transfer as the other of its two transactions has it."""
    return replace(proposal, counter_transaction=transaction_id, difference=-proposal.difference)


def without(item: QueueItem, key: str, settings: ClientSettings) -> QueueItem:
    """The item once one of its proposals is gone; the next takes its place."""
    return _ranked(item, [p for p in _proposals(item) if p.key != key], settings)


def possible(item: QueueItem, documents: Mapping[DocumentId, OpenItem], settings: ClientSettings) -> QueueItem:
    """The item with only those proposals whose documents still have so much open."""
    return _ranked(item, [p for p in _proposals(item) if _is_possible(p, documents)], settings)


def put_on(
    documents: Mapping[DocumentId, OpenItem], proposal: Proposal, *, back: bool = False
) -> dict[DocumentId, OpenItem]:
    """The proposal's documents with its amounts settled on them, or taken back."""
    sign = 1 if back else -1
    return {
        line.document_id: replace(
            documents[line.document_id],
            open_amount=max(0, documents[line.document_id].open_amount + sign * abs(line.amount)),
        )
        for line in proposal.lines
        if line.document_id in documents
    }


def _proposals(item: QueueItem) -> tuple[Proposal, ...]:
    return (item.proposal, *item.alternatives) if item.proposal else item.alternatives


def _is_possible(proposal: Proposal, documents: Mapping[DocumentId, OpenItem]) -> bool:
    return all(
        abs(line.amount) <= documents[line.document_id].open_amount
        for line in proposal.lines
        if line.document_id in documents
    )


def _ranked(item: QueueItem, proposals: list[Proposal], settings: ClientSettings) -> QueueItem:
    if len(proposals) == len(_proposals(item)):
        return item
    first = proposals[0] if proposals else None
    return replace(
        item,
        status=QueueStatus.PROPOSED if first else QueueStatus.UNMATCHED,
        proposal=first,
        alternatives=tuple(proposals[1:]),
        level=level_of(first, settings, item.transaction.reported.booking_date),
    )
