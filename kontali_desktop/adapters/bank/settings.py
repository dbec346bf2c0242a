"""What sets one bank apart from another: hosts, paths, keys and the style of authorisation."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kontali_desktop.domain.connections import Environment


class AuthorisationStyle(StrEnum):
    """`oauth`: a code for tokens (RFC 6749). `consent`: the consent's own redirect, without tokens (NextGenPSD2)."""

    OAUTH = "oauth"
    CONSENT = "consent"


class ConsentAccess(StrEnum):
    """What a consent asks for: accounts that the person picks at the bank, or all of them (`allPsd2`)."""

    BANK_OFFERED = "bank-offered"
    ALL_ACCOUNTS = "all-accounts"


@dataclass(frozen=True, slots=True)
class BankSettings:
    """`base_url` is everything before `/accounts` and `/consents`. Secrets are left out of the representation."""

    id: str
    name: str
    environment: Environment
    base_url: str
    style: AuthorisationStyle = AuthorisationStyle.OAUTH
    authorization_url: str = ""
    token_url: str = ""
    revocation_url: str = ""
    metadata_url: str = ""  # RFC 8414; empty where the bank has none
    issuer: str = ""  # RFC 9207; the metadata's where there are any
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    token_auth_method: str = "client_secret_basic"  # noqa: S105 - the name of a method (RFC 7591), not a secret
    scopes: tuple[str, ...] = ()
    redirect_uri: str | None = None
    api_key: str = field(default="", repr=False)
    api_key_header: str = "x-api-key"
    psu_id: str = field(default="", repr=False)  # a national identity number, or a bank's own name for a person
    client_certificate: Path | None = None
    client_key: Path | None = None
    booking_statuses: tuple[str, ...] = ("both",)  # one listing each; ("booked", "pending") where a bank has no "both"
    consent_access: ConsentAccess = ConsentAccess.BANK_OFFERED
    consent_days: int = 180  # the most that the rules allow
    calls_a_day: int = 4  # unattended, for an account (PSD2 regulatory technical standard, article 36)
    sign_in_seconds: float = 540.0  # how long a consent may wait for its person; DNB gave nine minutes
    poll_seconds: float = 2.0
    default_token_seconds: int = 3600  # where the answer has no `expires_in`
