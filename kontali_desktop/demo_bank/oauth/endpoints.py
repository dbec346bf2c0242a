"""The endpoints a client speaks to: metadata, authorize, token, revoke."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from kontali_desktop.demo_bank import rendering
from kontali_desktop.demo_bank.bank import Bank
from kontali_desktop.demo_bank.oauth import clients, tokens
from kontali_desktop.demo_bank.state import attempts

SCOPES = ("psd2:accounts:read", "psd2:transactions:read")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class OAuthEndpoints:
    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    def routes(self) -> list[Route]:
        return [
            Route("/.well-known/oauth-authorization-server", self.metadata),
            Route("/oauth2/authorize", self.authorize),
            Route("/oauth2/token", self.token, methods=["POST"]),
            Route("/oauth2/revoke", self.revoke, methods=["POST"]),
        ]

    async def metadata(self, _request: Request) -> Response:
        """RFC 8414; it promises `iss` in the redirect (RFC 9207)."""
        base = self._bank.base_url
        methods = ["client_secret_basic", "client_secret_post", "none"]
        return JSONResponse(
            {
                "issuer": base,
                "authorization_endpoint": f"{base}/oauth2/authorize",
                "token_endpoint": f"{base}/oauth2/token",
                "revocation_endpoint": f"{base}/oauth2/revoke",
                "scopes_supported": list(SCOPES),
                "response_types_supported": ["code"],
                "response_modes_supported": ["query"],
                "grant_types_supported": ["authorization_code", "refresh_token"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": methods,
                "revocation_endpoint_auth_methods_supported": methods,
                "ui_locales_supported": ["nb", "en"],
                "authorization_response_iss_parameter_supported": True,
            }
        )

    async def authorize(self, request: Request) -> Response:
        """An unknown client or redirect is told to the person, never redirected to (RFC 6749 section 4.1.2.1)."""
        query = request.query_params
        language = rendering.language_of(request)
        redirect_uri = query.get("redirect_uri", "")
        if query.get("client_id") != clients.CLIENT_ID:
            return rendering.page("refused.html", language, {"why": "unknown_client"}, status=400)
        if not clients.may_redirect_to(redirect_uri, self._bank.extra_redirects):
            return rendering.page("refused.html", language, {"why": "unknown_redirect"}, status=400)
        error = _request_error(request)
        if error:
            return self._back(redirect_uri, query.get("state", ""), error)
        attempt = attempts.begin(
            self._bank.store,
            self._bank.clock.now(),
            language=language,
            redirect_uri=redirect_uri,
            refused_uri=redirect_uri,
            client_id=clients.CLIENT_ID,
            scopes=query.get("scope", "").split() or list(SCOPES),
            state=query.get("state", ""),
            challenge=query["code_challenge"],
        )
        return RedirectResponse(attempts.address(attempt), status_code=303, headers=_NO_STORE)

    def _back(self, redirect_uri: str, state: str, error: tuple[str, str]) -> Response:
        answer = {"error": error[0], "error_description": error[1], "iss": self._bank.base_url}
        answer |= {"state": state} if state else {}
        separator = "&" if urlsplit(redirect_uri).query else "?"
        return RedirectResponse(f"{redirect_uri}{separator}{urlencode(answer)}", status_code=303)

    async def token(self, request: Request) -> Response:
        form = await _form(request)
        try:
            client_id = clients.authenticated(request.headers.get("authorization", ""), form)
            answer = self._granted(client_id, form)
        except clients.ClientRefusedError:
            return _error("invalid_client", "The client is unknown or its secret is wrong", status=401)
        except tokens.GrantRefusedError as why:
            return _error("invalid_grant", str(why))
        if answer is None:
            return _error("unsupported_grant_type", "authorization_code and refresh_token are supported")
        return JSONResponse(answer, headers=_NO_STORE)

    def _granted(self, client_id: str, form: dict[str, str]) -> dict[str, object] | None:
        if form.get("grant_type") == "authorization_code":
            code, uri = form.get("code", ""), form.get("redirect_uri", "")
            return tokens.redeem_code(self._bank, client_id, code, uri, form.get("code_verifier", ""))
        if form.get("grant_type") == "refresh_token":
            scopes = form.get("scope", "").split()
            return tokens.rotate(self._bank, client_id, form.get("refresh_token", ""), scopes)
        return None

    async def revoke(self, request: Request) -> Response:
        form = await _form(request)
        try:
            client_id = clients.authenticated(request.headers.get("authorization", ""), form)
        except clients.ClientRefusedError:
            return _error("invalid_client", "The client is unknown or its secret is wrong", status=401)
        if not form.get("token"):
            return _error("invalid_request", "token is missing")
        tokens.revoke(self._bank, client_id, form["token"])
        return Response(status_code=200, headers=_NO_STORE)


def _request_error(request: Request) -> tuple[str, str] | None:
    query = request.query_params
    if query.get("response_type") != "code":
        return "unsupported_response_type", "response_type must be code"
    if query.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(query.get("code_challenge", "")):
        return "invalid_request", "PKCE with S256 is required"
    if not set(query.get("scope", "").split()) <= set(SCOPES):
        return "invalid_scope", "A scope is not known"
    return None


async def _form(request: Request) -> dict[str, str]:
    async with request.form() as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _error(code: str, why: str, *, status: int = 400) -> Response:
    headers = _NO_STORE | ({"WWW-Authenticate": "Basic"} if status == 401 else {})  # noqa: PLR2004 - its own name
    return JSONResponse({"error": code, "error_description": why}, status_code=status, headers=headers)
