"""Imports, their files, and what they changed, in the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from kontali_desktop.adapters.storage.file_tables import (
    AttachmentRow,
    ColumnMappingRow,
    ImportChangeRow,
    ImportedFileRow,
    ImportRow,
    ImportSightingRow,
    LedgerPostingRow,
    PaymentBatchRow,
)
from kontali_desktop.adapters.storage.tables import (
    REPLACED,
    AccountRow,
    BalanceRow,
    ClosingRow,
    DocumentRow,
    MatchLineRow,
    MatchRow,
    ProposalRow,
    SightingRow,
    TransactionRow,
)
from kontali_desktop.domain.bank import BookingStatus
from kontali_desktop.domain.ids import ClientId, ImportId
from kontali_desktop.domain.tables import ColumnMapping, TableKind
from kontali_desktop.services.file_storage import (
    BALANCE,
    BATCH,
    DOCUMENT,
    POSTING,
    TRANSACTION,
    ImportedFile,
    ImportRecord,
    RowChange,
)
from kontali_desktop.services.ports import RefusedRow

FEED = "feed"
_OPENING = ("OPBD", "PRCD")  # ISO 20022: what the day before ended with
_CHUNK = 5_000
_ROWS: dict[str, type[TransactionRow | DocumentRow | PaymentBatchRow | LedgerPostingRow | BalanceRow]] = {
    TRANSACTION: TransactionRow,
    DOCUMENT: DocumentRow,
    BATCH: PaymentBatchRow,
    POSTING: LedgerPostingRow,
    BALANCE: BalanceRow,
}


def _file(row: ImportedFileRow) -> ImportedFile:
    refused = tuple(RefusedRow(r["where"], r["why"], r["facts"], r.get("raw", "")) for r in json.loads(row.refused))
    return ImportedFile(
        ClientId(row.client_id),
        row.at,
        row.name,
        row.sha256,
        row.format,
        row.status,
        row.added,
        row.updated,
        row.unchanged,
        refused,
        row.refused_head,
        row.refused_tail,
    )


def _replaced_by(row: BalanceRow) -> Select[BalanceRow]:
    """The latest first."""
    return (
        select(BalanceRow)
        .where(
            BalanceRow.account_id == row.account_id,
            BalanceRow.kind == row.kind,
            BalanceRow.reference_date.is_not_distinct_from(row.reference_date),
            BalanceRow.source.startswith(f"{row.source}{REPLACED}", autoescape=True),
        )
        .order_by(BalanceRow.import_id.desc(), BalanceRow.id.desc())
    )


class SqlImportStore:
    """ImportStore over a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, client_id: ClientId, now: datetime, actor: str) -> ImportId:
        row = ImportRow(client_id=client_id, at=now, actor=actor)
        self._session.add(row)
        self._session.flush()
        return ImportId(row.id)

    def add_file(self, import_id: ImportId | None, file: ImportedFile) -> None:
        rows = [{"where": r.where, "why": r.why, "facts": r.facts, "raw": r.raw} for r in file.refused]
        values = {
            "client_id": file.client_id,
            "at": file.at,
            "name": file.name,
            "sha256": file.sha256,
            "format": file.format,
            "status": file.status,
            "added": file.added,
            "updated": file.updated,
            "unchanged": file.unchanged,
            "refused": json.dumps(rows, ensure_ascii=False),
            "refused_head": file.refused_head,
            "refused_tail": file.refused_tail,
            "import_id": import_id,
        }
        self._insert(ImportedFileRow, [values])

    def note_sightings(self, import_id: ImportId, kind: str, ids: Iterable[int]) -> None:
        """Once for each row, though several files of the import may tell of it."""
        wanted = set(ids)
        if not wanted:
            return
        seen = ImportSightingRow
        span = seen.row_id.between(min(wanted), max(wanted))
        known = select(seen.row_id).where(seen.import_id == import_id, seen.kind == kind, span)
        fresh = iter(sorted(wanted.difference(self._session.scalars(known))))
        while chunk := list(islice(fresh, _CHUNK)):
            self._insert(ImportSightingRow, [{"import_id": import_id, "kind": kind, "row_id": id_} for id_ in chunk])

    def note_changes(self, import_id: ImportId, kind: str, changes: Sequence[RowChange]) -> None:
        rows = [
            {"import_id": import_id, "kind": kind, "row_id": c.row_id, "before": c.before, "after": c.after}
            for c in changes
        ]
        self._insert(ImportChangeRow, rows)

    def _insert(self, table: type[Any], rows: list[dict[str, Any]]) -> None:
        if rows:
            self._session.execute(insert(table.__table__), rows)  # Core's faster path

    def load(self, client_id: ClientId | None, most: int) -> tuple[ImportRecord, ...]:
        query = select(ImportRow).order_by(ImportRow.id.desc()).limit(most)
        if client_id is not None:
            query = query.where(ImportRow.client_id == client_id)
        return tuple(self._record(row) for row in self._session.scalars(query))

    def find(self, import_id: ImportId) -> ImportRecord | None:
        row = self._session.get(ImportRow, import_id)
        return self._record(row) if row else None

    def _record(self, row: ImportRow) -> ImportRecord:
        query = select(ImportedFileRow).where(ImportedFileRow.import_id == row.id).order_by(ImportedFileRow.id)
        files = tuple(_file(file) for file in self._session.scalars(query))
        return ImportRecord(ImportId(row.id), ClientId(row.client_id), row.at, row.actor, row.undone_at, files)

    def is_known_file(self, client_id: ClientId, sha256: str) -> bool:
        query = select(ImportedFileRow.id).where(
            ImportedFileRow.client_id == client_id, ImportedFileRow.sha256 == sha256
        )
        return self._session.scalar(query.limit(1)) is not None

    def brought(self, import_id: ImportId, kind: str) -> tuple[int, ...]:
        table = _ROWS[kind]
        return tuple(self._session.scalars(select(table.id).where(table.import_id == import_id).order_by(table.id)))

    def first_day_brought(self, import_id: ImportId) -> date | None:
        line = select(func.min(TransactionRow.booking_date)).where(TransactionRow.import_id == import_id)
        balance = select(func.min(BalanceRow.reference_date)).where(
            BalanceRow.import_id == import_id, BalanceRow.kind.not_in(_OPENING)
        )
        days = [self._session.scalar(query) for query in (line, balance)]
        return min((day for day in days if day is not None), default=None)

    def waiting_lines(self, import_id: ImportId, until: date) -> int:
        start = AccountRow.booked_to
        query = (
            select(func.count())
            .select_from(TransactionRow)
            .join(AccountRow, AccountRow.id == TransactionRow.account_id)
            .where(
                TransactionRow.import_id == import_id,
                TransactionRow.booking_date <= until,
                or_(start.is_(None), TransactionRow.booking_date > start),
            )
        )
        return self._session.scalar(query) or 0

    def owners(self, kind: str, ids: Iterable[int]) -> dict[int, ImportId]:
        table, wanted = _ROWS[kind], list(ids)
        found: dict[int, ImportId] = {}
        for start in range(0, len(wanted), _CHUNK):
            query = select(table.id, table.import_id).where(table.id.in_(wanted[start : start + _CHUNK]))
            found |= {id_: ImportId(owner) for id_, owner in self._session.execute(query) if owner is not None}
        return found

    def load_changes(self, import_id: ImportId, kind: str) -> tuple[RowChange, ...]:
        query = (
            select(ImportChangeRow.row_id, ImportChangeRow.before, ImportChangeRow.after)
            .where(ImportChangeRow.import_id == import_id, ImportChangeRow.kind == kind)
            .order_by(ImportChangeRow.id.desc())
        )
        return tuple(RowChange(*row) for row in self._session.execute(query))

    def later_changes(self, import_id: ImportId, kind: str) -> tuple[tuple[int, RowChange], ...]:
        change, own = ImportChangeRow, aliased(ImportChangeRow)
        query = (
            select(change.id, change.row_id, change.before, change.after)
            .join(ImportRow, ImportRow.id == change.import_id)
            .where(
                change.import_id > import_id,
                change.kind == kind,
                ImportRow.undone_at.is_(None),
                exists().where(own.import_id == import_id, own.kind == kind, own.row_id == change.row_id),
            )
            .order_by(change.id)
        )
        return tuple((id_, RowChange(row, before, after)) for id_, row, before, after in self._session.execute(query))

    def change_former(self, change_id: int, before: str) -> None:
        self._run(update(ImportChangeRow).where(ImportChangeRow.id == change_id).values(before=before))

    def hand_over(self, import_id: ImportId, kind: str) -> None:
        table = _ROWS[kind]
        other = aliased(ImportRow)
        heir = (
            select(func.min(ImportSightingRow.import_id))
            .join(other, other.id == ImportSightingRow.import_id)
            .where(
                ImportSightingRow.kind == kind,
                ImportSightingRow.row_id == table.id,
                ImportSightingRow.import_id != import_id,
                other.undone_at.is_(None),
            )
            .scalar_subquery()
        )
        mine = table.import_id == import_id
        self._run(update(table).where(mine, heir.is_not(None)).values(import_id=heir))
        if kind == TRANSACTION:
            fed = exists().where(SightingRow.transaction_id == TransactionRow.id, SightingRow.source == FEED)
            self._run(
                update(TransactionRow).where(mine, or_(TransactionRow.source == FEED, fed)).values(import_id=None)
            )

    def withdraw(self, import_id: ImportId, now: datetime) -> None:
        self._run(delete(PaymentBatchRow).where(PaymentBatchRow.import_id == import_id))
        self._run(delete(LedgerPostingRow).where(LedgerPostingRow.import_id == import_id))
        self._withdraw_balances(import_id)
        self._withdraw_transactions(TransactionRow.import_id == import_id)
        self._withdraw_documents(DocumentRow.import_id == import_id)
        self._run(update(ImportRow).where(ImportRow.id == import_id).values(undone_at=now))

    def _withdraw_balances(self, import_id: ImportId) -> None:
        """What an earlier import told of the same account and day, and this one replaced, stands again."""
        mine = list(self._session.scalars(select(BalanceRow).where(BalanceRow.import_id == import_id)))
        for row in mine:
            self._session.delete(row)
        self._session.flush()
        for row in mine:
            if REPLACED not in row.source:
                former = self._session.scalar(_replaced_by(row).limit(1))
                if former is not None:
                    former.source = row.source
        self._session.flush()

    def _withdraw_transactions(self, mine: ColumnElement[bool]) -> None:
        ids = select(TransactionRow.id).where(mine)
        self._run(delete(ProposalRow).where(ProposalRow.transaction_id.in_(ids)))
        self._run(update(PaymentBatchRow).where(PaymentBatchRow.transaction_id.in_(ids)).values(transaction_id=None))
        decided = exists().where(
            or_(
                MatchRow.transaction_id == TransactionRow.id,
                MatchRow.counter_transaction_id == TransactionRow.id,
            )
        )
        self._run(update(TransactionRow).where(mine, decided).values(status=BookingStatus.WITHDRAWN))
        left = mine & (TransactionRow.status != BookingStatus.WITHDRAWN)
        self._run(delete(SightingRow).where(SightingRow.transaction_id.in_(select(TransactionRow.id).where(left))))
        self._run(delete(TransactionRow).where(left))

    def _withdraw_documents(self, mine: ColumnElement[bool]) -> None:
        decided = or_(
            exists().where(MatchLineRow.document_id == DocumentRow.id),
            exists().where(ClosingRow.document_id == DocumentRow.id),
        )
        self._run(update(DocumentRow).where(mine, decided).values(is_withdrawn=True))
        left = mine & ~DocumentRow.is_withdrawn
        self._run(delete(AttachmentRow).where(AttachmentRow.document_id.in_(select(DocumentRow.id).where(left))))
        self._run(delete(DocumentRow).where(left))

    def _run(self, statement: Any) -> None:  # noqa: ANN401 - an update or a delete, whose types have nothing in common
        self._session.execute(statement.execution_options(synchronize_session=False))

    def load_mappings(self, client_id: ClientId) -> dict[str, ColumnMapping]:
        query = select(ColumnMappingRow).where(ColumnMappingRow.client_id == client_id)
        return {
            row.headings: ColumnMapping(
                TableKind(row.kind), tuple((field, heading) for field, heading in json.loads(row.columns)), row.side
            )
            for row in self._session.scalars(query)
        }

    def save_mapping(self, client_id: ClientId, headings: str, mapping: ColumnMapping) -> None:
        known = (ColumnMappingRow.client_id == client_id) & (ColumnMappingRow.headings == headings)
        self._run(delete(ColumnMappingRow).where(known))
        values = {
            "client_id": client_id,
            "headings": headings,
            "kind": mapping.kind,
            "columns": json.dumps(mapping.columns, ensure_ascii=False),
            "side": mapping.side,
        }
        self._insert(ColumnMappingRow, [values])
