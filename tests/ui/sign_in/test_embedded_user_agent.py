"""Signing in through the real web view against a real server on loopback."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from kontali_desktop.services.errors import OtherBrowserWanted, SignInAborted
from kontali_desktop.services.ports import UserAgent
from kontali_desktop.ui.sign_in.sign_in_sheet import SignInSheet
from kontali_desktop.ui.sign_in.user_agent import EmbeddedAttempt, EmbeddedUserAgent
from kontali_desktop.ui.theme import Theme
from tests.ui import gallery
from tests.ui.sign_in.bank_server import BankServer, self_signed, serving
from tests.ui.sign_in.sign_in_texts import TEXTS

PATIENCE = 20


@pytest.fixture
def bank() -> Iterator[BankServer]:
    with serving() as server:
        yield server


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    made.setCentralWidget(gallery.window(theme, "connections", gallery.first_run_page(theme), "Fjord Elektro AS"))
    made.resize(gallery.WINDOW)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def agent(theme: Theme, window: QMainWindow) -> EmbeddedUserAgent:
    return EmbeddedUserAgent(theme, window, TEXTS, loopback_http=True)


class Visit:
    """One attempt on its way, and hands to drive its page with."""

    def __init__(self, attempt: EmbeddedAttempt, window: QMainWindow, url: str) -> None:
        self.attempt = attempt
        self.task = asyncio.ensure_future(attempt.authorise(url))
        self._window = window

    @property
    def sheet(self) -> SignInSheet:
        found = [sheet for sheet in self._window.findChildren(SignInSheet) if sheet.isVisible()]
        assert len(found) == 1
        return found[0]

    async def javascript(self, code: str) -> object:
        answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        self.sheet.page.runJavaScript(code, 0, answer.set_result)
        return await asyncio.wait_for(answer, PATIENCE)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():  # noqa: ASYNC110  # what Chromium does has no one event to wait for
                await asyncio.sleep(0.01)

    async def until_page(self, title: str = "Demo") -> None:
        await asyncio.sleep(0)
        await self.until(lambda: self.sheet.page.title() == title and not self.sheet.page.isLoading())

    async def result(self) -> str:
        return await asyncio.wait_for(self.task, PATIENCE)


def _is_blank(picture: QImage) -> bool:
    middle = picture.copy(picture.width() // 4, picture.height() // 4, picture.width() // 2, picture.height() // 2)
    plain = QImage(middle)
    plain.fill(middle.pixelColor(0, 0))
    return plain == middle


def visit(agent: EmbeddedUserAgent, window: QMainWindow, bank: BankServer, registered: str | None = None) -> Visit:
    attempt = agent.open(registered)
    return Visit(attempt, window, f"{bank.url}/authorize?back={attempt.redirect_uri}")


async def test_the_redirect_is_caught_and_never_requested(
    agent: EmbeddedUserAgent, window: QMainWindow, bank: BankServer
) -> None:
    registered = f"{bank.url}/callback"  # where the server would notice a request
    going = visit(agent, window, bank, registered)
    await going.until_page()
    await going.javascript(
        "document.getElementById('who').value='kari'; document.getElementById('form').requestSubmit()"
    )
    assert await going.result() == f"{registered}?code=abc&who=kari"
    assert [path.partition("?")[0] for path in bank.requests if "favicon" not in path] == ["/authorize", "/submit"]
    assert bank.languages[0].startswith("nb-NO")


async def test_without_a_registered_redirect_nobody_need_listen(
    agent: EmbeddedUserAgent, window: QMainWindow, bank: BankServer
) -> None:
    attempt = agent.open(None)
    assert attempt.redirect_uri.startswith("http://127.0.0.1:")
    assert attempt.redirect_uri.endswith("/callback")
    going = Visit(attempt, window, f"{bank.url}/go?back={attempt.redirect_uri}")
    assert await going.result() == attempt.redirect_uri
    with socket.socket() as again:  # the port was let go
        again.bind(("127.0.0.1", int(attempt.redirect_uri.split(":")[2].partition("/")[0])))


async def test_cancel_closes_everything(
    agent: EmbeddedUserAgent, window: QMainWindow, bank: BankServer, qtbot: QtBot
) -> None:
    going = visit(agent, window, bank)
    await going.until_page()
    qtbot.mouseClick(going.sheet.cancel_button, Qt.MouseButton.LeftButton)
    with pytest.raises(SignInAborted):
        await going.result()
    assert not [sheet for sheet in window.findChildren(SignInSheet) if sheet.isVisible()]


async def test_the_browser_instead_is_an_outcome_of_its_own(
    agent: EmbeddedUserAgent, window: QMainWindow, bank: BankServer, qtbot: QtBot
) -> None:
    going = visit(agent, window, bank)
    await going.until_page()
    qtbot.mouseClick(going.sheet.browser_button, Qt.MouseButton.LeftButton)
    with pytest.raises(OtherBrowserWanted):
        await going.result()


async def test_close_from_outside_and_cancelling_leave_nothing(
    agent: EmbeddedUserAgent, window: QMainWindow, bank: BankServer
) -> None:
    going = visit(agent, window, bank)
    await going.until_page()
    going.attempt.close()
    with pytest.raises(SignInAborted):
        await going.result()
    second = visit(agent, window, bank)
    await second.until_page()
    second.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second.task
    assert not [sheet for sheet in window.findChildren(SignInSheet) if sheet.isVisible()]


async def test_two_attempts_share_no_cookies(agent: EmbeddedUserAgent, window: QMainWindow, bank: BankServer) -> None:
    for _ in range(2):
        going = visit(agent, window, bank)
        await going.until_page()
        assert await going.javascript("document.cookie") == "session=secret"
        going.attempt.close()
        with pytest.raises(SignInAborted):
            await going.result()
    asked = [cookie for path, cookie in zip(bank.requests, bank.cookies, strict=True) if "/authorize" in path]
    assert asked == ["", ""]


async def test_a_certificate_nobody_vouches_for_is_refused(
    agent: EmbeddedUserAgent, window: QMainWindow, tmp_path: Path, pictures: Path
) -> None:
    with serving(self_signed(tmp_path)) as impostor:
        going = visit(agent, window, impostor)
        await asyncio.sleep(0)
        await going.until(going.sheet.problem.isVisible)
        assert going.sheet.problem.accessibleName().startswith(TEXTS.certificate.title)
        assert TEXTS.insecure in going.sheet.address.accessibleName()
        assert not impostor.requests
        window.grab().save(str(pictures / "sign-in-certificate.png"))
        going.attempt.close()
        with pytest.raises(SignInAborted):
            await going.result()


async def test_a_bank_that_does_not_answer_can_be_tried_again(
    agent: EmbeddedUserAgent, window: QMainWindow, qtbot: QtBot
) -> None:
    attempt = agent.open(None)
    with serving() as gone:
        url = f"{gone.url}/go?back={attempt.redirect_uri}"
        port = gone.server_address[1]
    going = Visit(attempt, window, url)
    await asyncio.sleep(0)
    await going.until(going.sheet.problem.isVisible)
    assert going.sheet.problem.accessibleName().startswith(TEXTS.unreachable.title)
    assert going.sheet.browser_button.isVisible()
    with serving(port=port):
        qtbot.mouseClick(going.sheet.problem.button, Qt.MouseButton.LeftButton)
        assert await going.result() == attempt.redirect_uri


@pytest.mark.parametrize("target", ["http://example.com/login", "bankid://start", "file:///etc/passwd"])
async def test_only_https_is_visited(
    agent: EmbeddedUserAgent, window: QMainWindow, bank: BankServer, target: str
) -> None:
    going = visit(agent, window, bank)
    await going.until_page()
    before = going.sheet.page.url()
    await going.javascript(f"location.href = '{target}'")
    if target.startswith("http:"):
        await going.until(going.sheet.problem.isVisible)
        assert going.sheet.problem.accessibleName().startswith(TEXTS.refused.title)
        assert not going.sheet.problem.button.isVisible()
    else:
        assert await going.javascript("document.title") == "Demo"
        assert not going.sheet.problem.isVisible()
    assert going.sheet.page.url() == before
    going.attempt.close()
    with pytest.raises(SignInAborted):
        await going.result()


async def test_plain_http_is_refused_even_here_for_a_real_bank(
    theme: Theme, window: QMainWindow, bank: BankServer
) -> None:
    going = visit(EmbeddedUserAgent(theme, window, TEXTS), window, bank)
    await asyncio.sleep(0)
    await going.until(going.sheet.problem.isVisible)
    assert not bank.requests
    going.attempt.close()
    with pytest.raises(SignInAborted):
        await going.result()


async def test_a_pop_up_is_a_dialog_under_the_same_rules(
    agent: EmbeddedUserAgent, window: QMainWindow, bank: BankServer
) -> None:
    from kontali_desktop.ui.sign_in.pop_up import PopUp

    going = visit(agent, window, bank)
    await going.until_page()
    await going.javascript("document.getElementById('pop').click()")
    await going.until(lambda: bool(going.sheet.findChildren(PopUp)))
    dialog = going.sheet.findChildren(PopUp)[0]
    await going.until(lambda: dialog.page.title() == "Pop")
    assert dialog.isVisible()
    assert dialog.page.profile() is going.sheet.page.profile()
    dialog.page.runJavaScript("location.href = window.fromPopUp + '?code=pop'")
    assert await going.result() == f"{going.attempt.redirect_uri}?code=pop"


async def test_a_pop_up_can_be_closed_by_itself(
    agent: EmbeddedUserAgent, window: QMainWindow, bank: BankServer
) -> None:
    from kontali_desktop.ui.sign_in.pop_up import PopUp

    going = visit(agent, window, bank)
    await going.until_page()
    await going.javascript("document.getElementById('pop').click()")
    await going.until(lambda: bool(going.sheet.findChildren(PopUp)))
    going.sheet.findChildren(PopUp)[0].close()
    await going.until(lambda: not going.sheet.findChildren(PopUp))
    assert await going.javascript("1 + 1") == 2
    going.attempt.close()
    with pytest.raises(SignInAborted):
        await going.result()


async def test_a_download_is_refused(agent: EmbeddedUserAgent, window: QMainWindow, bank: BankServer) -> None:
    going = visit(agent, window, bank)
    await going.until_page()
    states: list[object] = []
    going.sheet.page.profile().downloadRequested.connect(lambda item: states.append(item.state()))
    await going.javascript("document.getElementById('file').click()")
    await going.until(lambda: bool(states))
    from PySide6.QtWebEngineCore import QWebEngineDownloadRequest

    assert states == [QWebEngineDownloadRequest.DownloadState.DownloadCancelled]
    assert not going.sheet.problem.isVisible()
    going.attempt.close()
    with pytest.raises(SignInAborted):
        await going.result()


async def test_the_page_gets_no_device_and_opens_no_box(
    agent: EmbeddedUserAgent, window: QMainWindow, bank: BankServer
) -> None:
    going = visit(agent, window, bank)
    await going.until_page()
    await going.javascript(
        "navigator.geolocation.getCurrentPosition("
        "() => document.title = 'given', e => document.title = 'denied ' + e.code)"
    )
    assert await going.javascript("confirm('Sikker?')") is False
    assert await going.javascript("alert('Hei'); 1") == 1
    await going.until(lambda: going.sheet.page.title() == "denied 1")
    assert going.sheet.view.contextMenuPolicy() == Qt.ContextMenuPolicy.NoContextMenu
    going.attempt.close()
    with pytest.raises(SignInAborted):
        await going.result()


async def test_a_page_whose_process_dies_can_be_tried_again(
    agent: EmbeddedUserAgent, window: QMainWindow, bank: BankServer, qtbot: QtBot
) -> None:
    going = visit(agent, window, bank)
    await going.until_page()
    os.kill(going.sheet.page.renderProcessPid(), signal.SIGKILL)
    await going.until(going.sheet.problem.isVisible)
    assert going.sheet.problem.accessibleName().startswith(TEXTS.crashed.title)
    qtbot.mouseClick(going.sheet.problem.button, Qt.MouseButton.LeftButton)
    await going.until(lambda: going.sheet.view.isVisible() and not going.sheet.page.isLoading())
    assert await going.javascript("document.title") == "Demo"
    going.attempt.close()
    with pytest.raises(SignInAborted):
        await going.result()


async def test_it_looks_as_drawn(
    agent: EmbeddedUserAgent, window: QMainWindow, bank: BankServer, both_themes: Theme, pictures: Path
) -> None:
    going = visit(agent, window, bank)
    await going.until_page()
    await going.until(lambda: not _is_blank(going.sheet.view.grab().toImage()))
    picture = window.grab()
    scale = f"{picture.devicePixelRatio():g}x"
    assert picture.save(str(pictures / f"sign-in-{both_themes.scheme.value}-{scale}.png"))
    dimmed = picture.toImage().pixelColor(20, picture.height() - 20)
    assert dimmed != both_themes.tokens.surface_raised
    going.attempt.close()
    with pytest.raises(SignInAborted):
        await going.result()


def test_it_is_a_user_agent(agent: EmbeddedUserAgent) -> None:
    port: UserAgent = agent
    assert port.open("https://kontali.no/callback").redirect_uri == "https://kontali.no/callback"


def test_the_web_engine_waits_until_somebody_signs_in() -> None:
    code = (
        "import sys; import kontali_desktop.ui.sign_in.user_agent;"
        "print([name for name in sys.modules if 'WebEngine' in name])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip() == "[]"
