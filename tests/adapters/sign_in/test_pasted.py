from __future__ import annotations

import asyncio

import pytest

from kontali_desktop.adapters.sign_in.answer_page import AnswerPage
from kontali_desktop.adapters.sign_in.browser import BrowserUserAgent
from kontali_desktop.adapters.sign_in.loopback import LoopbackUserAgent
from kontali_desktop.adapters.sign_in.pasted import PastedUserAgent
from kontali_desktop.services.errors import SignInAborted, SignInNotOurs
from kontali_desktop.services.ports import Attempt
from tests.adapters.sign_in.contract import BANK, MakeAgent, Person, UserAgentContract

REGISTERED = "https://kontali.example/callback"


@pytest.fixture
def clipboard() -> asyncio.Queue[str]:
    return asyncio.Queue()


@pytest.fixture
def make_agent(clipboard: asyncio.Queue[str]) -> MakeAgent:
    def make(timeout: float = 20.0) -> PastedUserAgent:
        return PastedUserAgent(lambda _: None, None, clipboard.get, timeout)

    return make


@pytest.fixture
def person(clipboard: asyncio.Queue[str]) -> Person:
    async def paste(_: Attempt, returned: str) -> None:
        await clipboard.put(f"  {returned}\n")

    return paste


class TestPasted(UserAgentContract):
    """With a queue in the terminal's place."""


async def test_what_is_not_the_redirect_is_refused(make_agent: MakeAgent, clipboard: asyncio.Queue[str]) -> None:
    for pasted in ("https://kontali.example/", "https://kontali.example/callback.evil?code=1", "hello", REGISTERED):
        attempt = make_agent().open(REGISTERED)
        assert attempt.redirect_uri == REGISTERED
        clipboard.put_nowait(pasted)
        with pytest.raises(SignInNotOurs):
            await attempt.authorise(BANK)


async def test_giving_up_is_no_failure(make_agent: MakeAgent, clipboard: asyncio.Queue[str]) -> None:
    clipboard.put_nowait("")
    with pytest.raises(SignInAborted):
        await make_agent().open(REGISTERED).authorise(BANK)


async def test_the_browser_listens_where_it_can_and_asks_where_it_cannot(clipboard: asyncio.Queue[str]) -> None:
    loopback = LoopbackUserAgent(lambda _: None, None, AnswerPage("en", "Back", "Close this."))
    agent = BrowserUserAgent(loopback, PastedUserAgent(lambda _: None, None, clipboard.get))
    clipboard.put_nowait(f"{REGISTERED}?code=1")
    assert await agent.open(REGISTERED).authorise(BANK) == f"{REGISTERED}?code=1"
    listening = agent.open(None)
    assert listening.redirect_uri.startswith("http://127.0.0.1:")
    listening.close()
