"""What the tests of the window share: an offscreen screen and both themes."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QMainWindow  # the platform is chosen before Qt loads
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.theme import Scheme, Theme, apply_theme
from tests.demo_bank.running import RunningBank, running
from tests.ui.finding import Camera, shown_window
from tests.ui.pictures import save_picture
from tests.ui.program import Program, running_program


@pytest.fixture(scope="session")
def session_theme(qapp: QApplication) -> Theme:
    return apply_theme(qapp, Scheme.LIGHT)


@pytest.fixture(params=[Scheme.LIGHT, Scheme.DARK], ids=["light", "dark"])
def both_themes(request: pytest.FixtureRequest, session_theme: Theme) -> Iterator[Theme]:
    session_theme.choose(request.param)
    yield session_theme
    session_theme.choose(Scheme.LIGHT)


@pytest.fixture
def theme(session_theme: Theme) -> Theme:
    session_theme.choose(Scheme.LIGHT)
    return session_theme


@pytest.fixture
def window(both_themes: Theme, qtbot: QtBot) -> QMainWindow:
    """In both themes, for sheets to stand over."""
    return shown_window(qtbot)


@pytest.fixture
def take(window: QMainWindow, both_themes: Theme, pictures: Path) -> Camera:
    """Takes a picture of the window, named by its theme."""
    return lambda name: save_picture(window, pictures, f"{name}-{both_themes.scheme.value}")


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures go: the folder named by KONTALI_PICTURES, else one that pytest throws away."""
    named = os.environ.get("KONTALI_PICTURES")
    folder = Path(named) if named else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def shared_demo_bank() -> Iterator[RunningBank]:
    with running() as bank:
        yield bank


@pytest.fixture
def demo_bank(shared_demo_bank: RunningBank) -> RunningBank:
    """The real demo bank, where nobody is signed in and nothing goes wrong."""
    shared_demo_bank.control("POST", "reset")
    return shared_demo_bank


@pytest_asyncio.fixture
async def program(tmp_path: Path, demo_bank: RunningBank, qtbot: QtBot) -> AsyncIterator[Program]:
    """The program's services over an empty database and the demo bank, on Qt's loop."""
    async with running_program(tmp_path, demo_bank) as program:
        yield program
