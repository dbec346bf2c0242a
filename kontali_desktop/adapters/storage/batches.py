"""Sums with their parts, the books' own postings, and attachments, in the database."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Select, case, delete, func, insert, select, update
from sqlalchemy.orm import Session

from kontali_desktop.adapters.storage.file_tables import (
    AttachmentRow,
    LedgerPostingRow,
    PaymentBatchRow,
    PaymentPartRow,
)
from kontali_desktop.adapters.storage.tables import DocumentRow
from kontali_desktop.domain.ids import AttachmentId, BatchId, ClientId, DocumentId, ImportId, TransactionId
from kontali_desktop.domain.ledger import LedgerPosting
from kontali_desktop.domain.payment_parts import PartKind, PaymentBatch, PaymentPart
from kontali_desktop.services.file_storage import StoredAttachment, StoredBatch
from kontali_desktop.services.ports import Attachment

_CHUNK = 200
_P = PaymentPartRow
_PART = (_P.amount_minor, _P.kind, _P.counterparty, _P.counterparty_account, _P.kid, _P.text, _P.reference)


def _part(values: Sequence[Any]) -> PaymentPart:
    amount, kind, *rest = values
    return PaymentPart(amount, PartKind(kind), *rest)


def _part_values(batch_id: int, ordinal: int, part: PaymentPart) -> dict[str, Any]:
    return {
        "batch_id": batch_id,
        "ordinal": ordinal,
        "kind": part.kind,
        "amount_minor": part.amount,
        "counterparty": part.counterparty,
        "counterparty_account": part.counterparty_account,
        "kid": part.kid,
        "text": part.text,
        "reference": part.reference,
    }


def _batch_values(id_: int, key: str, batch: PaymentBatch) -> dict[str, Any]:
    return {
        "id": id_,
        "batch_key": key,
        "account_number": batch.account_number,
        "currency": batch.currency,
        "amount_minor": batch.amount,
        "booking_date": batch.booking_date,
        "reference": batch.reference,
        "provider": batch.provider,
    }


def _fullness(parts: Sequence[PaymentPart]) -> tuple[int, str]:
    """How many fields are filled; two that say as much are told apart by what they say."""
    filled = sum(
        bool(value)
        for part in parts
        for value in (part.counterparty, part.counterparty_account, part.kid, part.text, part.reference)
    )
    return filled, repr(parts)


class SqlBatchStore:
    """BatchStore over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, client_id: ClientId, batches: Iterable[tuple[str, PaymentBatch]], source: str, import_id: ImportId
    ) -> tuple[int, tuple[BatchId, ...]]:
        keys = select(PaymentBatchRow.batch_key, PaymentBatchRow.id).where(PaymentBatchRow.client_id == client_id)
        known = {key: batch_id for key, batch_id in self._session.execute(keys)}  # noqa: C416 - rows are not pairs to mypy
        next_id: int = (self._session.scalar(select(func.max(PaymentBatchRow.id))) or 0) + 1
        of_all = {"client_id": client_id, "import_id": import_id, "source": source}
        added, told_again = 0, set[int]()
        waiting = iter(batches)
        while chunk := list(islice(waiting, _CHUNK)):
            new: list[tuple[int, str, PaymentBatch]] = []
            for key, batch in chunk:
                if key in known:
                    told_again.add(known[key])
                    self._keep_fuller(known[key], batch.parts)
                else:
                    new.append((next_id + len(new), key, batch))
            self._insert(PaymentBatchRow, [of_all | _batch_values(id_, key, batch) for id_, key, batch in new])
            for id_, _, batch in new:
                self._put_parts(id_, batch.parts)
            next_id += len(new)
            added += len(new)
        return added, tuple(BatchId(id_) for id_ in sorted(told_again))

    def _insert(self, table: type[Any], rows: list[dict[str, Any]]) -> None:
        if rows:
            self._session.execute(insert(table.__table__), rows)  # Core's faster path

    def _keep_fuller(self, batch_id: int, parts: Sequence[PaymentPart]) -> None:
        """Of two sources' word on the same payments the one that says more stands, whichever came first."""
        query = select(*_PART).where(_P.batch_id == batch_id).order_by(_P.ordinal)
        stored = tuple(_part(row) for row in self._session.execute(query))
        if _fullness(tuple(parts)) > _fullness(stored):
            self._session.execute(delete(PaymentPartRow).where(_P.batch_id == batch_id))
            self._put_parts(batch_id, parts)

    def _put_parts(self, batch_id: int, parts: Sequence[PaymentPart]) -> None:
        self._insert(PaymentPartRow, [_part_values(batch_id, ordinal, part) for ordinal, part in enumerate(parts, 1)])

    def load(self, client_id: ClientId) -> tuple[StoredBatch, ...]:
        query = select(PaymentBatchRow).where(PaymentBatchRow.client_id == client_id).order_by(PaymentBatchRow.id)
        return tuple(
            StoredBatch(
                BatchId(r.id),
                r.batch_key,
                r.source,
                PaymentBatch(r.amount_minor, (), r.currency, r.account_number, r.booking_date, r.reference, r.provider),
                TransactionId(r.transaction_id) if r.transaction_id is not None else None,
            )
            for r in self._session.scalars(query)
        )

    def attach(self, links: Mapping[BatchId, TransactionId | None]) -> None:
        """All are set free first, so that two may change places."""
        if not links:
            return
        self._link([(batch, None) for batch in links])
        self._link([(batch, line) for batch, line in links.items() if line is not None])

    def _link(self, links: Sequence[tuple[BatchId, TransactionId | None]]) -> None:
        rows = [{"id": batch, "transaction_id": line} for batch, line in links]
        if rows:
            self._session.execute(update(PaymentBatchRow), rows)

    def load_parts(self, client_id: ClientId) -> dict[TransactionId, tuple[PaymentPart, ...]]:
        query: Select[*tuple[Any, ...]] = (
            select(PaymentBatchRow.transaction_id, *_PART)
            .join(PaymentBatchRow, PaymentBatchRow.id == _P.batch_id)
            .where(PaymentBatchRow.client_id == client_id, PaymentBatchRow.transaction_id.is_not(None))
            .order_by(_P.batch_id, _P.ordinal)
        )
        found: dict[TransactionId, list[PaymentPart]] = defaultdict(list)
        for transaction_id, *values in self._session.execute(query):
            found[TransactionId(transaction_id)].append(_part(values))
        return {transaction_id: tuple(parts) for transaction_id, parts in found.items()}

    def parts_of(self, transaction_id: TransactionId) -> tuple[PaymentPart, ...]:
        query = (
            select(*_PART)
            .join(PaymentBatchRow, PaymentBatchRow.id == _P.batch_id)
            .where(PaymentBatchRow.transaction_id == transaction_id)
            .order_by(_P.ordinal)
        )
        return tuple(_part(row) for row in self._session.execute(query))

    def count_payments(self, client_id: ClientId | None) -> dict[TransactionId, int]:
        batch = PaymentBatchRow
        query = (
            select(batch.transaction_id, func.sum(case((_P.kind == PartKind.PAYMENT, 1), else_=0)))
            .join(_P, _P.batch_id == batch.id)
            .where(batch.transaction_id.is_not(None))
            .group_by(batch.transaction_id)
            .having(func.count() > 1)
        )
        if client_id is not None:
            query = query.where(batch.client_id == client_id)
        return {TransactionId(line): int(payments) for line, payments in self._session.execute(query)}


class SqlLedgerStore:
    """LedgerStore over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(
        self, client_id: ClientId, postings: Sequence[LedgerPosting], import_id: ImportId
    ) -> tuple[int, int, tuple[int, ...]]:
        known = {_key(p): (id_, p) for id_, p in self._stored(client_id)}
        new, changed, told_again = {}, {}, []
        for posting in postings:
            key = _key(posting)
            before = known.get(key)
            if before is None:
                new[key] = posting
                continue
            told_again.append(before[0])
            if before[1] != posting:
                changed[before[0]] = posting
        rows = [{"client_id": client_id, "import_id": import_id, **_posting_values(p)} for p in new.values()]
        if rows:
            self._session.execute(insert(LedgerPostingRow.__table__), rows)  # type: ignore[arg-type]  # Core's faster path
        if changed:
            self._session.execute(
                update(LedgerPostingRow), [{"id": i, **_posting_values(p)} for i, p in changed.items()]
            )
        return len(new), len(changed), tuple(told_again)

    def load(self, client_id: ClientId) -> tuple[LedgerPosting, ...]:
        return tuple(posting for _, posting in self._stored(client_id))

    def _stored(self, client_id: ClientId) -> list[tuple[int, LedgerPosting]]:
        r = LedgerPostingRow
        query = (
            select(r.id, r.ledger_account, r.posting_date, r.amount_minor, r.voucher, r.line, r.text, r.reference)
            .where(r.client_id == client_id)
            .order_by(r.posting_date, r.id)
        )
        return [(row[0], LedgerPosting(*row[1:])) for row in self._session.execute(query)]


def _key(posting: LedgerPosting) -> tuple[str, str, str, int]:
    """Vouchers are numbered anew each year."""
    return posting.voucher, posting.line, posting.ledger_account, posting.posting_date.year


def _posting_values(posting: LedgerPosting) -> dict[str, Any]:
    return {
        "ledger_account": posting.ledger_account,
        "posting_date": posting.posting_date,
        "amount_minor": posting.amount,
        "voucher": posting.voucher,
        "line": posting.line,
        "text": posting.text,
        "reference": posting.reference,
    }


class SqlAttachmentStore:
    """AttachmentStore over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, document_id: DocumentId, attachments: Iterable[Attachment]) -> None:
        known = set(self._session.scalars(select(AttachmentRow.sha256).where(AttachmentRow.document_id == document_id)))
        for attachment in attachments:
            digest = hashlib.sha256(attachment.content).hexdigest()
            if digest not in known:
                known.add(digest)
                row = {
                    "document_id": document_id,
                    "name": attachment.name,
                    "media_type": attachment.media_type,
                    "sha256": digest,
                    "content": attachment.content,
                }
                self._session.execute(insert(AttachmentRow.__table__), row)  # type: ignore[arg-type]  # not kept in memory

    def load_of(self, document_ids: Iterable[DocumentId]) -> tuple[StoredAttachment, ...]:
        r = AttachmentRow
        query = (
            select(r.id, r.document_id, r.name, r.media_type, func.length(r.content))
            .where(r.document_id.in_(list(document_ids)))
            .order_by(r.id)
        )
        return tuple(
            StoredAttachment(AttachmentId(id_), DocumentId(document), name, media_type, size)
            for id_, document, name, media_type, size in self._session.execute(query)
        )

    def count(self, client_id: ClientId | None) -> dict[DocumentId, int]:
        r = AttachmentRow
        query = select(r.document_id, func.count()).group_by(r.document_id)
        if client_id is not None:
            query = query.join(DocumentRow, DocumentRow.id == r.document_id).where(DocumentRow.client_id == client_id)
        return {DocumentId(document): many for document, many in self._session.execute(query)}

    def load(self, attachment_id: AttachmentId) -> Attachment | None:
        r = AttachmentRow
        row = self._session.execute(select(r.name, r.media_type, r.content).where(r.id == attachment_id)).first()
        return Attachment(*row) if row else None
