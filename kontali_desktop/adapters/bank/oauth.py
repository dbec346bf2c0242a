"""OAuth 2.0 with a bank: authorisation code with PKCE (RFC 7636), refresh (RFC 6749) and revocation (RFC 7009)."""

from __future__ import annotations

import secrets
import warnings
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from typing import cast

import httpx

from kontali_desktop.adapters.bank.berlin_group.payload import Place
from kontali_desktop.adapters.bank.berlin_group.refusals import reason_of, refusal, retry_after
from kontali_desktop.adapters.bank.returned import check_error, check_issuer, parameters_of
from kontali_desktop.adapters.bank.settings import BankSettings
from kontali_desktop.adapters.http.client import ClientArguments
from kontali_desktop.domain.connections import Consent, Grant, Tokens
from kontali_desktop.services.errors import (
    AnswerNotUnderstood,
    OutsideError,
    RateLimited,
    ServiceRefused,
    SignInFailed,
    SignInRequired,
)
from kontali_desktop.services.ports import Clock, SignIn

with warnings.catch_warnings():
    # Authlib recommends another client at import, aloud and always; httpx is chosen and pinned.
    import authlib.deprecate

    warnings.simplefilter("ignore", authlib.deprecate.AuthlibDeprecationWarning)
    from authlib.integrations.base_client import OAuthError
    from authlib.integrations.httpx_client import AsyncOAuth2Client

# What a dead refresh token, or a code that was used, is answered with (RFC 6749 section 5.2).
_DEAD = "invalid_grant"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who the authorisation server is (RFC 8414), and whether it promises to say so on the way back (RFC 9207)."""

    name: str
    is_promised: bool = False


class OAuth:
    """The steps of one bank's OAuth. Holds no token between calls; when to renew is for `services` to say."""

    def __init__(self, settings: BankSettings, clock: Clock, arguments: ClientArguments) -> None:
        self._settings = settings
        self._clock = clock
        self._issuer: Issuer | None = None
        self._client = AsyncOAuth2Client(
            client_id=settings.client_id,
            client_secret=settings.client_secret or None,
            token_endpoint_auth_method=settings.token_auth_method if settings.client_secret else None,
            revocation_endpoint_auth_method=settings.token_auth_method if settings.client_secret else None,
            scope=" ".join(settings.scopes) or None,
            code_challenge_method="S256",
            leeway=0,
            **arguments,
        )

    async def begin(self, redirect_uri: str) -> SignIn:
        # Asked before the person leaves: on the way back a missing issuer must be known to be missing.
        await self._load_issuer()
        state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        url, _ = self._client.create_authorization_url(
            self._settings.authorization_url, state=state, code_verifier=verifier, redirect_uri=redirect_uri
        )
        return SignIn(url=url, redirect_uri=redirect_uri, state=state, code_verifier=verifier)

    async def complete(self, sign_in: SignIn, returned_url: str) -> Grant:
        service = self._settings.name
        parameters = parameters_of(service, sign_in, returned_url)
        issuer = await self._load_issuer()
        check_issuer(service, parameters, issuer.name, is_promised=issuer.is_promised)
        check_error(service, parameters)
        code = parameters.get("code")
        if not code:
            raise SignInFailed(service=service, reason="no_code")
        try:
            answer = await self._ask(
                self._client.fetch_token(
                    self._settings.token_url,
                    grant_type="authorization_code",
                    code=code,
                    redirect_uri=sign_in.redirect_uri,
                    code_verifier=sign_in.code_verifier,
                    headers=self._headers(),
                )
            )
        except OAuthError as error:
            raise SignInFailed(service=service, reason=_code_of(error)) from None
        return Grant(consent=self._consent(answer), tokens=self._tokens(answer))

    async def renew(self, tokens: Tokens) -> Tokens:
        service = self._settings.name
        if not tokens.refresh_token:
            raise SignInRequired(service=service)
        try:
            answer = await self._ask(
                self._client.refresh_token(
                    self._settings.token_url, refresh_token=tokens.refresh_token, headers=self._headers()
                )
            )
        except OAuthError as error:
            if error.error == _DEAD:
                raise SignInRequired(service=service) from None
            raise ServiceRefused(service=service, status=int(HTTPStatus.BAD_REQUEST), reason=_code_of(error)) from None
        return self._tokens(answer, former=tokens)

    async def revoke(self, tokens: Tokens) -> None:
        """Both tokens; a bank need not end the one with the other (RFC 7009 section 2.1)."""
        if not self._settings.revocation_url:
            return
        for token, hint in ((tokens.refresh_token, "refresh_token"), (tokens.access_token, "access_token")):
            if not token:
                continue
            response = await self._client.revoke_token(
                self._settings.revocation_url, token=token, token_type_hint=hint, headers=self._headers()
            )
            if response.status_code >= HTTPStatus.MULTIPLE_CHOICES and not _is_unknown_token(response):
                raise refusal(self._settings.name, response, self._clock.now())

    async def close(self) -> None:
        await self._client.aclose()

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8"}
        if self._settings.api_key:
            headers[self._settings.api_key_header] = self._settings.api_key
        return headers

    async def _ask(self, call: Awaitable[object]) -> Place:
        """Turns what Authlib makes of an answer that is not OAuth's into ours; OAuth's own errors pass."""
        service = self._settings.name
        try:
            answer = await call
        except httpx.HTTPStatusError as error:
            raise self._not_oauth(error.response) from None
        except (ValueError, TypeError):
            raise AnswerNotUnderstood(service=service, where="token") from None
        if not isinstance(answer, Mapping):
            raise AnswerNotUnderstood(service=service, where="token")
        return Place(service, "token", cast("dict[str, object]", dict(answer)))

    def _not_oauth(self, response: httpx.Response) -> OutsideError:
        service, status = self._settings.name, response.status_code
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return RateLimited(
                service=service, status=status, retry_after=retry_after(response.headers, self._clock.now())
            )
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return ServiceRefused(service=service, status=status, reason=reason_of(response.content))
        return AnswerNotUnderstood(service=service, where="token")

    def _tokens(self, answer: Place, former: Tokens | None = None) -> Tokens:
        if answer.needed_text("token_type").lower() != "bearer":
            raise answer.misunderstood("token_type")
        lifetime = answer.text("expires_in")
        if not lifetime:
            seconds = self._settings.default_token_seconds
        elif lifetime.isascii() and lifetime.isdigit():
            seconds = min(int(lifetime[:12]), int(timedelta(days=3650).total_seconds()))
        else:
            raise answer.misunderstood("expires_in")
        return Tokens(
            access_token=answer.needed_text("access_token"),
            # A bank that does not rotate sends none, and the former one goes on.
            refresh_token=answer.text("refresh_token") or (former.refresh_token if former else ""),
            expires_at=self._clock.now() + timedelta(seconds=seconds),
            scope=answer.text("scope") or (former.scope if former else ""),
        )

    @staticmethod
    def _consent(answer: Place) -> Consent:
        """Extension fields of the token answer; a bank without them has no consent apart from its tokens."""
        told = answer.text("consent_valid_until")
        try:
            return Consent(answer.text("consent_id"), date.fromisoformat(told[:10]) if told else None)
        except ValueError:
            raise answer.misunderstood("consent_valid_until") from None

    async def _load_issuer(self) -> Issuer:
        if self._issuer is None:
            url = self._settings.metadata_url
            self._issuer = await self._fetch_issuer(url) if url else Issuer(self._settings.issuer)
        return self._issuer

    async def _fetch_issuer(self, url: str) -> Issuer:
        response = await self._client.request("GET", url, withhold_token=True, headers={"Accept": "application/json"})
        if response.status_code >= HTTPStatus.MULTIPLE_CHOICES:
            raise refusal(self._settings.name, response, self._clock.now())
        metadata = Place.whole(self._settings.name, "metadata", response.content)
        name = metadata.needed_text("issuer")
        if self._settings.issuer and name != self._settings.issuer:
            raise metadata.misunderstood("issuer")
        return Issuer(name, metadata.fields.get("authorization_response_iss_parameter_supported") is True)


def _code_of(error: OAuthError) -> str:
    """The error's code, never its description: that is free text from outside."""
    code = error.error
    return code[:60] if isinstance(code, str) and code.replace("_", "").isalnum() else "unknown"


def _is_unknown_token(response: httpx.Response) -> bool:
    return reason_of(response.content) in {"invalid_token", _DEAD, "TOKEN_UNKNOWN", "TOKEN_INVALID", "TOKEN_EXPIRED"}
