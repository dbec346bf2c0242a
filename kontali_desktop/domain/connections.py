"""A bank connection: one person's consent at one bank, over accounts of any number of clients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kontali_desktop.domain.ids import ConnectionId


class Environment(StrEnum):
    """Whether a bank's sandbox or its real service is spoken to."""

    SANDBOX = "sandbox"
    PRODUCTION = "production"


class ConnectionState(StrEnum):
    """Where a connection stands.

    `sign_in_required`: the refresh token is dead; `expired`: the consent has run out; `disconnected`: revoked at the
    bank, the history kept.
    """

    ACTIVE = "active"
    SIGN_IN_REQUIRED = "sign_in_required"
    EXPIRED = "expired"
    DISCONNECTED = "disconnected"


@dataclass(frozen=True, slots=True)
class Consent:
    """Permission to read, until and with `valid_until`."""

    id: str
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class BankConnection:
    """`frequency_hours` is 6, 12 or 24; 24 means each night at 03:00 UTC."""

    id: ConnectionId
    bank: str
    environment: Environment
    state: ConnectionState
    consent: Consent
    frequency_hours: int = 24
    created_at: datetime | None = None
    last_success_at: datetime | None = None
    last_attempt_at: datetime | None = None
    last_error: str = ""


@dataclass(frozen=True, slots=True)
class Tokens:
    """OAuth tokens (RFC 6749). They live in the keychain only, and never show themselves."""

    access_token: str
    refresh_token: str
    expires_at: datetime
    scope: str = ""

    def __repr__(self) -> str:
        return f"Tokens(expires_at={self.expires_at.isoformat()})"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a completed sign-in gave: the consent, and tokens where the bank's style has them."""

    consent: Consent
    tokens: Tokens | None = None
