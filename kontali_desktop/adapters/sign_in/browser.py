"""The system browser, whichever way the registered redirect lets it come back."""

from __future__ import annotations

from kontali_desktop.adapters.sign_in.loopback import LoopbackUserAgent, is_loopback_redirect
from kontali_desktop.adapters.sign_in.pasted import PastedUserAgent
from kontali_desktop.services.ports import Attempt


class BrowserUserAgent:
    """Listens on loopback where it can, else asks for the address one ended on."""

    def __init__(self, loopback: LoopbackUserAgent, pasted: PastedUserAgent) -> None:
        self._loopback = loopback
        self._pasted = pasted

    def open(self, registered_redirect: str | None) -> Attempt:
        if registered_redirect is None or is_loopback_redirect(registered_redirect):
            return self._loopback.open(registered_redirect)
        return self._pasted.open(registered_redirect)
