"""One bank over the Berlin Group's interface, in either style of authorisation: the port `Bank`."""

from __future__ import annotations

import asyncio

import httpx

from kontali_desktop.adapters.bank.berlin_group.caller import Caller
from kontali_desktop.adapters.bank.berlin_group.reader import BerlinGroupReader
from kontali_desktop.adapters.bank.consent import ConsentRedirect, Sleep
from kontali_desktop.adapters.bank.oauth import OAuth
from kontali_desktop.adapters.bank.settings import AuthorisationStyle, BankSettings
from kontali_desktop.adapters.http.client import ClientCertificate, client_arguments
from kontali_desktop.domain.connections import Environment, Grant, Tokens
from kontali_desktop.services.errors import OutsideError, SignInRequired
from kontali_desktop.services.ports import BankReader, Clock, SignIn


class BerlinGroupBank:
    """`sleep` is passed in with the clock, so that waiting for a consent follows the same time."""

    def __init__(self, settings: BankSettings, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        certificate = (
            ClientCertificate(settings.client_certificate, settings.client_key) if settings.client_certificate else None
        )
        self.settings = settings
        # One way out for both clients: their TLS is costly to set up, and their connections can be shared.
        arguments = client_arguments(settings.name, certificate=certificate)
        self._client = httpx.AsyncClient(**arguments)
        self._caller = Caller(settings, self._client, clock)
        self._consents = ConsentRedirect(self._caller, clock, sleep)
        self._oauth = OAuth(settings, clock, arguments) if settings.style is AuthorisationStyle.OAUTH else None

    @property
    def id(self) -> str:
        return self.settings.id

    @property
    def name(self) -> str:
        return self.settings.name

    @property
    def environment(self) -> Environment:
        return self.settings.environment

    @property
    def registered_redirect(self) -> str | None:
        return self.settings.redirect_uri

    async def begin_sign_in(self, redirect_uri: str) -> SignIn:
        return await (self._oauth or self._consents).begin(redirect_uri)

    async def complete_sign_in(self, sign_in: SignIn, returned_url: str) -> Grant:
        return await (self._oauth or self._consents).complete(sign_in, returned_url)

    async def renew(self, tokens: Tokens) -> Tokens:
        if self._oauth is None:
            raise SignInRequired(service=self.name)
        return await self._oauth.renew(tokens)

    async def revoke(self, grant: Grant) -> None:
        """Consent first, while its token still opens the door; where one step fails the others are still taken."""
        failed: OutsideError | None = None
        if grant.consent.id:
            try:
                await self._consents.revoke(grant)
            except OutsideError as error:
                failed = error
        if self._oauth is not None and grant.tokens is not None:
            await self._oauth.revoke(grant.tokens)
        if failed is not None:
            raise failed

    def reader(self, grant: Grant, *, attended: bool) -> BankReader:
        return BerlinGroupReader(self._caller, grant, attended=attended)

    async def close(self) -> None:
        await self._client.aclose()
        if self._oauth is not None:
            await self._oauth.close()
