"""The doors to the outside that services need; adapters stand behind them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from kontali_desktop.domain.bank import Balance, ReportedAccount, ReportedTransaction, TransactionPage
from kontali_desktop.domain.connections import Environment, Grant, Tokens
from kontali_desktop.domain.documents import ReportedDocument
from kontali_desktop.domain.ledger import LedgerPosting
from kontali_desktop.domain.payment_parts import PaymentBatch
from kontali_desktop.domain.tables import ColumnMapping, TableSample


class Clock(Protocol):
    """`now` is an aware UTC instant; `today` the local calendar day."""

    def now(self) -> datetime: ...

    def today(self) -> date: ...


class Attempt(Protocol):
    """One try at a sign-in. `redirect_uri` is known before the authorisation URL is made."""

    @property
    def redirect_uri(self) -> str: ...

    async def authorise(self, url: str) -> str:
        """Lead the person to `url` and return the whole address the bank sent them back to.

        Raises SignInAborted when the person closes it, SignInTimedOut, OtherBrowserWanted, ServiceUnreachable.
        """
        ...

    def close(self) -> None: ...


class UserAgent(Protocol):
    """Where a person signs in: embedded web view, system browser with loopback, or a pasted address."""

    def open(self, registered_redirect: str | None) -> Attempt:
        """Begin an attempt; without a registered redirect the agent chooses `http://127.0.0.1:<port>/callback`."""
        ...


@dataclass(frozen=True, slots=True)
class SignIn:
    """What must be remembered from leaving for the bank until coming back. Never logged."""

    url: str
    redirect_uri: str
    state: str
    code_verifier: str = ""
    consent_id: str = ""


class BankReader(Protocol):
    """Reading with one grant. `attended` readers say that the person is there (PSU-IP-Address)."""

    async def fetch_accounts(self) -> tuple[ReportedAccount, ...]: ...

    async def fetch_balances(self, account: ReportedAccount) -> tuple[Balance, ...]: ...

    def fetch_transactions(self, account: ReportedAccount, since: date, until: date) -> AsyncIterator[TransactionPage]:
        """Every page, booked and pending; a page or link that comes twice raises AnswerNotUnderstood."""
        ...


class Bank(Protocol):
    """One bank in one environment.

    Every call may raise ServiceUnreachable, ServiceRefused, RateLimited, AnswerNotUnderstood.
    """

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def environment(self) -> Environment: ...

    @property
    def registered_redirect(self) -> str | None:
        """The redirect address registered at the bank, or None where any loopback port will do."""
        ...

    async def begin_sign_in(self, redirect_uri: str) -> SignIn: ...

    async def complete_sign_in(self, sign_in: SignIn, returned_url: str) -> Grant:
        """Raises SignInNotOurs, SignInAborted (access_denied), SignInFailed, ConsentExpired."""
        ...

    async def renew(self, tokens: Tokens) -> Tokens:
        """Refresh (RFC 6749 section 6). Raises SignInRequired where the refresh token is dead."""
        ...

    async def revoke(self, grant: Grant) -> None:
        """Revoke the tokens (RFC 7009) and the consent at the bank; what the bank knows no longer is no error."""
        ...

    def reader(self, grant: Grant, *, attended: bool) -> BankReader: ...

    async def close(self) -> None: ...


class Banks(Protocol):
    """The banks that can be connected, by id (`dnb`, `demo`). Raises UnknownBank, BankNotConfigured."""

    def ids(self) -> tuple[str, ...]: ...

    async def bank(self, bank_id: str) -> Bank: ...

    async def close(self) -> None: ...


class Keychain(Protocol):
    """The operating system's own keychain. Every call may raise KeychainUnavailable, and never hangs."""

    async def load(self, entry: str) -> str | None: ...

    async def save(self, entry: str, secret: str) -> None:
        """Replace the entry's secret, whole or not at all, whatever its length and wherever the process dies."""
        ...

    async def forget(self, entry: str) -> None: ...


class SettingsStore(Protocol):
    """What belongs to the program (`settings.toml`), by `name` or `table.name`; the environment goes before the file.

    Secrets are never among it.
    """

    def get(self, key: str, default: str = "") -> str: ...

    def set(self, key: str, value: str | int) -> None:
        """A bool is stored as one. Raises StorageUnwritable."""
        ...

    def bank_values(self, bank: str) -> dict[str, str]:
        """The bank's settings under their `BANK_NAME` names, secrets only where the environment gives them."""
        ...

    def variable(self, key: str) -> str:
        """The environment variable that decides this key, or "" where the file does."""
        ...


class ConnectionLock(Protocol):
    """One holder of a connection's tokens at a time, across processes too. Raises ConnectionBusy after the wait."""

    def hold(self, entry: str) -> AbstractAsyncContextManager[None]: ...


@dataclass(frozen=True, slots=True)
class SandboxDetails:
    """Where a demo bank runs, who may sign in, its company, and the folder of that company's invoices."""

    base_url: str
    company_name: str = ""
    company_orgnr: str = ""
    person: str = ""
    code: str = ""
    password: str = ""
    invoices: Path | None = None


class SandboxBank(Protocol):
    """The demo bank as a child process."""

    async def start(self) -> SandboxDetails: ...

    async def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A part of a file that was not taken: `where` is a line or element, `why` a code with facts to word it.

    `raw` is the row as the file has it, so that it can be saved, corrected and dropped again; empty where a single row
    cannot be taken out of its file.
    """

    where: str
    why: str
    facts: dict[str, str]
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A bank statement's account with its entries and balances, as one file holds it.

    `account_number` is empty where the file does not tell it (several banks' CSV): then it is asked for.
    """

    account_number: str
    currency: str
    owner_name: str
    transactions: Sequence[ReportedTransaction]  # hashable; a large file's are packed (services/packed.py)
    balances: tuple[Balance, ...] = ()
    owner_orgnr: str = ""


@dataclass(frozen=True, slots=True)
class FileContent:
    """What a file says, read but not stored.

    `is_list` says that the documents are a list of open items (their `remaining` is the books' own figure), not the
    documents themselves. `refused_head` and `refused_tail` stand around the refused rows' `raw` in a file of their own.
    `doubts` are of what is taken all the same: the file does not agree with itself.
    """

    format: str
    documents: tuple[ReportedDocument, ...] = ()
    statements: tuple[Statement, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    batches: Sequence[PaymentBatch] = ()
    postings: tuple[LedgerPosting, ...] = ()
    is_list: bool = False
    has_attachments: bool = False
    refused_head: str = ""
    refused_tail: str = ""
    doubts: tuple[RefusedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file embedded in a document (PDF, image), as it came."""

    name: str
    media_type: str
    content: bytes


class FileReader(Protocol):
    """Finds a file's format from its content and reads it for one client."""

    def read(self, path: Path, client_orgnr: str, mappings: Mapping[str, ColumnMapping]) -> FileContent | None:
        """None where the format is not known; `mappings` are the client's remembered ones by `TableSample.key`.

        Raises FileNotUnderstood where it is known, but the whole file cannot be taken; its `why` is `mapping_needed`
        for a table (CSV, Excel) whose columns nobody has explained yet.
        """
        ...

    def sample(self, path: Path) -> TableSample | None:
        """The first rows of a table, to choose its columns by; None where it is no table."""
        ...

    def attachments(self, path: Path) -> tuple[Attachment, ...]:
        """What is embedded in the document in this file; read apart, for it may be large."""
        ...


class FileFinder(Protocol):
    """Opens folders into their files, in a fixed order."""

    def find(self, paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
        """Each file, and whether it was named itself (True) or found inside a folder (False)."""
        ...
