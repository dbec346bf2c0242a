"""Calls to a bank's account interface, with the headers that the standard asks for."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from kontali_desktop.adapters.bank.berlin_group.payload import Place
from kontali_desktop.adapters.bank.berlin_group.refusals import refusal
from kontali_desktop.adapters.bank.settings import BankSettings
from kontali_desktop.adapters.http.local_address import find_local_address
from kontali_desktop.domain.connections import Grant
from kontali_desktop.services.ports import Clock

_RESOLVER_SECONDS = 10.0
_FIRST_REFUSAL = 300  # a redirect is one too: a token does not follow it


class Caller:
    """A person who is there is told of by the local address the connection goes out from (`PSU-IP-Address`).

    Without it a call counts against the limit on unattended reads; to send it for a sync by the timer would be a lie.
    """

    def __init__(self, settings: BankSettings, client: httpx.AsyncClient, clock: Clock) -> None:
        self.settings = settings
        self._client = client
        self._clock = clock

    async def find_person_address(self) -> str | None:
        """The local address that a call to this bank goes out from; None where there is no route."""
        target = urlsplit(self.settings.base_url)
        port = target.port or (443 if target.scheme == "https" else 80)
        try:
            async with asyncio.timeout(_RESOLVER_SECONDS):
                return await find_local_address(target.hostname or "", port)
        except TimeoutError:
            return None

    async def get(
        self, url: str, query: Mapping[str, str] | None = None, *, grant: Grant, person: str | None, where: str
    ) -> Place:
        body = await self.get_body(url, query, grant=grant, person=person)
        return Place.whole(self.settings.name, where, body)

    async def get_body(
        self, url: str, query: Mapping[str, str] | None = None, *, grant: Grant, person: str | None
    ) -> bytes:
        """`person` is the address of a person who is there, None without one."""
        headers = self._headers(grant, person)
        response = await self._client.get(url, params=query or None, headers=headers)
        self._refuse(response, grant.consent.id)
        return response.content

    async def post(self, path: str, body: object, headers: Mapping[str, str], *, where: str) -> Place:
        """A call on behalf of a person who is there and has no grant yet."""
        common = self._headers(None, await self.find_person_address())
        response = await self._client.post(f"{self.settings.base_url}{path}", json=body, headers={**common, **headers})
        self._refuse(response, "")
        return Place.whole(self.settings.name, where, response.content)

    async def delete(self, url: str, grant: Grant, *, gone: frozenset[int]) -> None:
        """`gone` are the statuses that say: there is nothing left to delete."""
        headers = self._headers(grant, await self.find_person_address())
        response = await self._client.delete(url, headers=headers)
        if response.status_code not in gone:
            self._refuse(response, grant.consent.id)

    def _headers(self, grant: Grant | None, person: str | None) -> dict[str, str]:
        headers = {"X-Request-ID": str(uuid.uuid4()), "Accept": "application/json"}
        if self.settings.api_key:
            headers[self.settings.api_key_header] = self.settings.api_key
        if grant and grant.consent.id:
            headers["Consent-ID"] = grant.consent.id
        if grant and grant.tokens:
            headers["Authorization"] = f"Bearer {grant.tokens.access_token}"
        if person:
            headers["PSU-IP-Address"] = person
        return headers

    def _refuse(self, response: httpx.Response, consent_id: str) -> None:
        if response.status_code >= _FIRST_REFUSAL:
            raise refusal(self.settings.name, response, self._clock.now(), consent_id)
