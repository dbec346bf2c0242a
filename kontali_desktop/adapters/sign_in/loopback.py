"""The system browser with a loopback redirect (RFC 8252 section 7.3): bind first, answer once, then be gone."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable
from urllib.parse import SplitResult, urlsplit

from kontali_desktop.adapters.sign_in.answer_page import AnswerPage
from kontali_desktop.services.errors import SignInAborted, SignInFailed, SignInTimedOut

Announce = Callable[[str], None]
OpenBrowser = Callable[[str], object]

_DEFAULT_PATH = "/callback"
_LARGEST_HEAD = 16 * 1024  # a redirect's query may be long, a browser's cookies for 127.0.0.1 too
_PATIENCE = 10.0  # seconds that one connection may take to say what it wants
_HEADERS = (
    "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nX-Content-Type-Options: nosniff\r\n"
    "Connection: close\r\n"
)


def is_loopback_redirect(address: str) -> bool:
    """Whether the program itself can listen at the address."""
    parts = urlsplit(address)
    return parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}


class LoopbackUserAgent:
    """Announces the address, tries the browser (None: does not), and waits `timeout` seconds for it to come back."""

    def __init__(
        self, announce: Announce, open_browser: OpenBrowser | None, page: AnswerPage, timeout: float = 600.0
    ) -> None:
        self._announce = announce
        self._open_browser = open_browser
        self._page = page
        self._timeout = timeout

    def open(self, registered_redirect: str | None) -> LoopbackAttempt:
        """Raises SignInFailed(port_taken) where another program listens at the registered address."""
        return LoopbackAttempt(
            registered_redirect, self._announce, self._open_browser, self._page, timeout=self._timeout
        )


class LoopbackAttempt:
    """Its port is taken from the start, so that no other program can be there when the bank sends the person back."""

    def __init__(
        self,
        registered_redirect: str | None,
        announce: Announce,
        open_browser: OpenBrowser | None,
        page: AnswerPage,
        timeout: float,
    ) -> None:
        wanted = urlsplit(registered_redirect or f"http://127.0.0.1:0{_DEFAULT_PATH}")
        self._sockets = _listen(wanted)
        port = self._sockets[0].getsockname()[1]
        self._redirect_uri = registered_redirect or f"http://127.0.0.1:{port}{_DEFAULT_PATH}"
        self._redirect = urlsplit(self._redirect_uri)
        self._announce = announce
        self._open_browser = open_browser
        self._page = page.html()
        self._timeout = timeout
        self._returned: asyncio.Future[str] | None = None
        self._is_closed = False
        self._visitors: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    @property
    def redirect_uri(self) -> str:
        return self._redirect_uri

    async def authorise(self, url: str) -> str:
        service = urlsplit(url).hostname or ""
        if self._is_closed:
            raise SignInAborted(service=service)
        self._returned = asyncio.get_running_loop().create_future()
        servers: list[asyncio.Server] = []
        try:
            for listener in self._sockets:
                # Known before it starts, so that a task cancelled just then leaves none behind.
                server = await asyncio.start_server(
                    self._answer, sock=listener, limit=_LARGEST_HEAD, start_serving=False
                )
                servers.append(server)
                await server.start_serving()
            self._announce(url)
            if self._open_browser is not None:
                # A browser in a terminal would block, and the default executor is joined at exit.
                threading.Thread(target=self._open_browser, args=(url,), name="browser", daemon=True).start()
            return await self._wait_for_return(self._returned, service)
        finally:
            self._is_closed = True
            for server in servers:
                server.close()
            self._close_sockets()
            # Browsers open connections ahead and leave them idle.
            for writer in self._visitors.values():
                writer.transport.abort()
            await asyncio.gather(*self._visitors, return_exceptions=True)

    def close(self) -> None:
        self._is_closed = True
        if self._returned is None:
            self._close_sockets()
        else:
            # The loop still listens; whoever waits closes in the right order.
            self._returned.cancel()

    def _close_sockets(self) -> None:
        for listener in self._sockets:
            listener.close()

    async def _wait_for_return(self, returned: asyncio.Future[str], service: str) -> str:
        try:
            async with asyncio.timeout(self._timeout):
                return await returned
        except TimeoutError:
            raise SignInTimedOut(service=service, seconds=round(self._timeout)) from None
        except asyncio.CancelledError:
            if self._is_closed:
                raise SignInAborted(service=service) from None
            raise

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visitor = asyncio.current_task()
        if visitor is not None:
            self._visitors[visitor] = writer
            visitor.add_done_callback(self._visitors.pop)
        came = ""
        with contextlib.suppress(OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            async with asyncio.timeout(_PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
                status, came = self._look_at(head.decode("latin-1"))
                body = self._page if came else b""
                writer.write(f"HTTP/1.1 {status}\r\n{_HEADERS}Content-Length: {len(body)}\r\n\r\n".encode() + body)
                await writer.drain()
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        if came and self._returned is not None and not self._returned.done():
            self._returned.set_result(came)

    def _look_at(self, head: str) -> tuple[str, str]:
        """The status to answer, and the whole address where it is the one awaited; favicons and the like are not."""
        request_line, _, rest = head.partition("\r\n")
        method, _, target = request_line.partition(" ")
        target = target.rpartition(" ")[0]
        hosts = [line.partition(":")[2].strip() for line in rest.split("\r\n") if line.lower().startswith("host:")]
        # Another name that leads to this address is a page elsewhere, reaching in.
        if hosts != [self._redirect.netloc]:
            return "400 Bad Request", ""
        parts = urlsplit(target)
        if parts.path != (self._redirect.path or "/") or not parts.query or parts.netloc:
            return "404 Not Found", ""
        if method != "GET":
            return "405 Method Not Allowed", ""
        return "200 OK", f"{self._redirect.scheme}://{self._redirect.netloc}{target}"


def _listen(redirect: SplitResult) -> list[socket.socket]:
    """127.0.0.1, and [::1] where the redirect names it or a name that may lead there."""
    port = redirect.port if redirect.port is not None else 80
    sockets: list[socket.socket] = []
    try:
        if redirect.hostname != "::1":
            sockets.append(socket.create_server(("127.0.0.1", port)))
        if redirect.hostname == "::1":
            sockets.append(socket.create_server(("::1", port), family=socket.AF_INET6))
        elif redirect.hostname == "localhost":
            with contextlib.suppress(OSError):  # a machine without IPv6 leads nobody there
                sockets.append(socket.create_server(("::1", port), family=socket.AF_INET6))
    except OSError:
        raise SignInFailed(service=redirect.netloc, reason="port_taken") from None
    return sockets
