"""Fresh tokens for a connection: read from the keychain, refreshed in time, one refresh in flight across processes."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from kontali_desktop.domain.connections import Consent, Grant, Tokens
from kontali_desktop.services.errors import SignInRequired
from kontali_desktop.services.finishing import to_the_end
from kontali_desktop.services.ports import Bank, Clock, ConnectionLock, Keychain

REFRESH_BEFORE = timedelta(minutes=2)


def dump_grant(grant: Grant) -> str:
    """The secret as it lies in the keychain."""
    until = grant.consent.valid_until
    plain: dict[str, str | None] = {"consent": grant.consent.id, "valid_until": until.isoformat() if until else None}
    if grant.tokens is not None:
        plain |= {
            "access_token": grant.tokens.access_token,
            "refresh_token": grant.tokens.refresh_token,
            "expires_at": grant.tokens.expires_at.isoformat(),
            "scope": grant.tokens.scope,
        }
    return json.dumps(plain)


def load_grant(secret: str) -> Grant:
    plain = json.loads(secret)
    until = datetime.fromisoformat(plain["valid_until"]).date() if plain["valid_until"] else None
    tokens = None
    if "access_token" in plain:
        tokens = Tokens(
            plain["access_token"],
            plain["refresh_token"],
            datetime.fromisoformat(plain["expires_at"]),
            plain["scope"],
        )
    return Grant(Consent(plain["consent"], until), tokens)


class FreshAccess:
    """Hands out a grant that is good for some minutes; a rotated refresh token is saved before anything is used."""

    def __init__(self, keychain: Keychain, lock: ConnectionLock, clock: Clock) -> None:
        self._keychain = keychain
        self._lock = lock
        self._clock = clock

    async def grant(self, entry: str, bank: Bank, refused: Grant | None = None) -> Grant:
        """A grant good for some minutes; `refused` is one whose access token the bank would not take.

        Raises SignInRequired where there is no token or the refresh token is dead, KeychainUnavailable.
        """
        found = await self._load(entry, bank)
        if not self._is_stale(found, refused):
            return found
        async with self._lock.hold(entry):
            found = await self._load(entry, bank)  # another process may have refreshed while this one waited
            if found.tokens is None or not self._is_stale(found, refused):
                return found
            return await to_the_end(self._renew(entry, bank, found.consent, found.tokens))

    async def _renew(self, entry: str, bank: Bank, consent: Consent, tokens: Tokens) -> Grant:
        """One whole: once the bank has rotated, a token that is not saved is a connection lost."""
        renewed = Grant(consent, await bank.renew(tokens))
        await self._keychain.save(entry, dump_grant(renewed))
        return renewed

    async def _load(self, entry: str, bank: Bank) -> Grant:
        secret = await self._keychain.load(entry)
        if secret is None:
            raise SignInRequired(service=bank.id)
        return load_grant(secret)

    def _is_stale(self, grant: Grant, refused: Grant | None) -> bool:
        if grant.tokens is None:
            return False
        is_refused = refused is not None and refused.tokens == grant.tokens
        return is_refused or grant.tokens.expires_at - self._clock.now() < REFRESH_BEFORE
