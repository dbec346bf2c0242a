"""Documents in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, case, insert, select, update
from sqlalchemy.orm import Session

from kontali_desktop.adapters.storage.kept_rows import KeptRows
from kontali_desktop.adapters.storage.tables import DocumentRow
from kontali_desktop.domain.documents import DocumentKind, ReportedDocument, Side
from kontali_desktop.domain.ids import ClientId, DocumentId, ImportId
from kontali_desktop.services.storage import StoredDocument

_D = DocumentRow
_CHUNK = 500


DOCUMENT_COLUMNS = (
    _D.id,
    _D.client_id,
    _D.matched_minor,
    _D.matched_in_books_minor,
    _D.difference_minor,
    _D.source,
    _D.side,
    _D.kind,
    _D.number,
    _D.counterparty,
    _D.amount_minor,
    _D.books_remaining_minor,
    _D.currency,
    _D.counterparty_orgnr,
    _D.counterparty_account,
    _D.counterparty_number,
    _D.kid,
    _D.issue_date,
    _D.due_date,
    _D.amount_nok_minor,
    _D.payee_account,
    _D.refers_to,
)

_MATCHED = _D.matched_minor + bindparam("amount", type_=Integer)
_PUT = (
    update(DocumentRow)
    .where(_D.id == bindparam("document"))
    .values(matched_minor=_MATCHED)
    .execution_options(synchronize_session=False)
)
_IN_BOOKS = _D.amount_minor - _D.difference_minor  # the amount by the books, where matches here exceed it
_TAKE_BACK = _PUT.values(
    matched_in_books_minor=case((_D.matched_in_books_minor > _MATCHED, _MATCHED), else_=_D.matched_in_books_minor),
    amount_minor=case((_IN_BOOKS > _MATCHED, _IN_BOOKS), else_=_MATCHED),
    difference_minor=case((_MATCHED > _IN_BOOKS, _MATCHED - _IN_BOOKS), else_=0),
)


def stored_document(row: Iterable[Any]) -> StoredDocument:
    document_id, client_id, matched, in_books, difference, source, side, kind, *rest = row
    reported = ReportedDocument(Side(side), DocumentKind(kind), *rest)
    return StoredDocument(DocumentId(document_id), reported, ClientId(client_id), matched, in_books, difference, source)


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
        "refers_to": document.refers_to,
    }


class SqlDocumentStore:
    """DocumentStore over a session."""

    def __init__(self, session: Session, kept: KeptRows[StoredDocument]) -> None:
        self._session = session
        self._kept = kept

    def load_of_client(self, client_id: ClientId | None) -> tuple[StoredDocument, ...]:
        query = select(*DOCUMENT_COLUMNS).where(~_D.is_withdrawn).order_by(_D.issue_date, _D.id)
        if client_id is not None:
            mine = query.where(_D.client_id == client_id)
            return self._kept.load(self._session, client_id, mine, _D.id, stored_document)
        return tuple(stored_document(row) for row in self._session.execute(query))

    def add(
        self,
        client_id: ClientId,
        documents: Sequence[ReportedDocument],
        source: str,
        now: datetime,
        import_id: ImportId | None = None,
    ) -> None:
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
                "import_id": import_id,
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
            query = select(*DOCUMENT_COLUMNS).where(_D.id.in_(wanted[start : start + _CHUNK]), ~_D.is_withdrawn)
            found |= {document.id: document for document in map(stored_document, self._session.execute(query))}
        return found

    def put(self, document_id: DocumentId, amount: int) -> None:
        """Add to what matches here settle; the database refuses less than nothing or more than the document."""
        self._session.execute(_PUT if amount >= 0 else _TAKE_BACK, {"document": document_id, "amount": amount})
