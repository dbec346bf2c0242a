"""A client, its bank accounts, and what is set for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kontali_desktop.domain.autonomy import DEFAULT_THRESHOLD, Mode
from kontali_desktop.domain.ids import AccountId, ClientId, ConnectionId
from kontali_desktop.domain.money import NOK
from kontali_desktop.domain.periods import ClosedPeriod

FIRST_BANK_LEDGER_ACCOUNT, LAST_BANK_LEDGER_ACCOUNT = 1920, 1949  # NS 4102: bank deposits


@dataclass(frozen=True, slots=True)
class Client:
    """A company whose books the bookkeeper keeps."""

    id: ClientId
    orgnr: str
    name: str


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """`threshold` is the confidence (0–1) from which a match may be accepted by itself, where `mode` lets it."""

    threshold: float = DEFAULT_THRESHOLD
    mode: Mode = Mode.BALANCED
    cap: int | None = None  # minor units of NOK; None: no cap
    watched_folder: str = ""  # files that come to lie here are taken in by themselves
    closed: ClosedPeriod | None = None  # None: the books are open all the way

    @property
    def closed_until(self) -> date | None:
        return None if self.closed is None else self.closed.until

    def is_closed(self, day: date | None) -> bool:
        """Whether what was booked on this day lies in the closed period."""
        return self.closed is not None and day in self.closed

    @property
    def is_automatic(self) -> bool:
        """Whether the program accepts anything by itself."""
        return self.mode in (Mode.CAREFUL, Mode.BALANCED)

    def switched(self, *, is_automatic: bool) -> ClientSettings:
        """On or off by a single switch; careful stays careful."""
        if is_automatic == self.is_automatic:
            return self
        return replace(self, mode=Mode.BALANCED if is_automatic else Mode.OFF)


@dataclass(frozen=True, slots=True)
class BankAccount:
    """A client's account at a bank.

    Lines up to and with `booked_to` are in the books already and never queued; `fetched_to` is the last day that a
    bank connection has fetched.
    """

    id: AccountId
    client_id: ClientId
    number: str
    currency: str = NOK
    name: str = ""
    owner_name: str = ""
    ledger_account: str = str(FIRST_BANK_LEDGER_ACCOUNT)
    booked_to: date | None = None
    connection_id: ConnectionId | None = None
    fetched_to: date | None = None


def next_ledger_account(taken: set[str]) -> str:
    """The first free ledger account from 1920 on (NS 4102, bank deposits 1920–1949)."""
    number = FIRST_BANK_LEDGER_ACCOUNT
    while str(number) in taken:
        number += 1
    return str(number)


def is_bank_ledger_account(number: str) -> bool:
    """Four digits from 1920 to 1949 (NS 4102, bank deposits)."""
    is_number = number.isascii() and number.isdigit() and len(number) == len(str(FIRST_BANK_LEDGER_ACCOUNT))
    return is_number and FIRST_BANK_LEDGER_ACCOUNT <= int(number) <= LAST_BANK_LEDGER_ACCOUNT
