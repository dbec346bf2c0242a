"""Codes and tokens: what is given out, when it runs out, and what falls with what."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import timedelta

from kontali_desktop.demo_bank.bank import Bank
from kontali_desktop.demo_bank.state.records import Code, Consent, ConsentStatus, Grant, Token
from kontali_desktop.demo_bank.state.store import digest_of

ACCESS_LIFETIME = timedelta(hours=1)
_CODE_LIFETIME = timedelta(minutes=1)


class GrantRefusedError(Exception):
    """invalid_grant; the text says why, for whoever reads the answer."""


def issue_code(bank: Bank, grant: Grant, redirect_uri: str, challenge: str) -> str:
    secret = secrets.token_urlsafe(32)
    bank.store.grants[grant.id] = grant
    bank.store.codes[digest_of(secret)] = Code(
        digest_of(secret), grant.id, grant.client_id, redirect_uri, challenge, bank.clock.now() + _CODE_LIFETIME
    )
    bank.store.save()
    return secret


def redeem_code(bank: Bank, client_id: str, secret: str, redirect_uri: str, verifier: str) -> dict[str, object]:
    """A code used a second time takes back what it gave the first time (RFC 6749 section 4.1.2)."""
    code = bank.store.codes.get(digest_of(secret))
    if code is None or code.client_id != client_id:
        raise GrantRefusedError("The code is not known")
    grant = bank.store.grants[code.grant_id]
    if code.is_used:
        end_grant(bank, grant)
        raise GrantRefusedError("The code has been used before; what it gave is revoked")
    if code.expires_at <= bank.clock.now():
        raise GrantRefusedError("The code has run out")
    if code.redirect_uri != redirect_uri:
        raise GrantRefusedError("The redirect_uri is another than the one the code was asked with")
    if not _verifies(verifier, code.challenge):
        raise GrantRefusedError("The code_verifier does not fit the code_challenge")
    code.is_used = True
    return _issue(bank, grant)


def rotate(bank: Bank, client_id: str, secret: str, scopes: list[str]) -> dict[str, object]:
    """A new pair for a refresh token; one that was rotated before revokes the whole family (RFC 9700 section 4.14)."""
    token = bank.store.tokens.get(digest_of(secret))
    grant = bank.store.grants.get(token.grant_id) if token else None
    if token is None or grant is None or not token.is_refresh or grant.client_id != client_id:
        raise GrantRefusedError("The refresh token is not known")
    if token.is_used:
        end_grant(bank, grant)
        raise GrantRefusedError("The refresh token has been used before; the family is revoked")
    consent = bank.store.consents[grant.consent_id]
    if grant.is_revoked or consent.status is not ConsentStatus.VALID or consent.valid_until < bank.clock.today():
        raise GrantRefusedError("The consent or the grant has ended")
    if not set(scopes) <= set(grant.scopes):
        raise GrantRefusedError("More was asked for than was granted")
    token.is_used = True
    return _issue(bank, grant)


def revoke(bank: Bank, client_id: str, secret: str) -> None:
    """Either token ends the grant and its consent; one that is not known is no error (RFC 7009 section 2.2)."""
    token = bank.store.tokens.get(digest_of(secret))
    grant = bank.store.grants.get(token.grant_id) if token else None
    if grant is not None and grant.client_id == client_id:
        end_grant(bank, grant)


def end_grant(bank: Bank, grant: Grant) -> None:
    grant.is_revoked = True
    consent = bank.store.consents[grant.consent_id]
    if consent.status is ConsentStatus.VALID:
        consent.status = ConsentStatus.TERMINATED_BY_TPP
    bank.store.save()


def _issue(bank: Bank, grant: Grant) -> dict[str, object]:
    consent: Consent = bank.store.consents[grant.consent_id]
    access, refresh = (secrets.token_urlsafe(bank.manners.token_length)[: bank.manners.token_length] for _ in range(2))
    now = bank.clock.now()
    until = now + timedelta(days=(consent.valid_until - bank.clock.today()).days + 1)
    for secret, is_refresh, ends in ((access, False, now + ACCESS_LIFETIME), (refresh, True, until)):
        bank.store.tokens[digest_of(secret)] = Token(digest_of(secret), grant.id, is_refresh, ends)
    bank.store.save()
    return {
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": int(ACCESS_LIFETIME.total_seconds()),
        "refresh_token": refresh,
        "scope": " ".join(grant.scopes),
        "consent_id": consent.id,
        "consent_valid_until": consent.valid_until.isoformat(),
    }


def _verifies(verifier: str, challenge: str) -> bool:
    """S256 of RFC 7636 section 4.6."""
    hashed = hashlib.sha256(verifier.encode()).digest()
    return secrets.compare_digest(base64.urlsafe_b64encode(hashed).rstrip(b"=").decode(), challenge)
