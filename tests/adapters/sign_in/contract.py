"""What every user agent must keep: the browser with loopback, the pasted address, and the embedded view."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol
from urllib.parse import urlsplit

import pytest

from kontali_desktop.services.errors import SignInAborted, SignInTimedOut
from kontali_desktop.services.ports import Attempt, UserAgent

Person = Callable[[Attempt, str], Awaitable[None]]
BANK = "https://bank.example/authorize?state=abc"


class MakeAgent(Protocol):
    def __call__(self, timeout: float = 20.0) -> UserAgent: ...


class UserAgentContract:
    """A subclass gives three fixtures.

    `make_agent`: an agent with so many seconds of patience. `person`: brings the attempt's browser to an address, as
    the bank's redirect would. `bank_address`: where the attempt is sent, a page that stays open.
    """

    @pytest.fixture
    def bank_address(self) -> str:
        return BANK

    async def test_the_redirect_is_known_before_anything_is_asked(self, make_agent: MakeAgent) -> None:
        attempt = make_agent().open(None)
        parts = urlsplit(attempt.redirect_uri)
        assert (parts.scheme, parts.hostname, parts.path, parts.query) == ("http", "127.0.0.1", "/callback", "")
        assert parts.port
        attempt.close()

    async def test_gives_back_the_whole_address(self, make_agent: MakeAgent, person: Person, bank_address: str) -> None:
        attempt = make_agent().open(None)
        returned = f"{attempt.redirect_uri}?code=a%20b%2Fc&state=%C3%A6&iss=https%3A%2F%2Fbank.example"
        assert await self._come_back(attempt, person, bank_address, returned) == returned
        attempt.close()

    async def test_an_error_is_an_answer_too(self, make_agent: MakeAgent, person: Person, bank_address: str) -> None:
        attempt = make_agent().open(None)
        returned = f"{attempt.redirect_uri}?error=access_denied&state=abc"
        assert await self._come_back(attempt, person, bank_address, returned) == returned
        attempt.close()

    async def test_attempts_stand_apart(self, make_agent: MakeAgent, person: Person, bank_address: str) -> None:
        agent = make_agent()
        void, attempt = agent.open(None), agent.open(None)
        assert void.redirect_uri != attempt.redirect_uri
        void.close()
        returned = f"{attempt.redirect_uri}?code=1&state=abc"
        assert await self._come_back(attempt, person, bank_address, returned) == returned
        attempt.close()

    async def test_closing_it_aborts(self, make_agent: MakeAgent, bank_address: str) -> None:
        attempt = make_agent().open(None)
        waiting = asyncio.ensure_future(attempt.authorise(bank_address))
        await asyncio.sleep(0)
        attempt.close()
        with pytest.raises(SignInAborted):
            await waiting
        attempt.close()  # twice is once

    async def test_a_closed_attempt_stays_closed(self, make_agent: MakeAgent, bank_address: str) -> None:
        attempt = make_agent().open(None)
        attempt.close()
        with pytest.raises(SignInAborted):
            await attempt.authorise(bank_address)

    async def test_a_cancelled_task_is_cancelled(self, make_agent: MakeAgent, bank_address: str) -> None:
        attempt = make_agent().open(None)
        waiting = asyncio.ensure_future(attempt.authorise(bank_address))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        attempt.close()

    async def test_nobody_comes(self, make_agent: MakeAgent, bank_address: str) -> None:
        attempt = make_agent(0.2).open(None)
        with pytest.raises(SignInTimedOut):
            await attempt.authorise(bank_address)
        attempt.close()

    @staticmethod
    async def _come_back(attempt: Attempt, person: Person, bank_address: str, returned: str) -> str:
        waiting = asyncio.ensure_future(attempt.authorise(bank_address))
        await asyncio.sleep(0)
        await person(attempt, returned)
        return await asyncio.wait_for(waiting, 10)
