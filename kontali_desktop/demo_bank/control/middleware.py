"""Stands before the bank: notes each call, and lets a scripted fault act on it."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kontali_desktop.demo_bank.clock import BankClock
from kontali_desktop.demo_bank.control.edits import edited
from kontali_desktop.demo_bank.control.faults import Fault, FaultKind, FaultScript

_KEPT_CALLS = 10_000
_PAGE = b"<!doctype html><title>Driftsavbrudd</title><h1>Nettbanken er ikke tilgjengelig</h1>"


@dataclass(frozen=True, slots=True)
class Call:
    """One call received; nothing secret is noted."""

    method: str
    path: str
    query: str
    has_person: bool
    request_id: str
    at: str
    fault: str


class CallLog:
    def __init__(self) -> None:
        self.calls: deque[Call] = deque(maxlen=_KEPT_CALLS)


class FaultMiddleware:
    def __init__(self, app: ASGIApp, script: FaultScript, log: CallLog, clock: BankClock) -> None:
        self._app = app
        self._script = script
        self._log = log
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith("/control/"):
            await self._app(scope, receive, send)
            return
        fault = self._script.take(scope["method"], scope["path"])
        self._note(scope, fault)
        if fault is None:
            await self._app(scope, receive, send)
        elif fault.kind is FaultKind.DELAY:
            await asyncio.sleep(fault.seconds)
            await self._app(scope, receive, send)
        elif fault.kind is FaultKind.CLOSE:
            await _break_off(await _answer_of(self._app, scope, receive), send)
        elif fault.kind is FaultKind.EDIT:
            await _send(send, _edit(await _answer_of(self._app, scope, receive), fault, scope))
        else:
            await _send(send, _own_answer(fault))

    def _note(self, scope: Scope, fault: Fault | None) -> None:
        headers = Headers(scope=scope)
        is_secret = scope["path"].startswith(("/oauth2", "/sign-in"))
        self._log.calls.append(
            Call(
                scope["method"],
                scope["path"],
                "" if is_secret else scope["query_string"].decode(),
                "psu-ip-address" in headers,
                headers.get("x-request-id", ""),
                self._clock.now().isoformat(),
                fault.kind if fault else "",
            )
        )


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


async def _answer_of(app: ASGIApp, scope: Scope, receive: Receive) -> _Answer:
    """The bank's real answer, held back."""
    start: Message = {}
    body = bytearray()

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            body.extend(message.get("body", b""))

    await app(scope, receive, keep)
    return _Answer(start["status"], list(start["headers"]), bytes(body))


def _edit(answer: _Answer, fault: Fault, scope: Scope) -> _Answer:
    query = scope["query_string"].decode()
    address = f"{scope['path']}?{query}" if query else scope["path"]
    body = json.dumps(edited(json.loads(answer.body), fault.edits, address)).encode()
    return _Answer(answer.status, answer.headers, body)


def _own_answer(fault: Fault) -> _Answer:
    if fault.kind is FaultKind.HTML:
        kind, body, status = "text/html; charset=utf-8", _PAGE, 200
    elif isinstance(fault.body, str):
        kind, body, status = "text/plain; charset=utf-8", fault.body.encode(), fault.status
    else:
        kind, body, status = "application/json", json.dumps(fault.body).encode(), fault.status
    headers = [(name.lower().encode(), value.encode()) for name, value in fault.headers.items()]
    return _Answer(status, [*headers, (b"content-type", kind.encode())], body)


async def _send(send: Send, answer: _Answer) -> None:
    headers = [(name, value) for name, value in answer.headers if name.lower() != b"content-length"]
    headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


async def _break_off(answer: _Answer, send: Send) -> None:
    """Promises the whole length, sends half, and returns: the server then closes the connection."""
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body[: len(answer.body) // 2], "more_body": True})
