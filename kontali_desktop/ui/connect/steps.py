"""Where a connecting stands: each step with what its sheet shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kontali_desktop.domain.clients import Client
from kontali_desktop.domain.errors import KontaliError
from kontali_desktop.services.synchronise import SyncProgress, SyncReport
from kontali_desktop.ui.connect.account_form import AccountRow


class WayOut(StrEnum):
    """What the one button of a problem does."""

    SIGN_IN_AGAIN = "sign_in_again"
    BROWSER = "browser"
    FETCH_AGAIN = "fetch_again"
    SETTINGS = "settings"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class BankOption:
    """A bank to choose; `missing` names the settings without which it cannot be connected."""

    id: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class ChooseBank:
    options: tuple[BankOption, ...]


@dataclass(frozen=True, slots=True)
class Contacting:
    """Before the bank's page is there, and after it; `is_back` once the person is back."""

    bank: str
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class InView:
    """The person is in the embedded view, which has a sheet of its own."""

    bank: str


@dataclass(frozen=True, slots=True)
class InBrowser:
    bank: str
    url: str


@dataclass(frozen=True, slots=True)
class ChooseAccounts:
    bank: str
    rows: tuple[AccountRow, ...]
    clients: tuple[Client, ...]
    is_renewal: bool


@dataclass(frozen=True, slots=True)
class Saving:
    bank: str


@dataclass(frozen=True, slots=True)
class Fetching:
    bank: str
    progress: SyncProgress | None = None


@dataclass(frozen=True, slots=True)
class Done:
    bank: str
    report: SyncReport


@dataclass(frozen=True, slots=True)
class Problem:
    """`is_kept` where the connection stands all the same, and only its fetch failed."""

    bank: str
    error: KontaliError
    way_out: WayOut
    is_kept: bool = False


Step = ChooseBank | Contacting | InView | InBrowser | ChooseAccounts | Saving | Fetching | Done | Problem
