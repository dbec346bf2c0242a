"""Who is asking: the header rules, the token or the consent behind a call, and how often it may come unattended."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request

from kontali_desktop.demo_bank.ais.errors import AisRefusedError, consent_invalid, format_error
from kontali_desktop.demo_bank.bank import Bank
from kontali_desktop.demo_bank.state.records import Consent, ConsentStatus, UnattendedRead
from kontali_desktop.demo_bank.state.store import digest_of

_DAY = timedelta(days=1)
_FIRST_HOUR = timedelta(hours=1)
_SHORT_HISTORY = timedelta(days=91)  # ninety, and one for a client whose midnight is another
_LONG_HISTORY = timedelta(days=396)  # thirteen months


@dataclass(frozen=True, slots=True)
class Access:
    """A call that may read. `has_person` is the standard's rule: PSU-IP-Address is sent only with the person there."""

    consent: Consent
    has_person: bool


def request_id_of(request: Request) -> str:
    """X-Request-ID, which must be a UUID."""
    given = request.headers.get("x-request-id", "")
    try:
        uuid.UUID(given)
    except ValueError:
        raise format_error("X-Request-ID must be a UUID", "X-Request-ID") from None
    return given


def may_read(bank: Bank, request: Request, scope: str) -> Access:
    """By Bearer token (with a code) or by Consent-ID (by consent redirect); where both are sent they must agree."""
    secret = _bearer(request)
    named = request.headers.get("consent-id", "")
    if secret:
        consent = _by_token(bank, secret, scope)
        if named and named != consent.id:
            raise consent_invalid("Consent-ID belongs to another sign-in")
    else:
        found = bank.store.consents.get(named)
        if found is None or found.is_oauth:
            raise consent_invalid("No such consent" if named else "Neither a token nor a Consent-ID was sent")
        consent = found
        _check_consent(bank, consent)
    consent.last_action = bank.clock.today()
    return Access(consent, "psu-ip-address" in request.headers)


def token_consent(bank: Bank, request: Request) -> Consent | None:
    """The consent behind the Bearer token that was sent, whatever has become of either."""
    token = bank.store.tokens.get(digest_of(_bearer(request)))
    grant = bank.store.grants[token.grant_id] if token and not token.is_refresh else None
    return bank.store.consents[grant.consent_id] if grant else None


def _bearer(request: Request) -> str:
    header = request.headers.get("authorization", "")
    return header[7:].strip() if header.lower().startswith("bearer ") else ""


def _by_token(bank: Bank, secret: str, scope: str) -> Consent:
    """A consent that ran out is said before the state of the token: only the former needs the person."""
    token = bank.store.tokens.get(digest_of(secret))
    if token is None or token.is_refresh:
        raise AisRefusedError(401, "TOKEN_UNKNOWN", "The token is not known")
    grant = bank.store.grants[token.grant_id]
    consent = bank.store.consents[grant.consent_id]
    _check_consent(bank, consent)
    if grant.is_revoked:
        raise AisRefusedError(401, "TOKEN_INVALID", "The token has been revoked")
    if token.expires_at <= bank.clock.now():
        raise AisRefusedError(401, "TOKEN_EXPIRED", "The access token has run out")
    if scope not in grant.scopes:
        raise AisRefusedError(403, "SERVICE_BLOCKED", f"The token does not cover {scope}")
    return consent


def current_status(bank: Bank, consent: Consent) -> ConsentStatus:
    """Turns a consent whose last day has passed into an expired one."""
    if consent.status is ConsentStatus.VALID and consent.valid_until < bank.clock.today():
        consent.status = ConsentStatus.EXPIRED
        bank.store.save()
    return consent.status


def _check_consent(bank: Bank, consent: Consent) -> None:
    status = current_status(bank, consent)
    if status is ConsentStatus.EXPIRED:
        raise AisRefusedError(401, "CONSENT_EXPIRED", "The consent has run out")
    if status is not ConsentStatus.VALID:
        raise consent_invalid(f"The consent is {status}")


def count_unattended(bank: Bank, access: Access, subject: str) -> None:
    """At most `frequency_per_day` in any 24 hours for each account and endpoint without the person there."""
    if access.has_person:
        return
    now, consent = bank.clock.now(), access.consent
    consent.unattended = [read for read in consent.unattended if read.at > now - _DAY]
    earlier = [read.at for read in consent.unattended if read.subject == subject]
    if len(earlier) >= consent.frequency_per_day:
        seconds = int((min(earlier) + _DAY - now).total_seconds()) + 1
        raise AisRefusedError(429, "ACCESS_EXCEEDED", "Too many unattended calls today", retry_after=seconds)
    consent.unattended.append(UnattendedRead(subject, now))
    bank.store.save()


def longest_history(bank: Bank, access: Access) -> timedelta:
    """Thirteen months in the first hour after signing in with the person there, else ninety days."""
    authorised = access.consent.authorised_at
    is_fresh = authorised is not None and bank.clock.now() - authorised < _FIRST_HOUR
    return _LONG_HISTORY if access.has_person and is_fresh else _SHORT_HISTORY
