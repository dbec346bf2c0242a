"""An import over a database of its own, and its sheets over a window; no bank is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.import_files.flow import ImportFlow
from kontali_desktop.ui.import_files.history_flow import HistoryFlow
from kontali_desktop.ui.theme import Theme
from tests.ui.import_files.importing import Importing, importing
from tests.ui.program import running_program, wording


@pytest_asyncio.fixture
async def one(tmp_path: Path, qtbot: QtBot) -> AsyncIterator[Importing]:
    async with running_program(tmp_path / "data") as program:
        yield importing(program)


@pytest.fixture
def flow(one: Importing, both_themes: Theme, window: QMainWindow) -> ImportFlow:
    return ImportFlow(both_themes, wording(), window, one.presenter)


@pytest.fixture
def history(one: Importing, both_themes: Theme, window: QMainWindow) -> HistoryFlow:
    return HistoryFlow(both_themes, wording(), window, one.history)
