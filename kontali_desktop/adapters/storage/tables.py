"""Typed models of the database. Amounts are integer minor units; the constraints guard the rules of the trade."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kontali_desktop.adapters.storage.types import UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
ACTIVE_MATCH = "state IN ('accepted', 'auto_accepted')"
BOOKED = "status = 'booked'"
STANDING = "NOT is_withdrawn"


class Base(DeclarativeBase):
    """The root of the models, with names for every constraint so that migrations can find them."""

    metadata = MetaData(naming_convention=NAMING)


class ClientRow(Base):
    """A company whose books are kept, with what is set for it."""

    __tablename__ = "clients"

    id: Mapped[int] = mapped_column(primary_key=True)
    orgnr: Mapped[str] = mapped_column(String(9), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClientSettingsRow(Base):
    """Threshold in parts per million, so that it is compared exactly."""

    __tablename__ = "client_settings"
    __table_args__ = (
        CheckConstraint("threshold_ppm BETWEEN 0 AND 1000000", name="threshold_is_a_share"),
        CheckConstraint("(closed_until IS NULL) = (closed_at_decision IS NULL)", name="closed_at_a_decision"),
        CheckConstraint("mode IN ('off', 'shadow', 'careful', 'balanced')", name="mode"),
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), primary_key=True)
    threshold_ppm: Mapped[int]
    mode: Mapped[str] = mapped_column(String(10))
    cap_minor: Mapped[int | None]
    watched_folder: Mapped[str] = mapped_column(Text, default="", server_default="")
    closed_until: Mapped[date | None]
    closed_at_decision: Mapped[int | None]  # the client's newest when the period was closed, 0 where there was none


class ConnectionRow(Base):
    """One person's consent at one bank; tokens live in the keychain under `keychain_entry`, never here."""

    __tablename__ = "bank_connections"
    __table_args__ = (
        CheckConstraint("frequency_hours IN (6, 12, 24)", name="frequency"),
        CheckConstraint("state IN ('active', 'sign_in_required', 'expired', 'disconnected')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bank: Mapped[str] = mapped_column(String(40))
    environment: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20))
    keychain_entry: Mapped[str] = mapped_column(String(64), unique=True)
    consent_id: Mapped[str] = mapped_column(String(200))
    consent_valid_until: Mapped[date | None]
    frequency_hours: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_attempt_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_success_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str] = mapped_column(Text, default="")


class AccountRow(Base):
    """A client's bank account, with a ledger account of its own and the bank's handle under the present consent."""

    __tablename__ = "bank_accounts"
    __table_args__ = (UniqueConstraint("client_id", "ledger_account"), UniqueConstraint("number", "currency"))

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    connection_id: Mapped[int | None] = mapped_column(ForeignKey("bank_connections.id"), index=True)
    number: Mapped[str] = mapped_column(String(34))
    currency: Mapped[str] = mapped_column(String(3))
    name: Mapped[str] = mapped_column(String(200))
    owner_name: Mapped[str] = mapped_column(String(200))
    ledger_account: Mapped[str] = mapped_column(String(20))
    booked_to: Mapped[date | None]
    resource_id: Mapped[str] = mapped_column(String(200))
    fetched_to: Mapped[date | None]


REPLACED = "#"


class BalanceRow(Base):
    """A balance as a source gave it, at its time. One that a later import replaced has REPLACED behind its source."""

    __tablename__ = "balances"
    __table_args__ = (UniqueConstraint("account_id", "source", "kind", "reference_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("bank_accounts.id"))
    source: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(40))
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    reference_date: Mapped[date | None]
    as_of: Mapped[datetime | None] = mapped_column(UtcDateTime)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))


class TransactionRow(Base):
    """A line at the bank. Booked ones are known again by account, day, amount, and n-th alike that day."""

    __tablename__ = "bank_transactions"
    __table_args__ = (
        CheckConstraint("status IN ('booked', 'pending', 'withdrawn')", name="status"),
        CheckConstraint("status = 'pending' OR booking_date IS NOT NULL", name="booked_has_a_date"),
        Index(
            "uq_bank_transactions_identity",
            "account_id",
            "booking_date",
            "amount_minor",
            "currency",
            "ordinal",
            unique=True,
            sqlite_where=text(BOOKED),
            postgresql_where=text(BOOKED),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("bank_accounts.id"))
    status: Mapped[str] = mapped_column(String(10))
    booking_date: Mapped[date | None]
    value_date: Mapped[date | None]
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    ordinal: Mapped[int]
    counterparty: Mapped[str] = mapped_column(Text)
    counterparty_account: Mapped[str] = mapped_column(String(40))
    kid: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    entry_reference: Mapped[str] = mapped_column(Text)
    bank_transaction_id: Mapped[str] = mapped_column(Text)
    end_to_end_id: Mapped[str] = mapped_column(Text)
    bank_transaction_code: Mapped[str] = mapped_column(Text)
    balance_after_minor: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(20))
    raw_payload: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"), index=True)


class SightingRow(Base):
    """An earlier or another source's payload of a line, kept beside the one it was stored with."""

    __tablename__ = "transaction_sightings"

    id: Mapped[int] = mapped_column(primary_key=True)
    transaction_id: Mapped[int] = mapped_column(ForeignKey("bank_transactions.id"), index=True)
    source: Mapped[str] = mapped_column(String(20))
    raw_payload: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DocumentRow(Base):
    """An invoice or credit note.

    `books_remaining_minor` is the books' own figure; `matched_minor` what matches here settle.
    """

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("side IN ('customer', 'supplier')", name="side"),
        CheckConstraint("kind IN ('invoice', 'credit_note')", name="kind"),
        CheckConstraint("amount_minor >= 0", name="amount_not_negative"),
        CheckConstraint("books_remaining_minor >= 0", name="remaining_not_negative"),
        CheckConstraint("matched_minor BETWEEN 0 AND amount_minor", name="matched_within_amount"),
        CheckConstraint("matched_in_books_minor BETWEEN 0 AND matched_minor", name="in_books_within_matched"),
        Index(
            "uq_documents_identity",
            "client_id",
            "side",
            "kind",
            "counterparty_key",
            "number",
            unique=True,
            sqlite_where=text(STANDING),
            postgresql_where=text(STANDING),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"))
    side: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(12))
    number: Mapped[str] = mapped_column(String(100))
    counterparty: Mapped[str] = mapped_column(Text)
    counterparty_key: Mapped[str] = mapped_column(Text)
    counterparty_orgnr: Mapped[str] = mapped_column(String(40))
    counterparty_account: Mapped[str] = mapped_column(String(40))
    counterparty_number: Mapped[str] = mapped_column(String(40))
    kid: Mapped[str] = mapped_column(String(40))
    issue_date: Mapped[date | None]
    due_date: Mapped[date | None]
    currency: Mapped[str] = mapped_column(String(3))
    amount_minor: Mapped[int]
    amount_nok_minor: Mapped[int | None]
    books_remaining_minor: Mapped[int]
    matched_minor: Mapped[int] = mapped_column(default=0)
    matched_in_books_minor: Mapped[int] = mapped_column(default=0)
    difference_minor: Mapped[int] = mapped_column(default=0)
    payee_account: Mapped[str] = mapped_column(String(40))
    refers_to: Mapped[str] = mapped_column(String(100), default="", server_default="")
    source: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_withdrawn: Mapped[bool] = mapped_column(default=False, server_default=text("0"))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"), index=True)


class ProposalRow(Base):
    """What the engine proposes for a transaction now, best first, as JSON; made anew by each matching."""

    __tablename__ = "proposals"

    transaction_id: Mapped[int] = mapped_column(ForeignKey("bank_transactions.id"), primary_key=True)
    payload: Mapped[str] = mapped_column(Text)


class MatchRow(Base):
    """A decided match. At most one active match a transaction; rejected and undone ones are history.

    `counterparty` and `evidence_kind` say whose autonomy it speaks of; empty on those older than that.
    """

    __tablename__ = "matches"
    __table_args__ = (
        CheckConstraint("state IN ('accepted', 'auto_accepted', 'rejected', 'undone')", name="state"),
        Index(
            "uq_matches_one_active",
            "transaction_id",
            unique=True,
            sqlite_where=text(ACTIVE_MATCH),
            postgresql_where=text(ACTIVE_MATCH),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    transaction_id: Mapped[int] = mapped_column(ForeignKey("bank_transactions.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(15))
    proposal_key: Mapped[str] = mapped_column(Text)
    confidence_ppm: Mapped[int]
    difference_minor: Mapped[int]
    difference_reason: Mapped[str | None] = mapped_column(String(15))
    counter_transaction_id: Mapped[int | None] = mapped_column(ForeignKey("bank_transactions.id"))
    payload: Mapped[str] = mapped_column(Text)
    counterparty: Mapped[str] = mapped_column(Text, default="", server_default="")
    evidence_kind: Mapped[str] = mapped_column(String(20), default="", server_default="")


class MatchLineRow(Base):
    """What a match puts on a document, in minor units of the document's currency; negative on credit notes."""

    __tablename__ = "match_lines"

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True, index=True)
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))


class DecisionRow(Base):
    """What was decided, by whom and when. Rows are only ever added; an undo is a decision that names another.

    `instead_of` is the proposal that stood first where another one was accepted, as JSON.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint("action IN ('accept', 'reject', 'close', 'undo')", name="action"),
        CheckConstraint("match_id IS NOT NULL OR action IN ('close', 'undo')", name="names_its_match"),
        CheckConstraint("(action = 'undo') = (undoes_id IS NOT NULL)", name="undo_names_its_decision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(10))
    match_id: Mapped[int | None] = mapped_column(ForeignKey("matches.id"))
    counter_match_id: Mapped[int | None] = mapped_column(ForeignKey("matches.id"))
    batch: Mapped[str] = mapped_column(String(36), index=True)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), unique=True)
    instead_of: Mapped[str] = mapped_column(Text, default="", server_default="")


class ClosingRow(Base):
    """What was open by the books on a document that a whole list no longer named, so that the closing can be undone."""

    __tablename__ = "closings"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    remaining_minor: Mapped[int]


class EventRow(Base):
    """What happened, as a code with facts; wording comes later. Rows are only ever added."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(60))
    facts: Mapped[str] = mapped_column(Text)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"))
    connection_id: Mapped[int | None] = mapped_column(ForeignKey("bank_connections.id"))


class SyncRunRow(Base):
    """One fetch over one connection, with its result or its error."""

    __tablename__ = "sync_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("bank_connections.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attended: Mapped[bool]
    fetched: Mapped[int]
    added: Mapped[int]
    updated: Mapped[int]
    unchanged: Mapped[int]
    error_code: Mapped[str] = mapped_column(String(60))
    error_facts: Mapped[str] = mapped_column(Text)


class BankCallRow(Base):
    """An unattended read at the bank, for the limit of calls a day."""

    __tablename__ = "bank_calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    connection_id: Mapped[int] = mapped_column(ForeignKey("bank_connections.id"))
    consent_id: Mapped[str] = mapped_column(String(200))
    account_number: Mapped[str] = mapped_column(String(34))
    endpoint: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
