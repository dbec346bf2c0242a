"""The address one ended on, pasted: for banks that send people only to an https address elsewhere."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from kontali_desktop.adapters.sign_in.loopback import Announce, OpenBrowser
from kontali_desktop.services.errors import SignInAborted, SignInNotOurs, SignInTimedOut

AskForAddress = Callable[[], Awaitable[str]]


class PastedUserAgent:
    """`ask_for_address` answers with what was pasted, or with nothing when the person gives up."""

    def __init__(
        self,
        announce: Announce,
        open_browser: OpenBrowser | None,
        ask_for_address: AskForAddress,
        timeout: float = 600.0,
    ) -> None:
        self._announce = announce
        self._open_browser = open_browser
        self._ask_for_address = ask_for_address
        self._timeout = timeout

    def open(self, registered_redirect: str | None) -> PastedAttempt:
        return PastedAttempt(
            registered_redirect, self._announce, self._open_browser, self._ask_for_address, timeout=self._timeout
        )


class PastedAttempt:
    """Nobody listens at its redirect address; the browser shows it with what the bank put behind it."""

    def __init__(
        self,
        registered_redirect: str | None,
        announce: Announce,
        open_browser: OpenBrowser | None,
        ask_for_address: AskForAddress,
        timeout: float,
    ) -> None:
        self._redirect_uri = registered_redirect or f"http://127.0.0.1:{_free_port()}/callback"
        self._announce = announce
        self._open_browser = open_browser
        self._ask_for_address = ask_for_address
        self._timeout = timeout
        self._asking: asyncio.Future[str] | None = None
        self._is_closed = False

    @property
    def redirect_uri(self) -> str:
        return self._redirect_uri

    async def authorise(self, url: str) -> str:
        """Raises SignInNotOurs where the pasted text is not the redirect address with a query."""
        service = urlsplit(url).hostname or ""
        if self._is_closed:
            raise SignInAborted(service=service)
        self._announce(url)
        if self._open_browser is not None:
            threading.Thread(target=self._open_browser, args=(url,), name="browser", daemon=True).start()
        self._asking = asyncio.ensure_future(self._ask_for_address())
        try:
            async with asyncio.timeout(self._timeout):
                pasted = (await self._asking).strip()
        except TimeoutError:
            raise SignInTimedOut(service=service, seconds=round(self._timeout)) from None
        except asyncio.CancelledError:
            if self._is_closed:
                raise SignInAborted(service=service) from None
            raise
        finally:
            self._is_closed = True
        if not pasted:
            raise SignInAborted(service=service)
        if not pasted.startswith(f"{self._redirect_uri}{'&' if urlsplit(self._redirect_uri).query else '?'}"):
            raise SignInNotOurs(service=service, what="address")
        return pasted

    def close(self) -> None:
        self._is_closed = True
        if self._asking is not None:
            self._asking.cancel()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
