"""Documents in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, insert, select, update
from sqlalchemy.orm import Session

from kontali_desktop.adapters.storage.tables import DocumentRow
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side
from kontali_desktop.domain.ids import ClientId, DocumentId
from kontali_desktop.services.storage import StoredDocument

_D = DocumentRow
_CHUNK = 500


def _stored(row: DocumentRow) -> StoredDocument:
    reported = ReportedDocument(
        side=Side(row.side),
        kind=DocumentKind(row.kind),
        number=row.number,
        counterparty=row.counterparty,
        amount=row.amount_minor,
        remaining=row.books_remaining_minor,
        currency=row.currency,
        counterparty_orgnr=row.counterparty_orgnr,
        counterparty_account=row.counterparty_account,
        counterparty_number=row.counterparty_number,
        kid=row.kid,
        issue_date=row.issue_date,
        due_date=row.due_date,
        amount_nok=row.amount_nok_minor,
        payee_account=row.payee_account,
    )
    return StoredDocument(
        DocumentId(row.id),
        reported,
        ClientId(row.client_id),
        row.matched_minor,
        row.matched_in_books_minor,
        row.difference_minor,
    )


def _values(document: ReportedDocument) -> dict[str, Any]:
    return {
        "counterparty": document.counterparty,
        "counterparty_key": document.counterparty_key,
        "counterparty_orgnr": document.counterparty_orgnr,
        "counterparty_account": document.counterparty_account,
        "counterparty_number": document.counterparty_number,
        "kid": document.kid,
        "issue_date": document.issue_date,
        "due_date": document.due_date,
        "currency": document.currency,
        "amount_minor": document.amount,
        "amount_nok_minor": document.amount_nok,
        "books_remaining_minor": document.remaining,
        "payee_account": document.payee_account,
    }


class SqlDocumentStore:
    """DocumentStore over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def load_of_client(self, client_id: ClientId | None) -> tuple[StoredDocument, ...]:
        query = select(DocumentRow).order_by(_D.issue_date, _D.id)
        if client_id is not None:
            query = query.where(_D.client_id == client_id)
        return tuple(_stored(row) for row in self._session.scalars(query))

    def add(self, client_id: ClientId, documents: Sequence[ReportedDocument], source: str, now: datetime) -> None:
        if not documents:
            return
        rows = [
            {
                "client_id": client_id,
                "side": document.side,
                "kind": document.kind,
                "number": document.number,
                "matched_minor": 0,
                "matched_in_books_minor": 0,
                "difference_minor": 0,
                "source": source,
                "created_at": now,
                **_values(document),
            }
            for document in documents
        ]
        self._session.execute(insert(DocumentRow.__table__), rows)  # type: ignore[arg-type]  # Core's faster path

    def update(self, document_id: DocumentId, document: ReportedDocument, in_books: int, difference: int) -> None:
        values = _values(document) | {"matched_in_books_minor": in_books, "difference_minor": difference}
        self._session.execute(update(DocumentRow).where(_D.id == document_id).values(**values))

    def find(self, ids: Iterable[DocumentId]) -> dict[DocumentId, StoredDocument]:
        wanted = sorted(set(ids))
        found: dict[DocumentId, StoredDocument] = {}
        for start in range(0, len(wanted), _CHUNK):
            query = select(DocumentRow).where(_D.id.in_(wanted[start : start + _CHUNK]))
            found |= {DocumentId(row.id): _stored(row) for row in self._session.scalars(query)}
        return found

    def put(self, document_id: DocumentId, amount: int) -> None:
        """Add to what matches here settle; the database refuses less than nothing or more than the document."""
        matched = _D.matched_minor + amount
        values: dict[str, Any] = {"matched_minor": matched}
        if amount < 0:
            in_books = _D.matched_in_books_minor
            values["matched_in_books_minor"] = case((in_books > matched, matched), else_=in_books)
        self._session.execute(
            update(DocumentRow)
            .where(_D.id == document_id)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
