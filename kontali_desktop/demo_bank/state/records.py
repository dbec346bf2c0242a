"""The bank's records. They change in place, and are kept by `store`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class ConsentStatus(StrEnum):
    """The standard's own words."""

    RECEIVED = "received"
    REJECTED = "rejected"
    VALID = "valid"
    REVOKED_BY_PSU = "revokedByPsu"
    EXPIRED = "expired"
    TERMINATED_BY_TPP = "terminatedByTpp"


@dataclass(slots=True)
class UnattendedRead:
    """A listing fetched without the person there; what it counts against is account and endpoint together."""

    subject: str
    at: datetime


@dataclass(slots=True)
class Consent:
    """One person's, over accounts at this bank; `is_oauth` when it came of a sign-in with a code."""

    id: str
    is_oauth: bool
    status: ConsentStatus
    valid_until: date
    created_at: datetime
    frequency_per_day: int = 4
    is_recurring: bool = True
    accounts: list[str] = field(default_factory=list)
    authorised_at: datetime | None = None
    last_action: date | None = None
    unattended: list[UnattendedRead] = field(default_factory=list)


@dataclass(slots=True)
class Grant:
    """What one sign-in gave a client: the family of tokens that fall together."""

    id: str
    client_id: str
    consent_id: str
    scopes: list[str]
    is_revoked: bool = False


@dataclass(slots=True)
class Token:
    """Known by its SHA-256 only; `is_used` marks a refresh token that has been rotated."""

    digest: str
    grant_id: str
    is_refresh: bool
    expires_at: datetime
    is_used: bool = False


@dataclass(slots=True)
class Code:
    """An authorisation code: good once, for a minute, with the verifier and redirect it was asked with."""

    digest: str
    grant_id: str
    client_id: str
    redirect_uri: str
    challenge: str
    expires_at: datetime
    is_used: bool = False


class Step(StrEnum):
    """The pages of Demo-ID, in their order."""

    PERSON = "person"
    CODE = "code"
    PASSWORD = "password"  # noqa: S105 - the name of a page
    ACCOUNTS = "accounts"
    STOPPED = "stopped"


@dataclass(slots=True)
class Attempt:
    """A sign-in under way. Where it goes back to depends on what began it: a client, or a consent."""

    id: str
    csrf: str
    started_at: datetime
    language: str
    redirect_uri: str
    refused_uri: str
    client_id: str = ""
    scopes: list[str] = field(default_factory=list)
    state: str = ""
    challenge: str = ""
    consent_id: str = ""
    step: Step = Step.PERSON
    wrong: int = 0
    message: str = ""
    stopped_by: str = ""
