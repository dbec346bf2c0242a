"""A user agent that tells when the person leaves for the bank and when they are back."""

from __future__ import annotations

from collections.abc import Callable

from kontali_desktop.services.ports import Attempt, UserAgent


class WatchedAgent:
    """Leads through `agent`; `on_leaving` gets the address the person is led to."""

    def __init__(self, agent: UserAgent, on_leaving: Callable[[str], None], on_return: Callable[[], None]) -> None:
        self._agent = agent
        self._on_leaving = on_leaving
        self._on_return = on_return

    def open(self, registered_redirect: str | None) -> _WatchedAttempt:
        return _WatchedAttempt(self._agent.open(registered_redirect), self._on_leaving, self._on_return)


class _WatchedAttempt:
    def __init__(self, attempt: Attempt, on_leaving: Callable[[str], None], on_return: Callable[[], None]) -> None:
        self._attempt = attempt
        self._on_leaving = on_leaving
        self._on_return = on_return

    @property
    def redirect_uri(self) -> str:
        return self._attempt.redirect_uri

    async def authorise(self, url: str) -> str:
        self._on_leaving(url)
        returned = await self._attempt.authorise(url)
        self._on_return()
        return returned

    def close(self) -> None:
        self._attempt.close()
