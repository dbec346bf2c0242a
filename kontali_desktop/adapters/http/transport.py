"""The one way out over HTTP: what leaves and what comes back is bounded here, and failures become ours."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import time
from dataclasses import dataclass

import httpx

from kontali_desktop.services.errors import AnswerNotUnderstood, ServiceRefused, ServiceUnreachable

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds for connecting, for one silence, and for the whole call; and the largest answer in bytes."""

    connect: float = 10.0
    silence: float = 30.0
    whole: float = 90.0
    answer_bytes: int = 32 * 1024 * 1024


def is_loopback(host: str) -> bool:
    """Whether the host is this machine by its very name, without asking a resolver that could be told otherwise."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class GuardedTransport(httpx.AsyncBaseTransport):
    """Carries a call or raises ServiceUnreachable, ServiceRefused or AnswerNotUnderstood with the service's name.

    Its log lines hold neither paths, queries nor headers: account numbers, codes and tokens stand there.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, service: str, bounds: Bounds) -> None:
        self._inner = inner
        self._service = service
        self._bounds = bounds

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.scheme != "https" and not (request.url.scheme == "http" and is_loopback(request.url.host)):
            raise ServiceRefused(service=self._service, status=0, reason="plain_http")
        started = time.monotonic()
        try:
            async with asyncio.timeout(self._bounds.whole):
                response = await self._inner.handle_async_request(request)
                try:
                    body = await self._read(response)
                finally:
                    await response.aclose()
        except (TimeoutError, httpx.TransportError) as error:
            # The error's own text may hold an address with an account number in it; its kind says enough.
            _log.info("%s %s: %s", self._service, request.method, type(error).__name__)
            raise ServiceUnreachable(service=self._service) from error
        spent = round((time.monotonic() - started) * 1000)
        _log.info("%s %s: %d, %d bytes, %d ms", self._service, request.method, response.status_code, len(body), spent)
        # Built anew, so that a client can neither read on nor decode what was not counted.
        return httpx.Response(response.status_code, headers=_without_coding(response.headers), content=body)

    async def _read(self, response: httpx.Response) -> bytes:
        coding = response.headers.get("content-encoding", "identity").strip().lower()
        if coding not in {"identity", ""}:
            # We ask for plain bytes; a packed answer could unpack to more than there is memory.
            raise AnswerNotUnderstood(service=self._service, where="content-encoding")
        chunks: list[bytes] = []
        size = 0
        async for chunk in response.aiter_raw():
            chunks.append(chunk)
            size += len(chunk)
            if size > self._bounds.answer_bytes:
                raise AnswerNotUnderstood(service=self._service, where="size")
        return b"".join(chunks)

    async def aclose(self) -> None:
        await self._inner.aclose()


def _without_coding(headers: httpx.Headers) -> list[tuple[bytes, bytes]]:
    left_out = {b"transfer-encoding", b"content-length", b"content-encoding"}
    return [(name, value) for name, value in headers.raw if name.lower() not in left_out]
