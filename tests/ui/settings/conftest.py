"""The settings over a database of their own; no bank is needed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from pytestqt.qtbot import QtBot

from tests.ui.program import running_program
from tests.ui.settings.setting import Setting, setting


@pytest_asyncio.fixture
async def one(tmp_path: Path, qtbot: QtBot) -> AsyncIterator[Setting]:
    async with running_program(tmp_path / "data") as program:
        yield setting(program)
