"""The door to what the database keeps of files: imports, sums and their parts, the books' postings, attachments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kontali_desktop.domain.ids import (
    AttachmentId,
    BatchId,
    ClientId,
    DocumentId,
    ImportId,
    TransactionId,
)
from kontali_desktop.domain.ledger import LedgerPosting
from kontali_desktop.domain.payment_parts import PaymentBatch, PaymentPart
from kontali_desktop.domain.tables import ColumnMapping
from kontali_desktop.services.ports import Attachment, RefusedRow

TRANSACTION, DOCUMENT, BATCH, POSTING, BALANCE = "transaction", "document", "batch", "posting", "balance"


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file that was read, and what came of it."""

    client_id: ClientId
    at: datetime
    name: str
    sha256: str
    format: str
    status: str
    added: int
    updated: int
    unchanged: int
    refused: tuple[RefusedRow, ...] = ()
    refused_head: str = ""
    refused_tail: str = ""


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """Files that were taken in at once; `undone_at` where they were taken back."""

    id: ImportId
    client_id: ClientId
    at: datetime
    actor: str
    undone_at: datetime | None
    files: tuple[ImportedFile, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """What an import changed on a row of a kind, as JSON of the changed fields before and after."""

    row_id: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """A sum with its parts; `transaction_id` is the bank line it explains, where that is known."""

    id: BatchId
    key: str
    source: str
    batch: PaymentBatch
    transaction_id: TransactionId | None


@dataclass(frozen=True, slots=True)
class StoredAttachment:
    """A file that came inside a document; its content is read apart. `size` in bytes."""

    id: AttachmentId
    document_id: DocumentId
    name: str
    media_type: str
    size: int


class ImportStore(Protocol):
    def begin(self, client_id: ClientId, now: datetime, actor: str) -> ImportId: ...
    def add_file(self, import_id: ImportId | None, file: ImportedFile) -> None: ...
    def note_sightings(self, import_id: ImportId, kind: str, ids: Iterable[int]) -> None: ...
    def note_changes(self, import_id: ImportId, kind: str, changes: Sequence[RowChange]) -> None: ...
    def load(self, client_id: ClientId | None, most: int) -> tuple[ImportRecord, ...]: ...
    def find(self, import_id: ImportId) -> ImportRecord | None: ...
    def is_known_file(self, client_id: ClientId, sha256: str) -> bool: ...
    def brought(self, import_id: ImportId, kind: str) -> tuple[int, ...]:
        """The rows it was the first to tell of, and which are still held to be its own."""
        ...

    def first_day_brought(self, import_id: ImportId) -> date | None:
        """Of its own bank lines and balances; an opening balance belongs to the day before, and does not count."""
        ...

    def waiting_lines(self, import_id: ImportId, until: date) -> int:
        """How many of its own bank lines are booked up to this day, and after their account's start."""
        ...

    def load_changes(self, import_id: ImportId, kind: str) -> tuple[RowChange, ...]:
        """The newest first."""
        ...

    def later_changes(self, import_id: ImportId, kind: str) -> tuple[tuple[int, RowChange], ...]:
        """What imports after this one, not undone themselves, changed on the same rows, with ids; the oldest first."""
        ...

    def change_former(self, change_id: int, before: str) -> None:
        """A change now follows another one than before."""
        ...

    def owners(self, kind: str, ids: Iterable[int]) -> dict[int, ImportId]:
        """Of the rows that are some import's own, which one's."""
        ...

    def hand_over(self, import_id: ImportId, kind: str) -> None:
        """Rows that a later import told of too become that one's own; what a bank connection saw is nobody's."""
        ...

    def withdraw(self, import_id: ImportId, now: datetime) -> None:
        """Take away what is still its own, and mark it undone; rows that decisions name stay as history."""
        ...

    def load_mappings(self, client_id: ClientId) -> dict[str, ColumnMapping]: ...
    def save_mapping(self, client_id: ClientId, headings: str, mapping: ColumnMapping) -> None: ...


class BatchStore(Protocol):
    def add(
        self, client_id: ClientId, batches: Iterable[tuple[str, PaymentBatch]], source: str, import_id: ImportId
    ) -> tuple[int, tuple[BatchId, ...]]:
        """How many were new, and which were known by their key."""
        ...

    def load(self, client_id: ClientId) -> tuple[StoredBatch, ...]:
        """Without their parts."""
        ...

    def attach(self, links: Mapping[BatchId, TransactionId | None]) -> None: ...
    def load_parts(self, client_id: ClientId) -> dict[TransactionId, tuple[PaymentPart, ...]]: ...
    def parts_of(self, transaction_id: TransactionId) -> tuple[PaymentPart, ...]: ...
    def count_payments(self, client_id: ClientId | None) -> dict[TransactionId, int]:
        """Of each line that is a sum, fees apart; one part alone makes no sum."""
        ...


class LedgerStore(Protocol):
    def save(
        self, client_id: ClientId, postings: Sequence[LedgerPosting], import_id: ImportId
    ) -> tuple[int, int, tuple[int, ...]]:
        """How many were added and updated, and which were known by voucher, line, account and year."""
        ...

    def load(self, client_id: ClientId) -> tuple[LedgerPosting, ...]: ...


class AttachmentStore(Protocol):
    def add(self, document_id: DocumentId, attachments: Iterable[Attachment]) -> None: ...
    def load_of(self, document_ids: Iterable[DocumentId]) -> tuple[StoredAttachment, ...]: ...
    def count(self, client_id: ClientId | None) -> dict[DocumentId, int]:
        """Of each document that has any."""
        ...

    def load(self, attachment_id: AttachmentId) -> Attachment | None: ...
