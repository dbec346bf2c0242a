"""The door to the database: stores of domain objects inside a unit of work that rolls back unless committed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from kontali_desktop.domain.bank import Balance, BankTransaction, ReportedTransaction
from kontali_desktop.domain.clients import BankAccount, Client, ClientSettings
from kontali_desktop.domain.connections import BankConnection, ConnectionState, Consent, Environment
from kontali_desktop.domain.documents import OpenItem, ReportedDocument
from kontali_desktop.domain.ids import (
    AccountId,
    ClientId,
    ConnectionId,
    DecisionId,
    DocumentId,
    ImportId,
    MatchId,
    TransactionId,
)
from kontali_desktop.domain.matches import Proposal
from kontali_desktop.services.file_storage import AttachmentStore, BatchStore, ImportStore, LedgerStore
from kontali_desktop.services.learning_storage import LearningStore, RuleStore
from kontali_desktop.services.voucher_storage import VoucherStore


@dataclass(frozen=True, slots=True)
class NewConnection:
    """A connection about to be stored. Its tokens are in the keychain under `keychain_entry` already."""

    bank: str
    environment: Environment
    keychain_entry: str
    consent: Consent
    frequency_hours: int = 24


@dataclass(frozen=True, slots=True)
class SyncRun:
    """One fetch over a connection; `error_code` empty where it went well."""

    connection_id: ConnectionId
    started_at: datetime
    finished_at: datetime
    is_attended: bool
    fetched: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    error_code: str = ""
    error_facts: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, for the event log: a code and the facts that word it."""

    at: datetime
    actor: str
    code: str
    facts: dict[str, str] = field(default_factory=dict)
    client_id: ClientId | None = None
    connection_id: ConnectionId | None = None


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with both halves of what is settled on it, in minor units of its currency."""

    id: DocumentId
    reported: ReportedDocument
    client_id: ClientId
    matched: int
    matched_in_books: int
    difference: int
    source: str = ""  # the format that told of it first

    @property
    def open_amount(self) -> int:
        """What neither the books nor matches here have settled."""
        return max(0, self.reported.remaining - (self.matched - self.matched_in_books))


@dataclass(frozen=True, slots=True)
class StoredMatch:
    """A decided match with its proposal. `state` is accepted, auto_accepted, rejected or undone."""

    id: MatchId
    transaction_id: TransactionId
    state: str
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision about to be stored; `counter_match_id` is a transfer's other half.

    `batch` groups what was decided at once; `instead_of` stood first where another proposal was accepted.
    """

    at: datetime
    actor: str
    action: str
    match_id: MatchId | None
    batch: str
    counter_match_id: MatchId | None = None
    undoes: DecisionId | None = None
    instead_of: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Of a match, or (`close`, without one) of documents that a whole list no longer named.

    `undoes` names the decision that an undo takes back.
    """

    id: DecisionId
    at: datetime
    actor: str
    action: str
    match_id: MatchId | None
    counter_match_id: MatchId | None = None
    undoes: DecisionId | None = None


class ClientStore(Protocol):
    def add(self, orgnr: str, name: str, now: datetime) -> Client: ...
    def find(self, orgnr: str) -> Client | None: ...
    def load_all(self) -> tuple[Client, ...]: ...
    def load_settings(self, client_id: ClientId) -> ClientSettings: ...
    def save_settings(self, client_id: ClientId, settings: ClientSettings) -> None: ...


class AccountStore(Protocol):
    def add(self, account: BankAccount, resource_id: str = "") -> BankAccount: ...
    def find(self, number: str, currency: str) -> BankAccount | None: ...
    def load_all(self, client_id: ClientId | None = None) -> tuple[BankAccount, ...]: ...
    def load_of_connection(self, connection_id: ConnectionId) -> tuple[BankAccount, ...]: ...
    def attach(self, account_id: AccountId, connection_id: ConnectionId | None, resource_id: str) -> None: ...
    def resource_id(self, account_id: AccountId) -> str: ...
    def set_booked_to(self, account_id: AccountId, booked_to: date | None) -> None: ...
    def set_fetched_to(self, account_id: AccountId, fetched_to: date) -> None: ...
    def set_ledger_account(self, account_id: AccountId, ledger_account: str) -> None: ...
    def save_balances(
        self, account_id: AccountId, balances: Iterable[Balance], source: str, import_id: ImportId | None = None
    ) -> tuple[int, ...]:
        """The rows of those that were told before, in the same words."""
        ...

    def load_balances(self, account_id: AccountId) -> tuple[Balance, ...]: ...


class ConnectionStore(Protocol):
    def add(self, new: NewConnection, now: datetime) -> ConnectionId: ...
    def load_all(self) -> tuple[BankConnection, ...]: ...
    def find(self, connection_id: ConnectionId) -> BankConnection | None: ...
    def keychain_entry(self, connection_id: ConnectionId) -> str: ...
    def set_state(self, connection_id: ConnectionId, state: ConnectionState) -> None: ...
    def renew(self, connection_id: ConnectionId, entry: str, consent: Consent) -> None: ...
    def set_frequency(self, connection_id: ConnectionId, hours: int) -> None: ...
    def note_attempt(self, connection_id: ConnectionId, at: datetime, error: str) -> None: ...
    def add_run(self, run: SyncRun) -> None: ...
    def load_runs(self, connection_id: ConnectionId, most: int) -> tuple[SyncRun, ...]: ...
    def add_call(
        self, connection_id: ConnectionId, consent: str, account: str, endpoint: str, at: datetime
    ) -> None: ...
    def remove_call(self, consent: str, account: str, endpoint: str, at: datetime) -> None: ...
    def count_calls(self, consent: str, account: str, endpoint: str, since: datetime) -> int: ...


class TransactionStore(Protocol):
    def load_booked(
        self, account_id: AccountId, days: tuple[date, date], amounts: tuple[int, int]
    ) -> tuple[BankTransaction, ...]: ...
    def sources(self, ids: Sequence[TransactionId]) -> dict[TransactionId, str]: ...
    def add_booked(
        self,
        account_id: AccountId,
        lines: Sequence[tuple[ReportedTransaction, int]],
        source: str,
        now: datetime,
        import_id: ImportId | None = None,
    ) -> None: ...
    def restore(self, transaction_id: TransactionId, fields: dict[str, object]) -> None: ...
    def update(
        self,
        transaction_id: TransactionId,
        merged: ReportedTransaction,
        raw: str,
        source: str,
        now: datetime,
        *,
        takes_over: str,
    ) -> None: ...
    def keep_beside(self, payloads: Sequence[tuple[TransactionId, str]], source: str, now: datetime) -> None: ...
    def replace_pending(
        self, account_id: AccountId, lines: Sequence[ReportedTransaction], source: str, now: datetime
    ) -> None: ...
    def load_matchable(self, client_id: ClientId) -> tuple[BankTransaction, ...]: ...
    def find(self, transaction_id: TransactionId) -> BankTransaction | None: ...
    def load_of_amounts(self, client_id: ClientId, amounts: Iterable[int]) -> tuple[BankTransaction, ...]: ...
    def load_of_client(self, client_id: ClientId | None) -> tuple[BankTransaction, ...]: ...


class DocumentStore(Protocol):
    def load_of_client(self, client_id: ClientId | None) -> tuple[StoredDocument, ...]: ...
    def add(
        self,
        client_id: ClientId,
        documents: Sequence[ReportedDocument],
        source: str,
        now: datetime,
        import_id: ImportId | None = None,
    ) -> None: ...
    def update(self, document_id: DocumentId, document: ReportedDocument, in_books: int, difference: int) -> None: ...
    def find(self, ids: Iterable[DocumentId]) -> dict[DocumentId, StoredDocument]: ...
    def put(self, document_id: DocumentId, amount: int) -> None: ...


class MatchStore(Protocol):
    def replace_proposals(self, client_id: ClientId, proposals: dict[TransactionId, tuple[Proposal, ...]]) -> None: ...
    def set_proposals(self, transaction_id: TransactionId, proposals: Sequence[Proposal]) -> None: ...
    def load_proposals(self, client_id: ClientId | None) -> dict[TransactionId, tuple[Proposal, ...]]: ...
    def proposals_of(self, transaction_id: TransactionId) -> tuple[Proposal, ...]: ...
    def add(self, transaction: BankTransaction, state: str, proposal: Proposal) -> MatchId: ...
    def set_state(self, match_id: MatchId, state: str) -> None: ...
    def get(self, match_id: MatchId) -> StoredMatch: ...
    def active(self, transaction_id: TransactionId) -> StoredMatch | None: ...
    def load_active(self, client_id: ClientId | None) -> dict[TransactionId, StoredMatch]: ...
    def decided_ids(self, client_id: ClientId) -> frozenset[TransactionId]: ...
    def load_rejected(self, client_id: ClientId) -> frozenset[tuple[TransactionId, str]]: ...
    def undone_ids(self, client_id: ClientId) -> frozenset[TransactionId]: ...
    def add_decision(self, decision: NewDecision) -> DecisionId: ...
    def add_closings(self, decision_id: DecisionId, closed: Sequence[tuple[DocumentId, int]]) -> None: ...
    def load_closings(self, decision_id: DecisionId) -> dict[DocumentId, int]: ...
    def closes_given_back(self, client_id: ClientId) -> tuple[Decision, ...]: ...
    def latest_undoable(self, actor: str | None = None) -> Decision | None: ...
    def accept_of(self, match_id: MatchId) -> Decision | None: ...
    def decision(self, decision_id: DecisionId) -> Decision: ...
    def accepts_of_import(self, import_id: ImportId) -> tuple[Decision, ...]: ...


class EventStore(Protocol):
    def add(self, event: Event) -> None: ...
    def load(
        self, since: datetime | None, most: int, of: tuple[ClientId, frozenset[ConnectionId]] | None = None
    ) -> tuple[Event, ...]: ...


class UnitOfWork(Protocol):
    """The stores over one transaction of the database. Nothing is kept unless `commit` is called."""

    @property
    def clients(self) -> ClientStore: ...
    @property
    def accounts(self) -> AccountStore: ...
    @property
    def connections(self) -> ConnectionStore: ...
    @property
    def transactions(self) -> TransactionStore: ...
    @property
    def documents(self) -> DocumentStore: ...
    @property
    def matches(self) -> MatchStore: ...
    @property
    def events(self) -> EventStore: ...
    @property
    def imports(self) -> ImportStore: ...
    @property
    def batches(self) -> BatchStore: ...
    @property
    def ledger(self) -> LedgerStore: ...
    @property
    def attachments(self) -> AttachmentStore: ...
    @property
    def vouchers(self) -> VoucherStore: ...
    @property
    def learning(self) -> LearningStore: ...
    @property
    def rules(self) -> RuleStore: ...
    def commit(self) -> None: ...


class Storage(Protocol):
    """Opens units of work. Synchronous: async callers go through a thread."""

    def writing(self) -> AbstractContextManager[UnitOfWork]: ...
    def reading(self) -> AbstractContextManager[UnitOfWork]: ...


def open_item_of(document: StoredDocument) -> OpenItem:
    """What the matching engine sees of a stored document."""
    reported = document.reported
    return OpenItem(
        id=document.id,
        side=reported.side,
        kind=reported.kind,
        number=reported.number,
        counterparty=reported.counterparty,
        amount=reported.amount,
        open_amount=document.open_amount,
        currency=reported.currency,
        counterparty_orgnr=reported.counterparty_orgnr,
        counterparty_account=reported.counterparty_account,
        kid=reported.kid,
        issue_date=reported.issue_date,
        due_date=reported.due_date,
    )
