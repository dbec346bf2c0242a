"""The control interface under /control, behind a token of its own."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kontali_desktop.demo_bank.bank import Bank, Dialect
from kontali_desktop.demo_bank.control import edits
from kontali_desktop.demo_bank.control.faults import FaultScript, FaultUnknownError
from kontali_desktop.demo_bank.control.middleware import CallLog
from kontali_desktop.demo_bank.control.truth import truth_of
from kontali_desktop.demo_bank.state.records import ConsentStatus

Handler = Callable[[Request], Awaitable[Response]]


class Control:
    def __init__(self, bank: Bank, script: FaultScript, log: CallLog, token: str) -> None:
        self._bank = bank
        self._script = script
        self._log = log
        self._token = token

    def routes(self) -> list[Route]:
        table: tuple[tuple[str, str, Handler], ...] = (
            ("GET", "/control/clock", self.clock),
            ("POST", "/control/clock", self.set_clock),
            ("GET", "/control/faults", self.faults),
            ("POST", "/control/faults", self.add_fault),
            ("DELETE", "/control/faults", self.clear_faults),
            ("GET", "/control/calls", self.calls),
            ("DELETE", "/control/calls", self.clear_calls),
            ("GET", "/control/consents", self.consents),
            ("POST", "/control/consents/{consent}/{what}", self.end_consent),
            ("POST", "/control/tokens/expire", self.expire_tokens),
            ("POST", "/control/manners", self.set_manners),
            ("POST", "/control/reset", self.reset),
            ("GET", "/control/truth", self.truth),
        )
        return [Route(path, self._guarded(handler), methods=[method]) for method, path, handler in table]

    def _guarded(self, handler: Handler) -> Handler:
        async def answer(request: Request) -> Response:
            given = request.headers.get("x-control", "")
            if not hmac.compare_digest(given.encode(), self._token.encode()):
                return _problem(403, "X-Control is missing or wrong")
            try:
                return await handler(request)
            except (ValueError, KeyError, TypeError, FaultUnknownError) as why:
                return _problem(400, str(why))

        return answer

    async def clock(self, _request: Request) -> Response:
        now, today = self._bank.clock.now(), self._bank.clock.today()
        return JSONResponse({"now": now.isoformat(), "today": today.isoformat()})

    async def set_clock(self, request: Request) -> Response:
        """{"now": instant} or {"advance": {"days": 1, "minutes": 5}}; new invoices are written at once."""
        wanted = await _body(request)
        if "now" in wanted:
            self._bank.clock.set(datetime.fromisoformat(wanted["now"]))
        else:
            self._bank.clock.advance(timedelta(**wanted["advance"]))
        self._bank.write_invoices()
        return await self.clock(request)

    async def faults(self, _request: Request) -> Response:
        return JSONResponse([asdict(fault) for fault in self._script.faults])

    async def add_fault(self, request: Request) -> Response:
        wanted = await _body(request)
        unknown = set(wanted.get("edits", {})) - edits.known()
        if unknown:
            raise FaultUnknownError(f"No such edits: {sorted(unknown)}; there are {sorted(edits.known())}")
        self._script.add(wanted)
        return Response(status_code=204)

    async def clear_faults(self, _request: Request) -> Response:
        self._script.faults.clear()
        return Response(status_code=204)

    async def calls(self, _request: Request) -> Response:
        return JSONResponse([asdict(call) for call in self._log.calls])

    async def clear_calls(self, _request: Request) -> Response:
        self._log.calls.clear()
        return Response(status_code=204)

    async def consents(self, _request: Request) -> Response:
        found = self._bank.store.consents.values()
        return JSONResponse([{"id": c.id, "status": c.status, "valid_until": c.valid_until.isoformat()} for c in found])

    async def end_consent(self, request: Request) -> Response:
        """`expire` as by its last day, `revoke` as by the person in the bank's own pages; `*` is all of them."""
        status = {"expire": ConsentStatus.EXPIRED, "revoke": ConsentStatus.REVOKED_BY_PSU}[request.path_params["what"]]
        wanted = request.path_params["consent"]
        for consent in self._bank.store.consents.values():
            if wanted in ("*", consent.id):
                consent.status = status
        self._bank.store.save()
        return Response(status_code=204)

    async def expire_tokens(self, _request: Request) -> Response:
        for token in self._bank.store.tokens.values():
            if not token.is_refresh:
                token.expires_at = min(token.expires_at, self._bank.clock.now())
        self._bank.store.save()
        return Response(status_code=204)

    async def set_manners(self, request: Request) -> Response:
        """{"dialect", "page_size", "token_length", "id_salt"}, each left as it is when not named."""
        wanted = await _body(request)
        manners = self._bank.manners
        manners.dialect = Dialect(wanted.get("dialect", manners.dialect))
        manners.page_size = int(wanted.get("page_size", manners.page_size))
        manners.token_length = int(wanted.get("token_length", manners.token_length))
        manners.id_salt = str(wanted.get("id_salt", manners.id_salt))
        return JSONResponse(asdict(manners))

    async def reset(self, _request: Request) -> Response:
        """No faults, no calls, real time, and nobody signed in."""
        self._script.faults.clear()
        self._log.calls.clear()
        self._bank.clock.reset()
        self._bank.store.forget()
        return Response(status_code=204)

    async def truth(self, _request: Request) -> Response:
        """By entry reference, what each booked entry settles."""
        return JSONResponse(truth_of(self._bank.books()))


async def _body(request: Request) -> dict[str, Any]:
    wanted = json.loads(await request.body())
    if not isinstance(wanted, dict):
        raise TypeError("A JSON object is expected")
    return wanted


def _problem(status: int, why: str) -> Response:
    return JSONResponse({"error": why}, status_code=status)
