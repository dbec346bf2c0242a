"""An export over a database of its own, and its sheets over a window; no bank is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from kontali_desktop.ui.export.flow import ExportFlow, ExportHistoryFlow
from kontali_desktop.ui.theme import Theme
from tests.support import SettableClock
from tests.ui.export.exporting import Exporting, exporting
from tests.ui.program import running_program, wording


@pytest_asyncio.fixture
async def one(tmp_path: Path, qtbot: QtBot) -> AsyncIterator[Exporting]:
    async with running_program(tmp_path / "data", clock=SettableClock()) as program:
        yield exporting(program)


@pytest.fixture
def flow(one: Exporting, both_themes: Theme, window: QMainWindow) -> ExportFlow:
    return ExportFlow(both_themes, wording(), window, one.presenter, one.program.core.clock.today)


@pytest.fixture
def history(one: Exporting, both_themes: Theme, window: QMainWindow) -> ExportHistoryFlow:
    return ExportHistoryFlow(both_themes, wording(), window, one.history)
