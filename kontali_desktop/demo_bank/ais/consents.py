"""Consents: asked for by a client, given or refused in the sign-in, looked at, and ended."""

from __future__ import annotations

import json
import secrets
from datetime import date
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from kontali_desktop.demo_bank import rendering
from kontali_desktop.demo_bank.ais import access, wire
from kontali_desktop.demo_bank.ais.errors import AisRefusedError, format_error, unknown_resource
from kontali_desktop.demo_bank.bank import Bank
from kontali_desktop.demo_bank.oauth import clients, tokens
from kontali_desktop.demo_bank.sign_in import outcome
from kontali_desktop.demo_bank.state import attempts
from kontali_desktop.demo_bank.state.records import Consent, ConsentStatus

_REQUIRED = ("access", "recurringIndicator", "validUntil", "frequencyPerDay", "combinedServiceIndicator")
_MOST_A_DAY = 4
_LONG_QUERY = 2_200  # real banks' sign-in addresses are longer than two kilobytes


class Consents:
    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    async def create(self, request: Request) -> Response:
        if "psu-ip-address" not in request.headers:
            raise format_error("PSU-IP-Address is required to ask for a consent", "PSU-IP-Address")
        redirect_uri = self._redirect(request, "tpp-redirect-uri")
        refused_uri = self._redirect(request, "tpp-nok-redirect-uri", redirect_uri)
        consent = await self._asked_for(request)
        self._bank.store.consents[consent.id] = consent
        attempt = attempts.begin(
            self._bank.store,
            self._bank.clock.now(),
            language=rendering.language_of(request),
            redirect_uri=redirect_uri,
            refused_uri=refused_uri,
            consent_id=consent.id,
        )
        self._bank.store.save()
        path = f"{request.url.path}/{consent.id}"
        sign_in = f"{self._bank.base_url}/sca/{attempt.id}?request={secrets.token_hex(_LONG_QUERY // 2)}"
        body = {
            "consentStatus": consent.status,
            "consentId": consent.id,
            "_links": {
                "scaRedirect": {"href": sign_in},
                "self": {"href": path},
                "status": {"href": f"{path}/status"},
            },
        }
        return JSONResponse(body, status_code=201, headers={"Location": path, "ASPSP-SCA-Approach": "REDIRECT"})

    async def sign_in(self, request: Request) -> Response:
        """Where `scaRedirect` points: the person's own language is known only here."""
        attempt = self._bank.store.attempts.get(request.path_params["attempt"])
        language = rendering.language_of(request)
        if attempt is None:
            return rendering.page("refused.html", language, {"why": "unknown_attempt"}, status=404)
        attempt.language = language
        return RedirectResponse(attempts.address(attempt), status_code=303, headers={"Cache-Control": "no-store"})

    async def show(self, request: Request) -> Response:
        consent = self._known(request)
        listed = [wire.reference(self._bank, number) for number in consent.accounts]
        return JSONResponse(
            {
                "access": {"accounts": listed, "balances": listed, "transactions": listed},
                "recurringIndicator": consent.is_recurring,
                "validUntil": consent.valid_until.isoformat(),
                "frequencyPerDay": consent.frequency_per_day,
                "lastActionDate": (consent.last_action or consent.created_at.date()).isoformat(),
                "consentStatus": access.current_status(self._bank, consent),
            }
        )

    async def status(self, request: Request) -> Response:
        return JSONResponse({"consentStatus": access.current_status(self._bank, self._known(request))})

    async def delete(self, request: Request) -> Response:
        consent = self._known(request)
        consent.status = ConsentStatus.TERMINATED_BY_TPP
        for grant in [g for g in self._bank.store.grants.values() if g.consent_id == consent.id]:
            tokens.end_grant(self._bank, grant)
        self._bank.store.save()
        return Response(status_code=204)

    def _known(self, request: Request) -> Consent:
        """Whoever knows a consent's id may look at it; one that came of a code also needs its token."""
        consent = self._bank.store.consents.get(request.path_params["consent"])
        if consent is None:
            raise AisRefusedError(403, "CONSENT_UNKNOWN", "No such consent")
        if consent.is_oauth and access.token_consent(self._bank, request) is not consent:
            raise unknown_resource("The token belongs to another consent")
        return consent

    def _redirect(self, request: Request, header: str, default: str = "") -> str:
        uri = request.headers.get(header, default)
        without_query = urlsplit(uri)._replace(query="", fragment="").geturl()
        if not clients.may_redirect_to(without_query, self._bank.extra_redirects):
            raise format_error(f"{header} is missing or not registered", header)
        return uri

    async def _asked_for(self, request: Request) -> Consent:
        try:
            body = json.loads(await request.body())
            missing = [name for name in _REQUIRED if name not in body]
            until = date.fromisoformat(body["validUntil"])
            frequency = int(body["frequencyPerDay"])
        except (ValueError, KeyError, TypeError):
            raise format_error("The body is no consent: five fields are required", "validUntil") from None
        if missing:
            raise format_error("A required field is missing", missing[0])
        today = self._bank.clock.today()
        if until < today or frequency < 1:
            raise format_error("validUntil lies in the past, or frequencyPerDay is less than one", "validUntil")
        return Consent(
            secrets.token_urlsafe(18),
            is_oauth=False,
            status=ConsentStatus.RECEIVED,
            valid_until=min(until, today + outcome.LONGEST_CONSENT),
            created_at=self._bank.clock.now(),
            frequency_per_day=min(frequency, _MOST_A_DAY),
            is_recurring=bool(body["recurringIndicator"]),
        )
