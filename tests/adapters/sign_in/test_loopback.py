"""The loopback redirect, with a real HTTP client in the browser's place, on asyncio's loop and on Qt's."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable

import httpx
import pytest

from kontali_desktop.adapters.sign_in.answer_page import AnswerPage
from kontali_desktop.adapters.sign_in.loopback import LoopbackUserAgent, is_loopback_redirect
from kontali_desktop.services.errors import SignInFailed
from kontali_desktop.services.ports import Attempt
from tests.adapters.sign_in.contract import BANK, MakeAgent, Person, UserAgentContract

PAGE = AnswerPage("nb", "Du er tilbake", "Du kan lukke <vinduet>.")


async def get(url: str, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False, timeout=5) as browser:
        return await browser.get(url, headers=headers)


@pytest.fixture
def make_agent() -> MakeAgent:
    def make(timeout: float = 20.0) -> LoopbackUserAgent:
        return LoopbackUserAgent(lambda _: None, None, PAGE, timeout)

    return make


@pytest.fixture
def person() -> Person:
    async def come_back(_: Attempt, returned: str) -> None:
        assert (await get(returned)).status_code == 200

    return come_back


class TestLoopback(UserAgentContract):
    """On asyncio's own loop."""


@pytest.mark.usefixtures("qapp")
class TestLoopbackOnQt(UserAgentContract):
    """On Qt's loop, as the window has it."""


async def while_waiting(attempt: Attempt, visit: Callable[[], Awaitable[None]]) -> str:
    """Does something, and then comes back properly."""
    waiting = asyncio.ensure_future(attempt.authorise(BANK))
    await asyncio.sleep(0)
    await visit()
    assert not waiting.done()
    await get(f"{attempt.redirect_uri}?code=1")
    return await waiting


async def test_the_page_is_in_the_given_words_and_echoes_nothing(make_agent: MakeAgent) -> None:
    attempt = make_agent().open(None)
    waiting = asyncio.ensure_future(attempt.authorise(BANK))
    await asyncio.sleep(0)
    answer = await get(f"{attempt.redirect_uri}?code=s3cret&state=st4te&error=<b>")
    await waiting
    assert "Du kan lukke &lt;vinduet&gt;." in answer.text
    assert '<html lang="nb">' in answer.text
    assert not {"s3cret", "st4te", "<b>"} & set(answer.text.split())
    assert "s3cret" not in answer.text + str(answer.headers)
    assert "st4te" not in answer.text + str(answer.headers)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


async def test_other_paths_hosts_and_methods_are_not_the_answer(make_agent: MakeAgent) -> None:
    attempt = make_agent().open(None)
    root = attempt.redirect_uri.removesuffix("/callback")

    async def visit() -> None:
        assert (await get(f"{root}/favicon.ico")).status_code == 404
        assert (await get(f"{root}/callback/more?code=evil")).status_code == 404
        assert (await get(f"{root}/callback")).status_code == 404
        assert (await get(f"{root}/callback?code=evil", Host="evil.example")).status_code == 400
        async with httpx.AsyncClient(trust_env=False) as browser:
            assert (await browser.post(f"{root}/callback?code=evil")).status_code == 405

    assert (await while_waiting(attempt, visit)).endswith("?code=1")


async def test_it_answers_once(make_agent: MakeAgent) -> None:
    attempt = make_agent().open(None)

    async def nothing() -> None:
        await asyncio.sleep(0)

    await while_waiting(attempt, nothing)
    with pytest.raises(httpx.ConnectError):
        await get(f"{attempt.redirect_uri}?code=2")


async def test_idle_and_broken_connections_do_not_hold_it_up(make_agent: MakeAgent) -> None:
    attempt = make_agent().open(None)
    port = int(attempt.redirect_uri.split(":")[2].split("/")[0])
    connections: list[asyncio.StreamWriter] = []

    async def visit() -> None:
        for said in (b"", b"GET /callback?code=ev", b"\x16\x03\x01" + b"x" * 40_000):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(said)
            connections.append(writer)

    assert (await asyncio.wait_for(while_waiting(attempt, visit), 5)).endswith("?code=1")
    for writer in connections:
        writer.close()


async def test_the_port_is_taken_from_the_start(make_agent: MakeAgent) -> None:
    first = make_agent().open(None)
    with pytest.raises(SignInFailed) as taken:
        make_agent().open(first.redirect_uri)
    assert taken.value.parameters["reason"] == "port_taken"
    first.close()
    second = make_agent().open(first.redirect_uri)  # let go of at once
    second.close()


@pytest.mark.parametrize("form", ["http://localhost:{port}/dnb/back", "http://127.0.0.1:{port}/callback?tenant=1"])
async def test_a_registered_redirect_is_kept_to_the_letter(make_agent: MakeAgent, form: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        registered = form.format(port=probe.getsockname()[1])
    attempt = make_agent().open(registered)
    assert attempt.redirect_uri == registered
    waiting = asyncio.ensure_future(attempt.authorise(BANK))
    await asyncio.sleep(0)
    returned = f"{registered}{'&' if '?' in registered else '?'}code=1"
    assert (await get(returned)).status_code == 200
    assert await waiting == returned


async def test_the_address_is_announced_and_a_browser_that_blocks_is_no_trouble() -> None:
    announced: list[str] = []
    opened, let_go = threading.Event(), threading.Event()

    def browser(url: str) -> bool:
        announced.append(f"opened {url}")
        opened.set()
        return let_go.wait(20)

    attempt = LoopbackUserAgent(announced.append, browser, PAGE).open(None)
    waiting = asyncio.ensure_future(attempt.authorise(BANK))
    assert await asyncio.to_thread(opened.wait, 5)
    assert announced == [BANK, f"opened {BANK}"]
    await get(f"{attempt.redirect_uri}?code=1")
    await asyncio.wait_for(waiting, 5)
    let_go.set()


def test_which_redirects_lead_back_to_this_machine() -> None:
    assert is_loopback_redirect("http://127.0.0.1:8000/callback")
    assert is_loopback_redirect("http://localhost/callback")
    assert is_loopback_redirect("http://[::1]:1/")
    assert not is_loopback_redirect("https://127.0.0.1:8000/callback")  # nobody here has its certificate
    assert not is_loopback_redirect("https://kontali.example/callback")
    assert not is_loopback_redirect("http://127.0.0.1.example/callback")
