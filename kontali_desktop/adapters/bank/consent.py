"""The consent's own redirect (NextGenPSD2): make a consent, let the person say yes at the bank, ask for its status."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from urllib.parse import quote, urlsplit

from kontali_desktop.adapters.bank.berlin_group.caller import Caller
from kontali_desktop.adapters.bank.berlin_group.payload import Place
from kontali_desktop.adapters.bank.returned import check_error, parameters_of
from kontali_desktop.adapters.bank.settings import ConsentAccess
from kontali_desktop.domain.connections import Consent, Grant
from kontali_desktop.services.errors import ConsentExpired, ServiceRefused, SignInAborted, SignInTimedOut
from kontali_desktop.services.ports import Clock, SignIn

Sleep = Callable[[float], Awaitable[None]]

_WAITING = frozenset({"received", "partiallyAuthorised"})
_ENDED = frozenset({"expired", "revokedByPsu", "terminatedByTpp"})


class ConsentRedirect:
    """The steps of one bank's consents; there is no code and there are no tokens, the consent is the key."""

    def __init__(self, caller: Caller, clock: Clock, sleep: Sleep) -> None:
        self._caller = caller
        self._settings = caller.settings
        self._clock = clock
        self._sleep = sleep

    async def begin(self, redirect_uri: str) -> SignIn:
        state = secrets.token_urlsafe(32)
        joint = "&" if urlsplit(redirect_uri).query else "?"
        headers = {"TPP-Redirect-URI": f"{redirect_uri}{joint}state={state}", "TPP-Redirect-Preferred": "true"}
        if self._settings.psu_id:
            headers["PSU-ID"] = self._settings.psu_id
        answer = await self._caller.post("/consents", self._wanted(), headers, where="consents")
        links = answer.find("_links") or answer.needed("links")
        target = links.find("scaRedirect")
        url = target.text("href") if target else links.text("scaRedirect")
        # A page to sign in on must be one that a browser may trust.
        if not url.startswith(("https://", f"{urlsplit(self._settings.base_url).scheme}://")):
            raise links.misunderstood("scaRedirect")
        return SignIn(url=url, redirect_uri=redirect_uri, state=state, consent_id=answer.needed_text("consentId"))

    async def complete(self, sign_in: SignIn, returned_url: str) -> Grant:
        service = self._settings.name
        check_error(service, parameters_of(service, sign_in, returned_url))
        deadline = self._clock.now() + timedelta(seconds=self._settings.sign_in_seconds)
        asked = Grant(Consent(sign_in.consent_id, None))
        person = await self._caller.find_person_address()
        while True:
            answer = await self._caller.get(self._url(sign_in.consent_id), grant=asked, person=person, where="consent")
            status = answer.needed_text("consentStatus")
            if status == "valid":
                return Grant(self._granted(sign_in.consent_id, answer))
            if status == "rejected":
                raise SignInAborted(service=service)
            if status in _ENDED:
                raise ConsentExpired(service=service, consent=sign_in.consent_id)
            if status not in _WAITING:
                raise answer.misunderstood("consentStatus")
            if self._clock.now() >= deadline:
                raise SignInTimedOut(service=service, seconds=round(self._settings.sign_in_seconds))
            await self._sleep(self._settings.poll_seconds)

    async def revoke(self, grant: Grant) -> None:
        """A consent that the bank knows no longer, or a bank that knows no deleting, leaves nothing to do."""
        try:
            await self._caller.delete(self._url(grant.consent.id), grant, gone=frozenset({404, 405}))
        except ConsentExpired:
            return
        except ServiceRefused as error:
            # The token is dead: then so is what it could read.
            if error.parameters.get("status") not in {401, 403}:
                raise

    def _url(self, consent_id: str) -> str:
        return f"{self._settings.base_url}/consents/{quote(consent_id, safe='')}"

    def _wanted(self) -> dict[str, object]:
        access: dict[str, object] = {"accounts": [], "balances": [], "transactions": []}
        if self._settings.consent_access is ConsentAccess.ALL_ACCOUNTS:
            access = {"allPsd2": "allAccounts"}
        return {
            "access": access,
            "recurringIndicator": True,
            "validUntil": (self._clock.today() + timedelta(days=self._settings.consent_days)).isoformat(),
            "frequencyPerDay": self._settings.calls_a_day,
            "combinedServiceIndicator": False,
        }

    @staticmethod
    def _granted(consent_id: str, answer: Place) -> Consent:
        """The bank may have shortened the time, so its own date counts."""
        told = answer.text("validUntil")
        try:
            return Consent(consent_id, date.fromisoformat(told[:10]) if told else None)
        except ValueError:
            raise answer.misunderstood("validUntil") from None
