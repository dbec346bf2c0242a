"""How a sign-in ends: with a code, with a valid consent, or refused."""

from __future__ import annotations

import secrets
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from kontali_desktop.demo_bank.bank import Bank
from kontali_desktop.demo_bank.oauth import tokens
from kontali_desktop.demo_bank.state.records import Attempt, Consent, ConsentStatus, Grant

LONGEST_CONSENT = timedelta(days=180)


def approve(bank: Bank, attempt: Attempt, accounts: list[str]) -> str:
    """The address to send the person to once the accounts are chosen."""
    del bank.store.attempts[attempt.id]
    consent = bank.store.consents[attempt.consent_id] if attempt.consent_id else _oauth_consent(bank)
    consent.accounts = accounts
    consent.status = ConsentStatus.VALID
    consent.authorised_at = bank.clock.now()
    if attempt.consent_id:
        _end_former(bank, consent)
        bank.store.save()
        return attempt.redirect_uri
    grant = Grant(secrets.token_urlsafe(12), attempt.client_id, consent.id, attempt.scopes)
    code = tokens.issue_code(bank, grant, attempt.redirect_uri, attempt.challenge)
    return _with(attempt.redirect_uri, {"code": code, **_echo(bank, attempt)})


def refuse(bank: Bank, attempt: Attempt, why: str) -> str:
    """The address to send the person to after a cancel, a lock or a time-out."""
    del bank.store.attempts[attempt.id]
    if attempt.consent_id:
        bank.store.consents[attempt.consent_id].status = ConsentStatus.REJECTED
        bank.store.save()
        return attempt.refused_uri
    answer = {"error": "access_denied", "error_description": why, **_echo(bank, attempt)}
    return _with(attempt.refused_uri, answer)


def valid_until(bank: Bank, attempt: Attempt) -> str:
    """The last day of the consent this sign-in would give."""
    if attempt.consent_id:
        return bank.store.consents[attempt.consent_id].valid_until.isoformat()
    return (bank.clock.today() + LONGEST_CONSENT).isoformat()


def _oauth_consent(bank: Bank) -> Consent:
    now = bank.clock.now()
    until = bank.clock.today() + LONGEST_CONSENT
    consent = Consent(
        secrets.token_urlsafe(18), is_oauth=True, status=ConsentStatus.RECEIVED, valid_until=until, created_at=now
    )
    bank.store.consents[consent.id] = consent
    return consent


def _end_former(bank: Bank, consent: Consent) -> None:
    """By the standard a new recurring consent ends the former one; sign-ins with a code stand side by side."""
    for other in bank.store.consents.values():
        is_former = other.id != consent.id and not other.is_oauth and other.is_recurring
        if consent.is_recurring and is_former and other.status is ConsentStatus.VALID:
            other.status = ConsentStatus.TERMINATED_BY_TPP


def _echo(bank: Bank, attempt: Attempt) -> dict[str, str]:
    state = {"state": attempt.state} if attempt.state else {}
    return {**state, "iss": bank.base_url}


def _with(address: str, answer: dict[str, str]) -> str:
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(answer)}"
