"""Typed models of what comes in as files and goes out as vouchers. Amounts are integer minor units."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kontali_desktop.adapters.storage.tables import Base
from kontali_desktop.adapters.storage.types import UtcDateTime


class ImportRow(Base):
    """What was taken in at once, and can be undone at once."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(20))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ImportedFileRow(Base):
    """A file that was read, known by its hash, and what came of it; `refused` are its rows not taken, as JSON."""

    __tablename__ = "imported_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    format: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(10))
    added: Mapped[int]
    updated: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[str] = mapped_column(Text)
    refused_head: Mapped[str] = mapped_column(Text, default="", server_default="")
    refused_tail: Mapped[str] = mapped_column(Text, default="", server_default="")
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"), index=True)


class ImportSightingRow(Base):
    """A row known before that an import told of too, so that undoing the one that brought it leaves it standing."""

    __tablename__ = "import_sightings"
    __table_args__ = (
        CheckConstraint("kind IN ('transaction', 'document', 'batch', 'posting', 'balance')", name="kind"),
    )

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True)


class ImportChangeRow(Base):
    """What an import changed on a row that stood before, as JSON of the fields, so that it can be changed back."""

    __tablename__ = "import_changes"
    __table_args__ = (CheckConstraint("kind IN ('transaction', 'document')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    row_id: Mapped[int]
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)


class PaymentBatchRow(Base):
    """A sum with its parts, and the bank line it explains once that is known."""

    __tablename__ = "payment_batches"
    __table_args__ = (UniqueConstraint("client_id", "batch_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"), index=True)
    transaction_id: Mapped[int | None] = mapped_column(ForeignKey("bank_transactions.id"), unique=True)
    batch_key: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(20))
    account_number: Mapped[str] = mapped_column(String(34))
    currency: Mapped[str] = mapped_column(String(3))
    amount_minor: Mapped[int]
    booking_date: Mapped[date | None]
    reference: Mapped[str] = mapped_column(Text)
    provider: Mapped[str] = mapped_column(String(40))


class PaymentPartRow(Base):
    """One payment of a sum, in the sum's order."""

    __tablename__ = "payment_parts"
    __table_args__ = (CheckConstraint("kind IN ('payment', 'fee')", name="kind"),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("payment_batches.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    amount_minor: Mapped[int]
    counterparty: Mapped[str] = mapped_column(Text)
    counterparty_account: Mapped[str] = mapped_column(String(40))
    kid: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(Text)


class LedgerPostingRow(Base):
    """A line that the books have on a bank account, in øre, debit positive."""

    __tablename__ = "ledger_postings"
    __table_args__ = (UniqueConstraint("client_id", "voucher", "line", "ledger_account", "posting_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"), index=True)
    ledger_account: Mapped[str] = mapped_column(String(20))
    posting_date: Mapped[date]
    amount_minor: Mapped[int]
    voucher: Mapped[str] = mapped_column(Text)
    line: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    reference: Mapped[str] = mapped_column(Text)


class AttachmentRow(Base):
    """A file that came inside a document."""

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("document_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class ColumnMappingRow(Base):
    """Which column of a client's table is which field, remembered by the table's headings."""

    __tablename__ = "column_mappings"
    __table_args__ = (CheckConstraint("kind IN ('bank', 'open_items', 'settlement')", name="kind"),)

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), primary_key=True)
    headings: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    columns: Mapped[str] = mapped_column(Text)
    side: Mapped[str] = mapped_column(String(10))


class PostingAccountRow(Base):
    """The account and VAT code a client uses for a kind of voucher line, where it is not NS 4102's."""

    __tablename__ = "posting_accounts"

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    account: Mapped[str] = mapped_column(String(20))
    vat_code: Mapped[str] = mapped_column(String(10))


class VoucherRow(Base):
    """A numbered voucher of a match, or one that takes an earlier one back. Rows are only ever added."""

    __tablename__ = "vouchers"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        CheckConstraint("number > 0", name="number_from_one"),
        Index(
            "uq_vouchers_match",
            "match_id",
            unique=True,
            sqlite_where=text("reverses_id IS NULL"),
            postgresql_where=text("reverses_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    number: Mapped[int]
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"))
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("vouchers.id"), unique=True)
    voucher_date: Mapped[date]
    payload: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ExportRow(Base):
    """A file of vouchers that was written out, so that the same can be written again. Rows are only ever added."""

    __tablename__ = "exports"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(20))
    format: Mapped[str] = mapped_column(String(20))
    since: Mapped[date | None]
    until: Mapped[date | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class ExportedVoucherRow(Base):
    """A voucher in a file that was written out."""

    __tablename__ = "exported_vouchers"

    export_id: Mapped[int] = mapped_column(ForeignKey("exports.id"), primary_key=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("vouchers.id"), primary_key=True, index=True)
