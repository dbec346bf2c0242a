"""A person at the demo bank, without a browser: fills in its pages and comes back with the address."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from enum import Enum
from urllib.parse import urljoin

from kontali_desktop.services.errors import OtherBrowserWanted, SignInAborted
from tests.demo_bank.running import RunningBank

REDIRECT = "http://127.0.0.1:49152/callback"


class Behaviour(Enum):
    """What the person does once the bank's first page is there."""

    SIGNS_IN = "signs in"
    SAYS_NO = "cancels on the bank's page"
    CLOSES = "closes the sheet"
    WANTS_BROWSER = "wants the system's browser"
    WAITS = "does nothing"


class ScriptedUserAgent:
    """`accounts` are the values of the boxes ticked on the bank's last page; None ticks all."""

    def __init__(
        self,
        bank: RunningBank,
        behaviour: Behaviour = Behaviour.SIGNS_IN,
        accounts: Sequence[str] | None = None,
    ) -> None:
        self.bank = bank
        self.behaviour = behaviour
        self.accounts = accounts
        self.attempts: list[ScriptedAttempt] = []

    def open(self, registered_redirect: str | None) -> ScriptedAttempt:
        attempt = ScriptedAttempt(self, registered_redirect or REDIRECT)
        self.attempts.append(attempt)
        return attempt


class ScriptedAttempt:
    """One try; `is_closed` once the program has let go of it."""

    def __init__(self, agent: ScriptedUserAgent, redirect_uri: str) -> None:
        self._agent = agent
        self._redirect_uri = redirect_uri
        self.url = ""
        self.is_closed = False

    @property
    def redirect_uri(self) -> str:
        return self._redirect_uri

    async def authorise(self, url: str) -> str:
        self.url = url
        match self._agent.behaviour:
            case Behaviour.CLOSES:
                raise SignInAborted
            case Behaviour.WANTS_BROWSER:
                raise OtherBrowserWanted
            case Behaviour.WAITS:
                await asyncio.Event().wait()
            case Behaviour.SAYS_NO:
                return await asyncio.to_thread(self._cancel, url)
        return await asyncio.to_thread(self._sign_in, url)

    def close(self) -> None:
        self.is_closed = True

    def _first_page(self, url: str) -> str:
        answer = self._agent.bank.http.get(url)
        assert answer.is_redirect, answer.text
        return urljoin(url, answer.headers["location"])

    def _sign_in(self, url: str) -> str:
        return self._agent.bank.walk(self._first_page(url), self._agent.accounts)

    def _cancel(self, url: str) -> str:
        answer = self._agent.bank.post(self._first_page(url), {"cancel": "1"})
        return str(answer.headers["location"])
