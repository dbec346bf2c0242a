"""Paths of the account interface, with and without the standard's /v1, and one border for its refusals."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from kontali_desktop.demo_bank.ais import access
from kontali_desktop.demo_bank.ais.consents import Consents
from kontali_desktop.demo_bank.ais.errors import AisRefusedError, to_response
from kontali_desktop.demo_bank.ais.reads import Reads
from kontali_desktop.demo_bank.bank import Bank

Handler = Callable[[Request], Awaitable[Response]]


def ais_routes(bank: Bank) -> list[Mount | Route]:
    routes = _routes(bank)
    return [
        Route("/sca/{attempt}", Consents(bank).sign_in),
        Mount("/psd2/v1", routes=routes),
        Mount("/psd2", routes=routes),
    ]


def _routes(bank: Bank) -> list[Route]:
    consents, reads = Consents(bank), Reads(bank)
    table: tuple[tuple[str, str, Handler], ...] = (
        ("POST", "/consents", consents.create),
        ("GET", "/consents/{consent}", consents.show),
        ("DELETE", "/consents/{consent}", consents.delete),
        ("GET", "/consents/{consent}/status", consents.status),
        ("GET", "/accounts", reads.accounts),
        ("GET", "/accounts/{account}", reads.account),
        ("GET", "/accounts/{account}/balances", reads.balances),
        ("GET", "/accounts/{account}/transactions", reads.transactions),
        ("GET", "/card-accounts", reads.no_cards),
    )
    return [Route(path, _guarded(bank, handler), methods=[method]) for method, path, handler in table]


def _guarded(bank: Bank, handler: Handler) -> Handler:
    """X-Request-ID is checked first and echoed always."""

    async def answer(request: Request) -> Response:
        request_id = ""
        try:
            request_id = access.request_id_of(request)
            response = await handler(request)
        except AisRefusedError as why:
            return to_response(why, bank.manners.dialect, request_id)
        response.headers["X-Request-ID"] = request_id
        return response

    return answer
