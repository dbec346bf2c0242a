"""The embedded web view as a `UserAgent`: one of the three ways to sign in."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kontali_desktop.services.errors import OtherBrowserWanted, SignInAborted
from kontali_desktop.ui.sign_in.texts import SignInTexts
from kontali_desktop.ui.theme import Theme
from kontali_desktop.ui.widgets.sheet import DISMISSED

if TYPE_CHECKING:
    from kontali_desktop.ui.sign_in.sign_in_sheet import SignInSheet

CALLBACK_PATH = "/callback"


class EmbeddedUserAgent:
    """Opens its sheets over `window`. `loopback_http` only for a demo bank on this machine."""

    def __init__(self, theme: Theme, window: QWidget, texts: SignInTexts, *, loopback_http: bool = False) -> None:
        self._theme = theme
        self._window = window
        self._texts = texts
        self._loopback_http = loopback_http

    def open(self, registered_redirect: str | None) -> EmbeddedAttempt:
        """Begin an attempt; the redirect is caught in the view, so nobody listens at its address."""
        return EmbeddedAttempt(
            self._theme, self._window, self._texts, registered_redirect, loopback_http=self._loopback_http
        )


class EmbeddedAttempt:
    """One sheet with a profile of its own. The attempt is over when the sheet is closed."""

    def __init__(
        self, theme: Theme, window: QWidget, texts: SignInTexts, registered: str | None, *, loopback_http: bool
    ) -> None:
        self._theme = theme
        self._window = window
        self._texts = texts
        self._loopback_http = loopback_http
        self._held = None if registered else _hold_port()
        self._redirect_uri = registered or f"http://127.0.0.1:{_port(self._held)}{CALLBACK_PATH}"
        self._sheet: SignInSheet | None = None

    @property
    def redirect_uri(self) -> str:
        return self._redirect_uri

    async def authorise(self, url: str) -> str:
        """The whole address the bank led back to.

        Raises:
            SignInAborted: the person closed the sheet, or `close` did.
            OtherBrowserWanted: the person wants the system's browser; this attempt is void.
        """
        # The web engine is heavy: it loads when somebody signs in, not when the program starts.
        from kontali_desktop.ui.sign_in.sign_in_sheet import BROWSER, SignInSheet  # noqa: PLC0415  # see above

        sheet = SignInSheet(
            self._theme, self._window, self._texts, self._redirect_uri, loopback_http=self._loopback_http
        )
        self._sheet = sheet
        sheet.open_sheet()
        sheet.load(url)
        try:
            outcome = await sheet.finished()
        finally:
            self._sheet = None
            sheet.close_with(DISMISSED)
            await sheet.wait_until_gone()
            self.close()
        if outcome == BROWSER:
            raise OtherBrowserWanted
        if outcome == DISMISSED:
            raise SignInAborted
        return sheet.returned_url

    def close(self) -> None:
        """Close the sheet, if it is open, and let go of the port."""
        if self._sheet is not None:
            self._sheet.close_with(DISMISSED)
        if self._held is not None:
            self._held.close()
            self._held = None


def _hold_port() -> socket.socket:
    """A port on loopback, taken without listening, so that no other program answers at our redirect's address."""
    held = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    held.bind(("127.0.0.1", 0))
    return held


def _port(held: socket.socket | None) -> int:
    return int(held.getsockname()[1]) if held is not None else 0
